package account_test

import (
	"testing"
	"time"

	"rollcall/client/account"
)

func TestExhaustion(t *testing.T) {
	// budget makes a snapshot of one check a minute with what was left at each.
	budget := func(limit int64, reset time.Duration, left ...int64) account.Snapshot {
		s := account.Snapshot{RateLimit: account.RateLimit{Limit: &limit}}
		if reset != 0 {
			s.RateLimit.ResetAt = midday.Add(reset)
		}
		for i, n := range left {
			c := account.Check{At: midday.Add(time.Duration(i-len(left)+1) * time.Minute), State: account.Healthy}
			if n >= 0 {
				c.Remaining = &n
			}
			s.History = append(s.History, c)
		}
		return s
	}
	tests := []struct {
		name string
		s    account.Snapshot
		now  time.Duration
		// want is the minutes from the last check; negative for no forecast.
		want time.Duration
	}{
		{"ten a minute", budget(100, time.Hour, 60, 50, 40), 0, 4 * time.Minute},
		{"the reset comes first", budget(100, 3*time.Minute, 60, 50, 40), 0, -1},
		{"the window before", budget(100, time.Hour, 5, 0, 90, 80), 0, 8 * time.Minute},
		{"the beginning of a window", budget(100, time.Hour, 5, 90), 0, -1},
		{"nothing is spent", budget(100, time.Hour, 50, 50, 50), 0, -1},
		{"spent", budget(100, time.Hour, 10, 0), 0, -1},
		{"one sample", budget(100, time.Hour, 50), 0, -1},
		{"none", budget(100, time.Hour), 0, -1},
		{"unknown in between", budget(100, time.Hour, 60, -1, 40), 0, 4 * time.Minute},
		{"reset unknown", budget(100, 0, 60, 50), 0, -1},
		{"reset passed", budget(100, time.Minute, 60, 10), 2 * time.Minute, -1},
		{"overdue", budget(100, time.Hour, 60, 50, 40), 10 * time.Minute, 10 * time.Minute},
		{"another budget before", budget(100, time.Hour, 4000, 60, 50), 0, 5 * time.Minute},
		{"slower than the samples that are kept", budget(1000, time.Hour, 900, 200, 199, 198, 197, 196, 195, 194, 193, 192, 191), 0, -1},
	}
	for _, tt := range tests {
		at, ok := tt.s.Exhaustion(midday.Add(tt.now))
		if ok != (tt.want >= 0) || ok && !at.Equal(midday.Add(tt.want)) {
			t.Errorf("%s: %v after the last check, %v", tt.name, at.Sub(midday), ok)
		}
	}
}
