package cmd

import (
	"testing"
	"time"

	"rollcall/client/account"
)

// TestDemoStates checks every sample account as a user's profile would be, over
// real HTTP, and compares with what its service says it shows.
func TestDemoStates(t *testing.T) {
	t.Parallel()
	a := demoApp()
	l, err := a.load()
	if err != nil {
		t.Fatal(err)
	}
	defer l.close()
	if len(l.Problems) > 0 {
		t.Fatalf("the demo's configuration has problems: %v", l.Problems)
	}
	s := a.open(l, l.Profiles)
	defer s.close()
	if got := s.poller.Stored(); len(got) != len(l.Profiles) || !got[0].Restored {
		t.Errorf("before the first check: %d snapshots, the first %+v", len(got), got[0])
	}
	for _, snap := range s.poller.Once(t.Context()) {
		want, ok := l.demo.Account(snap.Profile)
		if !ok {
			t.Errorf("%s: the demo has no such account", snap.Profile)
			continue
		}
		h := snap.Health
		if string(h.State) != want.State || want.Code != "" && h.Code != want.Code {
			t.Errorf("%s: %s %q, want %s %q (%s)", snap.Profile, h.State, h.Code, want.State, want.Code, h.Explanation)
		}
		advice := snap.Advice(time.Now())
		if h.State.Severity() != account.SeverityOK && (advice.Explanation == "" || h.State != account.Disabled && advice.Remedy == "") {
			t.Errorf("%s: %s without explanation or remedy", snap.Profile, h.State)
		}
		if h.State.Answered() && (snap.Account == nil || snap.Account.User.ID == "" || snap.Stale()) {
			t.Errorf("%s: %s, with the account %+v", snap.Profile, h.State, snap.Account)
		}
	}
}

// TestDemoProfile selects a sample account as --profile does, which leaves the
// active one alone.
func TestDemoProfile(t *testing.T) {
	t.Parallel()
	for name, known := range map[string]bool{"": true, "ci": true, "nobody": false} {
		a := &app{console: console{services: builtIn(), getenv: func(string) string { return "" }}, demo: true, profileFlag: name, version: "test", now: time.Now}
		l, err := a.load()
		if err != nil {
			t.Fatal(err)
		}
		if err := a.canSelect(l); l.active() != "work" || l.choiceErr != nil || (err == nil) != known {
			t.Errorf("--profile %q: %v, and active is %q, %v", name, err, l.active(), l.choiceErr)
		}
		l.close()
	}
}
