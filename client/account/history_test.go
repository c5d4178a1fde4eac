package account

import (
	"testing"
	"time"
)

// after makes a history of one check a minute.
func after(states ...State) (history []Check) {
	for i, s := range states {
		history = append(history, Check{At: midday.Add(time.Duration(i) * time.Minute), State: s})
	}
	return history
}

func TestAvailabilityAndFailing(t *testing.T) {
	tests := []struct {
		name    string
		history []Check
		share   float64
		checks  int
		failing int
	}{
		{"none", nil, 0, 0, 0},
		{"all well", after(Healthy, Expiring, NoUser), 1, 3, 0},
		{"half", after(Healthy, Unreachable, Healthy, InvalidToken), 0.5, 4, 1},
		{"limits do not count", after(Healthy, RateLimited, RateLimited), 1, 1, 0},
		{"nor do they end a row", after(Healthy, Unavailable, RateLimited, ServerError), 1. / 3, 3, 2},
		{"another's account", after(WrongAccount), 0, 1, 1},
		{"only limits", after(RateLimited), 0, 0, 0},
	}
	for _, tt := range tests {
		s := Snapshot{History: tt.history}
		if share, checks := s.Availability(); share != tt.share || checks != tt.checks {
			t.Errorf("%s: available for %v of %d", tt.name, share, checks)
		}
		if n := s.ConsecutiveFailures(); n != tt.failing {
			t.Errorf("%s: %d failing", tt.name, n)
		}
	}
}

var midday = time.Date(2026, 1, 2, 12, 0, 0, 123000000, time.UTC)
