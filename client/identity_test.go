package client

import (
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
)

func TestCheckIdentity(t *testing.T) {
	answered := func(state account.State) account.Snapshot {
		return account.Snapshot{
			Profile: "work",
			Health:  account.Health{State: state, CheckedAt: epoch, LastOKAt: epoch},
			Account: &account.Account{User: account.User{ID: "user_b"}},
		}
	}
	for _, state := range []account.State{account.Healthy, account.Expiring} {
		s := answered(state)
		checkIdentity(&s, "user_a")
		h := s.Health
		if h.State != account.WrongAccount || !h.LastOKAt.IsZero() || !strings.Contains(h.Explanation, "user_a") ||
			!strings.Contains(h.Explanation, "user_b") || !strings.Contains(h.Remedy, "rollcall pin work") {
			t.Errorf("health is %+v", h)
		}
	}
	earlier := answered(account.Healthy)
	earlier.Health.LastOKAt = epoch.Add(-time.Hour)
	checkIdentity(&earlier, "user_a")
	if earlier.Health.LastOKAt.IsZero() {
		t.Error("an earlier good answer was forgotten")
	}
	for name, s := range map[string]account.Snapshot{
		"the right one": answered(account.Healthy), "refused": answered(account.InvalidToken), "nobody": {Health: account.Health{State: account.Healthy}},
	} {
		want := map[string]string{"the right one": "user_b"}[name]
		if name != "the right one" {
			want = "user_a"
		}
		before := s.Health
		if checkIdentity(&s, want); s.Health != before {
			t.Errorf("%s: health became %+v", name, s.Health)
		}
	}
	s := answered(account.Healthy)
	if checkIdentity(&s, ""); s.Health.State != account.Healthy {
		t.Errorf("no user is wanted, and health became %+v", s.Health)
	}
}
