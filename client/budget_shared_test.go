package client

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

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

func (r recorded) Details(ctx context.Context, ask service.Ask, q service.Asked, acc account.Account) service.Details {
	d := r.plainService.Details(ctx, ask, q, acc)
	limit := int64(100)
	d.Rate = &account.RateLimit{Limit: &limit, Source: "token record"}
	return d
}

func TestLimitOfTheTokenRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		c := f.client("work")
		c.service = recorded{}
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
