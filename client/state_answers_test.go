package client

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
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
			s := open(t, dir)
			user := "user of " + at
			if got := knownAs(s, "work", at); round > 0 && got != user+" "+user {
				t.Errorf("in round %d it is %q", round, got)
			}
			s.pin("work", at, user)
			s.save(answered("work", at, user, time.Now()))
			closeStore(t, s)
		}
	}
	s := open(t, dir)
	s.Rename("work", "job", there)
	closeStore(t, s)
	s = open(t, dir)
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
	s := open(t, dir)
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
	s.save(answered("new", at, "u9", noon))
	closeStore(t, s)
	check(open(t, dir))
}

// What was taken out of a configuration by hand is forgotten in the end; what
// is only not asked is not.
func TestOldProfilesAreForgotten(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		store := open(t, dir)
		names := []string{"asked", "off", "gone", "elsewhere"}
		var clients []*Client
		for _, name := range names {
			clients = append(clients, f.client(name))
		}
		NewPoller(clients, store).Once(t.Context())
		closeStore(t, store)
		left := func() string {
			s := open(t, dir)
			var all []string
			for _, name := range names {
				if knownAs(s, name, "https://"+name+".example/api/me") == "u1 u1" {
					all = append(all, name)
				}
			}
			return strings.Join(all, " ")
		}

		time.Sleep(keptUnwanted / 2)
		store = open(t, dir)
		NewPoller([]*Client{f.client("elsewhere")}, store).Once(t.Context())
		closeStore(t, store)
		time.Sleep(keptUnwanted/2 + time.Hour)
		store = open(t, dir)
		NewPoller([]*Client{f.client("asked")}, store).Once(t.Context())
		closeStore(t, store)
		if got := left(); got != "asked off gone elsewhere" {
			t.Errorf("where nobody said who is wanted, left are %s", got)
		}
		store = open(t, dir)
		store.Want("asked", f.client("asked").Endpoint())
		store.Want("off", f.client("off").Endpoint())
		NewPoller([]*Client{f.client("asked")}, store).Once(t.Context())
		closeStore(t, store)
		if got := left(); got != "asked off elsewhere" {
			t.Errorf("left are %s", got)
		}
	})
}

// The pin that a person renews elsewhere counts at the next check.
func TestPinRenewedElsewhere(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		store := open(t, dir)
		p := NewPoller([]*Client{f.client("work")}, store)
		p.Once(t.Context())
		f.set(200, `{"id":"u2"}`)
		if got := brief(p.Once(t.Context())); got != "wrong_account" {
			t.Fatalf("another user is %s", got)
		}
		store.flush()
		other := open(t, dir)
		other.Repin("work", p.Stored()[0].Endpoint, "u2")
		closeStore(t, other)
		if got := brief(p.Once(t.Context())); got != "healthy" {
			t.Errorf("after it was pinned it is %s", got)
		}
	})
}

// An answer of megabytes is shown, but not written every few seconds.
func TestLargeAccountsAreNotKept(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	large, small := sample("large", noon, account.HistorySize), sample("small", noon, account.HistorySize)
	for i := range 20_000 {
		large.Account.Organizations = append(large.Account.Organizations, account.Organization{ID: fmt.Sprintf("org_%016d", i), Name: "Acme"})
	}
	s.save(large)
	s.save(small)
	if got, _ := kept(s, "large"); len(got.Account.Organizations) != 20_001 {
		t.Error("it is not shown in this run")
	}
	closeStore(t, s)
	s = open(t, dir)
	got, ok := kept(s, "large")
	if !ok || got.Account != nil || len(got.History) != account.HistorySize || got.Health.State != account.Healthy {
		t.Errorf("of the large one %d checks are left, %+v", len(got.History), got.Health)
	}
	if got, _ := kept(s, "small"); got.Account == nil {
		t.Error("the small one was cut, too")
	}
	if info, err := os.Stat(filepath.Join(dir, "state.json")); err != nil || info.Size() > 100<<10 {
		t.Errorf("the file has %d bytes", info.Size())
	}
}

// Checks that a wrong clock noted as yet to come are not the latest ones.
func TestHistoryFromTheFuture(t *testing.T) {
	f, store := newFakeService(), memory(t)
	s := sample("work", time.Now().Add(time.Hour), 120)
	store.save(s)
	got := NewPoller([]*Client{f.client("work")}, store).Stored()[0].History
	if len(got) < 58 || len(got) > 61 || got[len(got)-1].At.After(time.Now()) {
		t.Errorf("%d checks are left, the last of %v", len(got), got[len(got)-1].At)
	}
}
