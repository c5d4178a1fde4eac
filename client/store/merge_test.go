package store

import (
	"testing"
	"time"

	"rollcall/client/account"
)

func TestSinceIn(t *testing.T) {
	minute := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	tests := []struct {
		name    string
		since   time.Time
		history []account.Check
		want    time.Time
	}{
		{"no history", minute(-9), nil, minute(-9)},
		{"longer than the history", minute(-9), minutely(account.Healthy, account.Healthy), minute(-9)},
		{"broken by another's check", minute(-9), minutely(account.Healthy, account.Unreachable, account.Healthy, account.Healthy), minute(2)},
		{"another state before", minute(1), minutely(account.Unreachable, account.Healthy), minute(1)},
		{"a state that no check found", minute(3), minutely(account.Healthy, account.Unreachable), minute(3)},
	}
	for _, tt := range tests {
		if got := sinceIn(tt.since, account.Healthy, tt.history); !got.Equal(tt.want) {
			t.Errorf("%s: since %v, want %v", tt.name, got, tt.want)
		}
	}
}

// minutely makes a history of one check a minute.
func minutely(states ...account.State) (history []account.Check) {
	for i, s := range states {
		history = append(history, account.Check{At: noon.Add(time.Duration(i) * time.Minute), State: s})
	}
	return history
}
