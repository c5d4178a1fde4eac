package client

import (
	"strings"
	"testing"
	"time"
)

func TestCheckIdentity(t *testing.T) {
	answered := func(state State) Snapshot {
		return Snapshot{
			Profile: "work",
			Health:  Health{State: state, CheckedAt: epoch, LastOKAt: epoch},
			Account: &Account{User: User{ID: "user_b"}},
		}
	}
	for _, state := range []State{Healthy, Expiring} {
		s := answered(state)
		checkIdentity(&s, "user_a")
		h := s.Health
		if h.State != WrongAccount || !h.LastOKAt.IsZero() || !strings.Contains(h.Explanation, "user_a") ||
			!strings.Contains(h.Explanation, "user_b") || !strings.Contains(h.Remedy, "rollcall pin work") {
			t.Errorf("health is %+v", h)
		}
	}
	earlier := answered(Healthy)
	earlier.Health.LastOKAt = epoch.Add(-time.Hour)
	checkIdentity(&earlier, "user_a")
	if earlier.Health.LastOKAt.IsZero() {
		t.Error("an earlier good answer was forgotten")
	}
	for name, s := range map[string]Snapshot{
		"the right one": answered(Healthy), "refused": answered(InvalidToken), "nobody": {Health: Health{State: Healthy}},
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
	s := answered(Healthy)
	if checkIdentity(&s, ""); s.Health.State != Healthy {
		t.Errorf("no user is wanted, and health became %+v", s.Health)
	}
}
