package client

import (
	"testing"
	"time"
)

// after makes a history of one check a minute.
func after(states ...State) (history []Check) {
	for i, s := range states {
		history = append(history, Check{At: noon.Add(time.Duration(i) * time.Minute), State: s})
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
		if n := s.Failing(); n != tt.failing {
			t.Errorf("%s: %d failing", tt.name, n)
		}
	}
}

func TestSinceIn(t *testing.T) {
	minute := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	tests := []struct {
		name    string
		since   time.Time
		history []Check
		want    time.Time
	}{
		{"no history", minute(-9), nil, minute(-9)},
		{"longer than the history", minute(-9), after(Healthy, Healthy), minute(-9)},
		{"broken by another's check", minute(-9), after(Healthy, Unreachable, Healthy, Healthy), minute(2)},
		{"another state before", minute(1), after(Unreachable, Healthy), minute(1)},
		{"a state that no check found", minute(3), after(Healthy, Unreachable), minute(3)},
	}
	for _, tt := range tests {
		if got := sinceIn(tt.since, Healthy, tt.history); !got.Equal(tt.want) {
			t.Errorf("%s: since %v, want %v", tt.name, got, tt.want)
		}
	}
}
