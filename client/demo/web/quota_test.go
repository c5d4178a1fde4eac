package web

import (
	"testing"
	"time"
)

func TestQuotaForgets(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	q := NewQuota(func() time.Time { return now }, time.Hour)
	q.Spend("a")
	first := now
	now = now.Add(59 * time.Minute)
	q.Spend("a")
	if used, reset := q.Used("a"); used != 2 || !reset.Equal(first.Add(time.Hour)) {
		t.Errorf("%d used until %v", used, reset)
	}
	if used, _ := q.Used("b"); used != 0 {
		t.Errorf("keys share: %d", used)
	}
	now = now.Add(time.Minute)
	if used, reset := q.Used("a"); used != 0 || !reset.Equal(now.Add(time.Hour)) {
		t.Errorf("an hour later %d used until %v", used, reset)
	}
}
