package web

import (
	"testing"
	"time"
)

func TestLimiterCountsByTheMinute(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	l := NewLimiter(func() time.Time { return now })
	steps := []struct {
		after     time.Duration
		key       string
		remaining int
		ok        bool
	}{
		{0, "a", 2, true},
		{10 * time.Second, "a", 1, true},
		{0, "b", 2, true}, // keys do not share
		{20 * time.Second, "a", 0, true},
		{0, "a", 0, false},
		{29 * time.Second, "a", 0, false},
		{time.Second, "a", 2, true}, // a minute after the first
		{59 * time.Second, "a", 1, true},
		{time.Second, "a", 2, true}, // the new window began with its first request
	}
	for i, s := range steps {
		now = now.Add(s.after)
		if remaining, ok := l.Take(s.key, 3); remaining != s.remaining || ok != s.ok {
			t.Errorf("step %d: got %d %v, want %d %v", i, remaining, ok, s.remaining, s.ok)
		}
	}
}
