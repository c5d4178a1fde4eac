package store_test

import (
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// TestAdopt takes over what was noted elsewhere: it joins what was noted here, and
// nothing of it is there for Undo to take back.
func TestAdopt(t *testing.T) {
	s, _, err := store.Open(t.TempDir(), "/c.toml")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Now().Truncate(time.Millisecond)
	at := func(ago time.Duration, state account.State) account.Check {
		return account.Check{At: now.Add(-ago), State: state, Latency: 40 * time.Millisecond}
	}
	last := at(time.Minute, account.Healthy)
	s.Save(account.Snapshot{
		Profile: "work", Endpoint: "e", Health: account.Health{State: account.Healthy, CheckedAt: last.At}, History: []account.Check{last},
	})
	change := account.Change{At: now.Add(-time.Hour), Kind: account.ChangeScope, Is: account.Value{Name: "read"}}
	if err := s.Adopt(account.Past{
		Profile: "work", Endpoint: "e", Checks: []account.Check{at(72*time.Hour, account.Unreachable), at(time.Hour, account.Healthy)},
		Changes: []account.Change{change},
	}); err != nil {
		t.Fatal(err)
	}
	z := account.Snooze{Until: now.Add(time.Hour), Note: "later"}
	if err := s.AdoptSnoozes(map[[2]string]account.Snooze{{"work", "e"}: z}); err != nil {
		t.Fatal(err)
	}
	past := s.Past("work", "e")
	if len(past.Checks) != 3 || past.Checks[0].State != account.Unreachable || len(past.Changes) != 1 || !past.Changes[0].Equal(change) {
		t.Errorf("the past is %+v", past)
	}
	if snap, ok := s.Snapshot("work", "e"); !ok || !snap.Health.CheckedAt.Equal(last.At) {
		t.Errorf("the snapshot is %+v", snap)
	}
	if got := s.Snoozed("work", "e"); !got.Until.Equal(z.Until) || got.Note != z.Note {
		t.Errorf("snoozed: %+v", got)
	}
	if steps, err := s.Steps(); len(steps) > 0 || err != nil {
		t.Errorf("steps: %+v, %v", steps, err)
	}
}
