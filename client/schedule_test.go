package client

import (
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

func TestNextCheck(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	in := func(d time.Duration) time.Time { return now.Add(d) }
	tests := []struct {
		name     string
		interval time.Duration
		retryAt  time.Time
		refusals int
		from, to time.Duration
	}{
		{"interval", time.Minute, time.Time{}, 0, 54 * time.Second, 66 * time.Second},
		{"never", 0, time.Time{}, 0, 0, 0},
		{"never, not even after a wait", 0, in(time.Minute), 1, 0, 0},
		{"a wait that is over by then", time.Minute, in(10 * time.Second), 0, 54 * time.Second, 66 * time.Second},
		{"a longer wait", time.Minute, in(10 * time.Minute), 1, 10 * time.Minute, 10*time.Minute + 5*time.Second},
		{"a wait in the past", time.Minute, in(-time.Hour), 1, 54 * time.Second, 66 * time.Second},
		{"second refusal", time.Minute, in(2 * time.Minute), 2, 4 * time.Minute, 264 * time.Second},
		{"third refusal", time.Second, in(time.Minute), 3, 4 * time.Minute, 264 * time.Second},
		{"hundredth refusal", time.Second, in(time.Minute), 100, 15 * time.Minute, 16*time.Minute + 30*time.Second},
		{"hundredth refusal, a day", time.Second, in(24 * time.Hour), 100, 24 * time.Hour, 24*time.Hour + 5*time.Second},
		{"refusals that name no time", time.Second, time.Time{}, 2, 2 * time.Minute, 132 * time.Second},
		{"refusals, a long interval", time.Hour, in(time.Minute), 5, 54 * time.Minute, 66 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			low := nextCheck(now, tt.interval, -tt.interval/10, tt.retryAt, tt.refusals, 0)
			high := nextCheck(now, tt.interval, tt.interval/10, tt.retryAt, tt.refusals, 1)
			if tt.interval == 0 {
				if !low.IsZero() || !high.IsZero() {
					t.Errorf("it is planned for %v", low)
				}
				return
			}
			if low != in(tt.from) || high != in(tt.to) {
				t.Errorf("it is due in %v to %v, want %v to %v", low.Sub(now), high.Sub(now), tt.from, tt.to)
			}
		})
	}
}

// TestChecksComeTogether has checks due at steps of the clock, however long their answers
// take, and keeps to their interval thereby. What a service has named is no step sooner.
func TestChecksComeTogether(t *testing.T) {
	for _, tt := range []struct{ interval, took, after time.Duration }{
		{5 * time.Second, 0, 5 * time.Second},
		{5 * time.Second, 120 * time.Millisecond, 5 * time.Second},
		{5 * time.Second, 130 * time.Millisecond, 5*time.Second + checkStep},
		{time.Hour, 333 * time.Millisecond, time.Hour + checkStep},
		{100 * time.Millisecond, 2 * time.Millisecond, 100 * time.Millisecond},
		{100 * time.Millisecond, 3 * time.Millisecond, 105 * time.Millisecond},
	} {
		begun := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		if got := nextCheck(begun.Add(tt.took), tt.interval, 0, time.Time{}, 0, 0).Sub(begun); got != tt.after {
			t.Errorf("after an answer of %v, a check every %v is due in %v, want %v", tt.took, tt.interval, got, tt.after)
		}
		retryAt := begun.Add(tt.after + time.Millisecond)
		if got := nextCheck(begun.Add(tt.took), tt.interval, 0, retryAt, 0, 0); got.Before(retryAt) {
			t.Errorf("a check is due %v before the service wants it", retryAt.Sub(got))
		}
	}
}

func TestHoldIsObeyed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		p := NewPoller([]*Client{f.client("work"), f.client("still", func(p *Profile) { p.Interval = 0 })}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		f.set(429, "", "Retry-After", "600")
		p.Refresh()
		pass(time.Second)
		until := r.last("work").Health.RetryAt
		if wait := time.Until(until); wait < 590*time.Second {
			t.Fatalf("it is to wait for %v", wait)
		}
		f.set(200, `{"id":"u1"}`)
		pass(time.Minute)
		p.Refresh()
		p.Refresh()
		pass(time.Second)
		for _, name := range []string{"work", "still"} {
			s := r.last(name)
			if s.Health.State != account.RateLimited || s.Health.HTTPStatus != 429 || s.NextAt.Before(until) || len(s.History) != 2 || s.Busy {
				t.Errorf("%s is %s, next at %v, %d checks", name, s.Health.State, s.NextAt, len(s.History))
			}
		}
		pass(time.Until(until) - time.Second)
		if n := len(f.asked("/me")); n != 4 {
			t.Errorf("asked %d times before it was allowed", n)
		}
		pass(10 * time.Second)
		if n := len(f.asked("/groups")); n != 4 {
			t.Errorf("the wish was granted without details: %d", n)
		}
		for _, name := range []string{"work", "still"} {
			if s := r.last(name); s.Health.State != account.Healthy || s.Details.CheckedAt.Before(until) {
				t.Errorf("then %s is %s, details of %v", name, s.Health.State, s.Details.CheckedAt)
			}
		}
		if s := r.last("still"); !s.NextAt.IsZero() {
			t.Errorf("a check without an interval is planned for %v", s.NextAt)
		}
	})
}

