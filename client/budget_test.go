package client

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

func TestPlace(t *testing.T) {
	limit, small := int64(5), int64(1)
	a, b := make(user, 1), make(user, 1)
	all := newBudgets()
	after := func(d time.Duration) time.Time { return noon.Add(d) }
	place := func(name string, w user, wanted, want time.Duration) {
		t.Helper()
		if got := all.place(w, "x", after(wanted)); !got.Equal(after(want)) {
			t.Errorf("%s: %v, want %v", name, got.Sub(noon), want)
		}
	}
	place("nothing is known", a, 0, 0)
	all.use(a, "", "x")
	all.use(b, "", "x")
	all.sent("x", noon, time.Minute)
	place("no limit", a, time.Second, time.Second)
	all.see("x", account.RateLimit{Limit: &limit, ResetAt: after(30 * time.Second)}, noon)
	all.see("x", account.RateLimit{Limit: &small}, after(-time.Second))
	if n := all.limit("x"); n != 5 {
		t.Errorf("the limit is %d", n)
	}
	if len(a) != 1 || len(b) != 1 {
		t.Error("those who use it were not told")
	}
	// Each request takes up 48 seconds.
	place("alone", a, 10*time.Second, 10*time.Second)
	place("after the other", b, 20*time.Second, 58*time.Second)
	place("the same again", b, 58*time.Second, 58*time.Second)
	place("long after", a, 200*time.Second, 200*time.Second)
	place("before the other", b, 100*time.Second, 100*time.Second)
	all.sent("x", noon, 0)
	place("after one that was sent", b, 10*time.Second, 48*time.Second)
	for range 10 {
		all.sent("x", noon, 0)
	}
	place("a window after many", b, 10*time.Second, 60*time.Second)
	all.learn("x", 1000)
	if n := all.limit("x"); n != 5 {
		t.Errorf("a record took the place of a header: %d", n)
	}
	all.use(a, "x", "y")
	place("no longer one of them", a, 61*time.Second, 61*time.Second)
	all.use(a, "y", "")
	if len(all.known) != 1 {
		t.Errorf("%d credentials are kept", len(all.known))
	}
}

// A service may have a budget an hour and one a minute, and tell whichever is
// nearer to its end.
func TestBudgetsOfAServiceAreNotMixed(t *testing.T) {
	hourly, minutely := int64(5000), int64(10)
	w, all := make(user, 1), newBudgets()
	all.use(w, "", "x")
	all.see("x", account.RateLimit{Limit: &hourly, ResetAt: noon.Add(time.Hour)}, noon)
	all.see("x", account.RateLimit{Limit: &minutely, ResetAt: noon.Add(time.Minute)}, noon.Add(time.Second))
	all.sent("x", noon, 0)
	if got, want := all.place(w, "x", noon), noon.Add(23*time.Second+600*time.Millisecond); !got.Equal(want) {
		t.Errorf("the next request waits for %v, want %v", got.Sub(noon), want.Sub(noon))
	}
}

func TestBudgetAfterTheClockWasSetBack(t *testing.T) {
	limit, less := int64(10), int64(5)
	w, all := make(user, 1), newBudgets()
	all.use(w, "", "x")
	now, wrong := time.Now(), time.Now().AddDate(1, 0, 0)
	all.sent("x", wrong, time.Minute)
	all.see("x", account.RateLimit{Limit: &limit}, wrong)
	all.sent("x", wrong, time.Minute)
	all.see("x", account.RateLimit{Limit: &limit, Remaining: &less}, now)
	if r, at := all.latest("x"); r.Remaining == nil || !at.Equal(now) {
		t.Errorf("it is still %+v of %v", r, at)
	}
	if got := all.place(w, "x", now); !got.Equal(now) {
		t.Errorf("the next request waits for %v", got.Sub(now))
	}
}

