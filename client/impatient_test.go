package client

import (
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

// TestImpatient has a service that wants no request for a month: a day at most is waited,
// also by another rollcall, and a person who does not want to wait is served at once. What
// the service says to that counts for all who use the credential.
func TestImpatient(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.set(429, `{"message":"come back next month"}`, "Retry-After", "2678400")
		state, network := open(t, dir), f.network()
		defer closeStore(t, state)
		work, same := newPlainClient(network, "https://work.example"), newPlainClient(network, "https://work.example", func(p *Profile) { p.Name = "same" })
		p := NewPoller([]*Client{work, same}, state)
		wait := func(s account.Snapshot) time.Duration {
			if s.Health.State != account.RateLimited {
				t.Errorf("%s is %s", s.Profile, s.Health.State)
			}
			return time.Until(s.Health.RetryAt).Round(time.Minute)
		}
		if got := wait(p.Once(t.Context(), "work")[0]); got != 24*time.Hour {
			t.Errorf("it waits %v", got)
		}
		pass(time.Hour)
		p.Once(t.Context())
		if n := len(f.asked("/me")); n != 1 {
			t.Fatalf("asked %d times in the wait", n)
		}
		// The service does not give in: nobody asks again until the new time.
		if got := wait(p.Once(Impatient(t.Context()), "work")[0]); got != 24*time.Hour || len(f.asked("/me")) != 2 {
			t.Errorf("asked %d times, and it waits %v", len(f.asked("/me")), got)
		}
		p.Once(t.Context())
		if n := len(f.asked("/me")); n != 2 {
			t.Fatalf("asked %d times in the second wait", n)
		}
		f.set(200, `{"id":"u1"}`)
		if s := p.Once(Impatient(t.Context()), "work")[0]; !s.Health.State.Accepted() || !s.Health.RetryAt.IsZero() {
			t.Errorf("it is %s until %v", s.Health.State, s.Health.RetryAt)
		}
		if s := p.Once(t.Context(), "same")[0]; !s.Health.State.Accepted() {
			t.Errorf("who has the same credential is %s", s.Health.State)
		}
	})
}

// TestImpatientIsPatientAfterwards has a busy service name a time in its answer to the
// person who did not want to wait: that is heeded within the same check.
func TestImpatientIsPatientAfterwards(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.set(503, "", "Retry-After", "3600")
		state := open(t, dir)
		defer closeStore(t, state)
		p := NewPoller([]*Client{newPlainClient(f.network(), "https://work.example")}, state)
		for n := range 3 {
			if got := p.Once(Impatient(t.Context()))[0].Health.State; got != account.Unavailable || len(f.asked("/me")) != n+1 {
				t.Fatalf("check %d: %s, asked %d times", n, got, len(f.asked("/me")))
			}
		}
	})
}

// TestAttendImpatient asks at once while the poller runs.
func TestAttendImpatient(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.set(429, "", "Retry-After", "86400")
		state := open(t, dir)
		defer closeStore(t, state)
		p := NewPoller([]*Client{newPlainClient(f.network(), "https://work.example")}, state)
		r, stop := start(t, p)
		defer stop()
		pass(time.Minute)
		p.Attend("work")
		pass(time.Minute)
		if n := len(f.asked("/me")); n != 1 {
			t.Fatalf("asked %d times in the wait", n)
		}
		f.set(200, `{"id":"u1"}`)
		p.AttendImpatient("work")
		pass(time.Minute)
		if s := r.last("work"); !s.Health.State.Accepted() {
			t.Errorf("it is %s", s.Health.State)
		}
	})
}
