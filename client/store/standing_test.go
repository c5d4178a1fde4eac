package store_test

import (
	"slices"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// TestStandings tells the last state of each profile that is in the configuration, also
// where the profile was at another address before.
func TestStandings(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s, _, err := store.Open(dir, "/home/sam/config.toml")
	if err != nil {
		t.Fatal(err)
	}
	if all := s.Standings(); len(all) != 0 {
		t.Errorf("an empty store knows %v", all)
	}
	at := time.Now().Add(-time.Minute)
	for i, snap := range []account.Snapshot{
		{Profile: "work", Endpoint: "https://new", Health: account.Health{State: account.InvalidToken}},
		{Profile: "work", Endpoint: "https://old", Health: account.Health{State: account.Healthy}},
		{Profile: "admin", Endpoint: "https://new", Health: account.Health{State: account.Healthy}},
	} {
		snap.Health.CheckedAt = at.Add(-time.Duration(i) * time.Second)
		s.Save(snap)
	}
	s.Flush()
	want := []store.Standing{{"admin", account.Healthy}, {"work", account.InvalidToken}}
	if all := s.Standings(); !slices.Equal(all, want) {
		t.Errorf("%v, want %v", all, want)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	other, _, err := store.Open(dir, "/home/sam/other.toml")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if all := other.Standings(); len(all) != 0 {
		t.Errorf("another configuration knows %v", all)
	}
}
