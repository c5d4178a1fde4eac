package store_test

import (
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// TestReadAhead gives what was read ahead once, and never what is known better since.
func TestReadAhead(t *testing.T) {
	t.Parallel()
	s, _, err := store.Open(t.TempDir(), "/home/sam/config.toml")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	save := func(state account.State) {
		s.Save(account.Snapshot{Profile: "work", Endpoint: "https://a", Health: account.Health{State: state, CheckedAt: time.Now()}})
	}
	know := func(want account.State) {
		t.Helper()
		if all := s.Snapshots(); len(all) != 1 || all[0].Health.State != want {
			t.Errorf("%+v, want %s", all, want)
		}
	}
	save(account.Healthy)
	s.ReadAhead()
	know(account.Healthy)
	know(account.Healthy)
	s.ReadAhead()
	save(account.InvalidToken)
	know(account.InvalidToken)
	s.ReadAhead()
	know(account.InvalidToken)
	save(account.Expiring)
	know(account.Expiring)
}
