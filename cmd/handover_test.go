package cmd

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/service"
)

// quiet is an app whose stderr goes to a file, which said reads.
func quiet(t *testing.T, now time.Time) (a *app, said func() string) {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "stderr")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	a = &app{console: console{services: builtIn(), stderr: f, getenv: func(string) string { return "" }}, now: func() time.Time { return now }}
	return a, func() string {
		text, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
}

func TestEnviron(t *testing.T) {
	h := handover{profile: "work", variables: client.Variables{
		Set:   []service.Variable{{Name: "A_KEY", Value: "new=value"}},
		Unset: []string{"A_HOST"},
	}}
	parent := []string{"PATH=/bin", "A_KEY=old", "A_HOST=elsewhere", "A_HOSTS=kept", "ROLLCALL_PROFILE=other", "EMPTY=", "=C:=C:\\"}
	got := h.environ(parent)
	slices.Sort(got)
	want := []string{"=C:=C:\\", "A_HOSTS=kept", "A_KEY=new=value", "EMPTY=", "PATH=/bin", "ROLLCALL_PROFILE=work"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if parent[1] != "A_KEY=old" {
		t.Error("the parent's environment was changed")
	}
}

// TestRefused holds which states keep a credential back: all that status would
// not call good, and every one while it is that of another user.
func TestRefused(t *testing.T) {
	for _, state := range account.States() {
		snap := account.Snapshot{Profile: "work", Health: account.Health{State: state}}
		status := exitStatus(false, isBad, []account.Snapshot{snap})
		err := refused(snap, time.Now(), false)
		if (err != nil) != (status != exitOK) {
			t.Errorf("%s: %v, but the status is %d", state, err, status)
		}
		if refused(snap, time.Now(), true) == nil {
			t.Errorf("%s: that of another user is handed over", state)
		}
		if e, ok := errors.AsType[*exitError](err); ok && e.code != status {
			t.Errorf("%s: exit status %d, want %d", state, e.code, status)
		}
	}
}

func TestFresh(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	snap := func(state account.State, ago time.Duration) account.Snapshot {
		return account.Snapshot{Health: account.Health{State: state, CheckedAt: now.Add(-ago)}}
	}
	for _, tt := range []struct {
		snap     account.Snapshot
		interval time.Duration
		want     bool
	}{
		{snap(account.Healthy, 30*time.Second), time.Minute, true},
		{snap(account.Expiring, 30*time.Second), time.Minute, true},
		{snap(account.Healthy, time.Minute), time.Minute, false},
		{snap(account.Healthy, 0), 0, false},
		{snap(account.InvalidToken, time.Second), time.Minute, false},
		{account.Snapshot{Health: account.Health{State: account.Checking}}, time.Minute, false},
	} {
		if got := fresh(tt.snap, tt.interval, now); got != tt.want {
			t.Errorf("%s of %s, interval %s: fresh %v", tt.snap.Health.State, tt.snap.Health.CheckedAt, tt.interval, got)
		}
	}
}

// TestLastsFor tells an unknown end from a token that never ends.
func TestLastsFor(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	date := func(in time.Duration) account.Expiry {
		return account.Expiry{Kind: account.ExpiryDate, At: now.Add(in)}
	}
	for _, tt := range []struct {
		name    string
		expiry  account.Expiry
		least   time.Duration
		refused string
		warned  bool
	}{
		{"long enough", date(time.Hour), time.Hour, "", false},
		{"too short", date(20 * time.Minute), time.Hour, "ends in 20m", false},
		{"over", date(-time.Minute), time.Hour, "has ended", false},
		{"never", account.Expiry{Kind: account.ExpiryNever}, time.Hour, "", false},
		{"unknown", account.Expiry{}, time.Hour, "", true},
		{"not asked for", date(-time.Hour), 0, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, said := quiet(t, now)
			err := a.lastsFor(tt.least, account.Snapshot{Profile: "work", Account: &account.Account{Token: account.Token{Expiry: tt.expiry}}})
			if tt.refused == "" && err != nil || tt.refused != "" && (err == nil || !strings.Contains(err.Error(), tt.refused)) {
				t.Errorf("got %v, want %q", err, tt.refused)
			}
			if (said() != "") != tt.warned {
				t.Errorf("said %q", said())
			}
		})
	}
	a, said := quiet(t, now)
	if err := a.lastsFor(time.Hour, account.Snapshot{Profile: "work"}); err != nil || said() == "" {
		t.Errorf("without an account: %v, said %q", err, said())
	}
}
