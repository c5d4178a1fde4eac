package store

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rollcall/client/account"
)

// knownAs tells what a store has of a profile: its user, and who it is pinned to.
func knownAs(s *Store, profile, endpoint string) string {
	snap, ok := s.Snapshot(profile, endpoint)
	id, pinned := s.Pin(profile, endpoint)
	if !ok && !pinned {
		return ""
	}
	if snap.Profile != profile || snap.Endpoint != endpoint {
		return fmt.Sprintf("%s at %s", snap.Profile, snap.Endpoint)
	}
	return snap.Account.User.ID + " " + id
}

// answered is a snapshot of a user who answered at a moment.
func answered(profile, endpoint, user string, at time.Time) account.Snapshot {
	s := sample(profile, at, 2)
	s.Endpoint, s.Account.User.ID = endpoint, user
	return s
}

// Two configurations may have one name for different accounts, and the same
// state.
func TestOneNameAtTwoServices(t *testing.T) {
	dir := t.TempDir()
	const here, there = "https://here.example/me", "https://there.example/me"
	for round := range 3 {
		for _, at := range []string{here, there} {
			s := opened(t, dir)
			user := "user of " + at
			if got := knownAs(s, "work", at); round > 0 && got != user+" "+user {
				t.Errorf("in round %d it is %q", round, got)
			}
			s.PinOnce("work", at, user)
			s.Save(answered("work", at, user, time.Now()))
			closed(t, s)
		}
	}
	s := opened(t, dir)
	s.Rename("work", "job", there)
	closed(t, s)
	s = opened(t, dir)
	for name, want := range map[[2]string]string{
		{"work", here}: "user of " + here + " user of " + here, {"work", there}: "",
		{"job", there}: "user of " + there + " user of " + there, {"job", here}: "",
	} {
		if got := knownAs(s, name[0], name[1]); got != want {
			t.Errorf("after %s was renamed it is %q, want %q", name, got, want)
		}
	}
}

// An earlier file knows profiles by their names alone.
func TestEarlierFileIsRead(t *testing.T) {
	dir := t.TempDir()
	encode := func(s account.Snapshot) string {
		data, err := encodeSnapshot(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	const at, before = "https://a.example/me", "https://before.example/me"
	file := fmt.Sprintf(`{"format":2,"pins":{"work":{"endpoint":%q,"user":"u1"},"my own":{"endpoint":%q,"user":"u2"}},
		"profiles":{"work":%s,"my own":%s,"broken":{"health":7}}}`,
		at, before, encode(answered("work", at, "u1", noon)), encode(answered("my own", at, "u3", noon)))
	path := filepath.Join(dir, "state.json")
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	s := opened(t, dir)
	check := func(s *Store) {
		t.Helper()
		if got := knownAs(s, "work", at); got != "u1 u1" {
			t.Errorf("it is %q", got)
		}
		if _, ok := s.Snapshot("my own", at); !ok {
			t.Error("a name of two words was lost")
		}
		if id, _ := s.Pin("my own", before); id != "u2" {
			t.Errorf("where it was before it is pinned to %q", id)
		}
		if _, ok := s.Pin("my own", at); ok {
			t.Error("it is pinned where it never was")
		}
	}
	check(s)
	s.Save(answered("new", at, "u9", noon))
	closed(t, s)
	check(opened(t, dir))
}

// An answer of megabytes is shown, but not written every few seconds.
func TestLargeAccountsAreNotKept(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	large, small := sample("large", noon, account.MaxHistory), sample("small", noon, account.MaxHistory)
	for i := range 20_000 {
		large.Account.Organizations = append(large.Account.Organizations, account.Organization{ID: fmt.Sprintf("org_%016d", i), Name: "Acme"})
	}
	s.Save(large)
	s.Save(small)
	if got, _ := stored(s, "large"); len(got.Account.Organizations) != 20_001 {
		t.Error("it is not shown in this run")
	}
	closed(t, s)
	s = opened(t, dir)
	got, ok := stored(s, "large")
	if !ok || got.Account != nil || len(got.History) != account.MaxHistory || got.Health.State != account.Healthy {
		t.Errorf("of the large one %d checks are left, %+v", len(got.History), got.Health)
	}
	if got, _ := stored(s, "small"); got.Account == nil {
		t.Error("the small one was cut, too")
	}
	if info, err := os.Stat(filepath.Join(dir, "state.json")); err != nil || info.Size() > 100<<10 {
		t.Errorf("the file has %d bytes", info.Size())
	}
}
