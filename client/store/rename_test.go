package store_test

import (
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// TestRename moves what is known of a profile, written or not, while another
// rollcall writes the same file.
func TestRename(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	open := func() *store.Store {
		t.Helper()
		s, notice, err := store.Open(dir)
		if err != nil || notice != "" {
			t.Fatal(notice, err)
		}
		return s
	}
	closed := func(s *store.Store) {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	is := func(s *store.Store, profile, user string) {
		t.Helper()
		snap, known := s.Snapshot(profile, "https://a.example")
		pinned, isPinned := s.Pin(profile, "https://a.example")
		switch {
		case user == "" && (known || isPinned):
			t.Errorf("%s is still known: %+v, %q", profile, snap, pinned)
		case user != "" && (snap.Profile != profile || snap.Account == nil || snap.Account.User.ID != user || pinned != user):
			t.Errorf("%s is %+v, pinned to %q; want %s", profile, snap, pinned, user)
		}
	}
	keep := func(s *store.Store, profile, user string) {
		at := time.Now().UTC().Truncate(time.Millisecond)
		s.Save(account.Snapshot{
			Profile: profile, Endpoint: "https://a.example", Health: account.Health{State: account.Healthy, CheckedAt: at},
			Account: &account.Account{User: account.User{ID: user}}, AccountAt: at,
		})
		s.PinOnce(profile, "https://a.example", user)
	}

	first := open()
	keep(first, "written", "one")
	keep(first, "taken", "two")
	keep(first, "gone", "three")
	closed(first)

	second, other := open(), open()
	keep(second, "fresh", "four")
	second.Rename("written", "taken", "https://a.example")
	second.Rename("fresh", "fresher", "https://a.example")
	second.Rename("gone", "", "https://a.example")
	second.Rename("nobody", "nobody else", "https://a.example")
	keep(other, "beside", "five")
	closed(other)
	for _, s := range []*store.Store{second, nil} {
		if s == nil {
			closed(second)
			s = open()
		}
		for profile, user := range map[string]string{
			"written": "", "taken": "one", "fresh": "", "fresher": "four", "gone": "", "nobody": "", "nobody else": "",
		} {
			is(s, profile, user)
		}
	}
	is(open(), "beside", "five")
}