// TestProfilesOfOneTokenShareItsBudget has two profiles with a token that may
// be used five times a minute.
func TestProfilesOfOneTokenShareItsBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.set(200, `{"id":"u1"}`, "X-RateLimit-Limit", "5", "X-RateLimit-Remaining", "3", "X-RateLimit-Reset", "60")
		n := f.network()
		var clients []*Client
		for _, name := range []string{"one", "two"} {
			clients = append(clients, newPlainClient(n, "https://shared.example", func(p *Profile) {
				p.Name, p.Interval = name, 20*time.Second
			}))
		}
		r, stop := start(t, NewPoller(clients, memory(t)))
		defer stop()
		pass(time.Minute)
		begun := len(f.asked("/me"))
		const minutes = 60
		pass(minutes * time.Minute)
		asked := len(f.asked("/me")) - begun
		t.Logf("%d identity requests in %d minutes", asked, minutes)
		if share := float64(asked) / (5 * minutes); share > 0.28 || share < 0.2 {
			t.Errorf("%d requests: %.2f of the budget", asked, share)
		}
		if gap := time.Until(r.last("one").NextAt); gap > 110*time.Second {
			t.Errorf("the next check is due in %v", gap)
		}
	})
}

func TestRateLimitIsSharedWhenFresher(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		left := []string{"90", "80", "70"}
		f.answer = func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/groups") {
				return respond(200, "Group", "X-RateLimit-Limit", "100", "X-RateLimit-Remaining", "50", "X-RateLimit-Reset", "3000")
			}
			next := left[0]
			left = append(left[1:], next)
			return respond(200, `{"id":"u1"}`, "X-RateLimit-Limit", "100", "X-RateLimit-Remaining", next, "X-RateLimit-Reset", "3000")
		}
		n := f.network()
		var clients []*Client
		for _, name := range []string{"one", "two", "other"} {
			clients = append(clients, newPlainClient(n, "https://shared.example", func(p *Profile) {
				p.Name, p.Interval = name, 0
				if name == "other" {
					p.Credential = fixedCredential{secret: "another one"}
				}
			}))
		}
		p := NewPoller(clients, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		if got := *r.last("one").RateLimit.Remaining; got != 50 {
			t.Errorf("after the details %d are left", got)
		}
		f.set(200, `{"id":"u1"}`, "X-RateLimit-Limit", "100", "X-RateLimit-Remaining", "42", "X-RateLimit-Reset", "3000")
		p.Refresh("two")
		pass(time.Second)
		if got := *r.last("one").RateLimit.Remaining; got != 42 {
			t.Errorf("the other profile of the token shows %d", got)
		}
		if got := *r.last("other").RateLimit.Remaining; got != 50 {
			t.Errorf("the profile of another token shows %d", got)
		}
		if checks := len(r.last("one").History); checks != 1 {
			t.Errorf("it was asked %d times", checks)
		}
	})
}

// recorded tells the limit in a record of the token alone.
type recorded struct{ plainService }

func (r recorded) details(ctx context.Context, ask asker, acc account.Account, secret string) details {
	d := r.plainService.details(ctx, ask, acc, secret)
	limit := int64(100)
	d.rate = &account.RateLimit{Limit: &limit, Source: "token record"}
	return d
}

func TestLimitOfTheTokenRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		c := f.client("work")
		c.provider = recorded{}
		p := NewPoller([]*Client{c}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(5 * time.Minute)
		if s := r.last("work"); s.RateLimit.Limit == nil || *s.RateLimit.Limit != 100 || s.RateLimit.Source != "token record" {
			t.Errorf("the limit is %+v", s.RateLimit)
		}
		f.set(200, `{"id":"u1"}`, "X-RateLimit-Limit", "60", "X-RateLimit-Remaining", "7", "X-RateLimit-Reset", "3000")
		pass(2 * time.Minute)
		if s := r.last("work"); *s.RateLimit.Limit != 60 || !strings.HasPrefix(s.RateLimit.Source, "X-Rate") {
			t.Errorf("what a header tells counts for less: %+v", s.RateLimit)
		}
	})
}

// TestLargeDetailsWaitForAWish has details that need more requests than half
// of the limit.
func TestLargeDetailsWaitForAWish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.answer = func(r *http.Request) *http.Response {
			return respond(200, `{"id":"u1"}`, "X-RateLimit-Limit", "1", "X-RateLimit-Remaining", "1", "X-RateLimit-Reset", "1")
		}
		p := NewPoller([]*Client{f.client("work")}, memory(t))
		_, stop := start(t, p)
		defer stop()
		pass(2 * time.Hour)
		if n := len(f.asked("/groups")); n != 1 {
			t.Errorf("details were asked for %d times", n)
		}
		p.Refresh()
		pass(time.Second)
		if n := len(f.asked("/groups")); n != 2 {
			t.Errorf("a wish led to %d", n)
		}
	})
}