func TestHoldOfTheSameCredential(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		store, network := memory(t), f.network()
		var clients []*Client
		for _, name := range []string{"one", "two"} {
			clients = append(clients, newPlainClient(network, "https://same.example", func(p *Profile) { p.Name = name }))
		}
		p := NewPoller(clients, store)
		p.Once(t.Context())
		f.set(429, "", "Retry-After", "60")
		p.Once(t.Context(), "one")
		n := len(f.asked("/me"))
		s := p.Once(t.Context(), "two")[0]
		if len(f.asked("/me")) != n {
			t.Error("the credential was used")
		}
		if s.Health.State != account.RateLimited || !s.Health.CheckedAt.IsZero() || len(s.History) != 1 || !s.Stale() || s.Account == nil {
			t.Errorf("it is %s, checked %v", s.Health.State, s.Health.CheckedAt)
		}
	})
}

func TestRepeatedRefusalsDoubleTheWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.set(429, "")
		p := NewPoller([]*Client{f.client("work", func(p *Profile) { p.Interval = 10 * time.Second })}, memory(t))
		_, stop := start(t, p)
		defer stop()
		pass(3 * time.Hour)
		// The service's window is 30 s.
		want := 30 * time.Second
		requests := f.asked("/me")
		for i := range len(requests) - 1 {
			gap := requests[i+1].at.Sub(requests[i].at)
			if gap < want || gap > want*11/10+6*time.Second {
				t.Errorf("wait %d is %v, want %v and a little", i, gap, want)
			}
			want = min(2*want, longestBackoff)
		}
		if n := len(requests); n < 14 || n > 18 {
			t.Errorf("asked %d times in three hours", n)
		}
	})
}

func TestRefusalsInARowAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		p := NewPoller([]*Client{f.client("work")}, memory(t))
		for range 3 {
			f.set(429, "", "Retry-After", "20")
			p.Once(t.Context())
			time.Sleep(time.Minute)
			f.set(200, `{"id":"u1"}`)
			p.Once(t.Context())
		}
		f.set(429, "", "Retry-After", "60")
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		if wait := time.Until(r.last("work").NextAt); wait > 67*time.Second {
			t.Errorf("refusals of before count: it waits %v", wait)
		}
	})
}

// A timer stands still while the machine sleeps, and a clock that was wrong is
// set: both move the time by the clock away from the one that passes.
func TestClockThatMoves(t *testing.T) {
	tests := []struct {
		name       string
		due, alarm time.Duration
		rests      time.Duration
	}{
		{"as planned", time.Hour, time.Hour, time.Hour},
		{"slept past it", -time.Hour, time.Hour, 0},
		{"slept for a while", 30 * time.Second, time.Hour, 30 * time.Second},
		{"set back by a year", 365 * 24 * time.Hour, time.Hour, time.Hour},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFakeService()
				p := NewPoller([]*Client{f.client("work")}, memory(t))
				_, stop := start(t, p)
				defer stop()
				pass(time.Second)
				s, w := p.scheduler, p.watches[0]
				begun := time.Now()
				s.mu.Lock()
				s.resting.drop(w)
				w.due, w.alarm = begun.Add(tt.due), begun.Add(tt.alarm)
				s.rest(w, begun)
				s.mu.Unlock()
				for len(f.asked("/me")) == 1 {
					pass(100 * time.Millisecond)
				}
				if took := f.asked("/me")[1].at.Sub(begun); took != tt.rests {
					t.Errorf("it rested for %v, want %v", took, tt.rests)
				}
			})
		})
	}
}

// While a machine sleeps in the middle of a rest, its timers do not run.
func TestSleepIsNoticedWithinAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		clients := []*Client{f.client("work", func(p *Profile) { p.Interval = 10 * time.Hour }), f.client("still", func(p *Profile) { p.Interval = 0 })}
		p := NewPoller(clients, memory(t))
		_, stop := start(t, p)
		defer stop()
		pass(time.Second)
		p.scheduler.mu.Lock()
		p.watches[0].due = time.Now().Add(-time.Hour)
		p.scheduler.mu.Unlock()
		pass(2 * longestSleep)
		if n := len(f.asked("/me")); n != 3 {
			t.Errorf("asked %d times, want twice, and once where nothing is planned", n)
		}
	})
}
