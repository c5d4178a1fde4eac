package client

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

func TestDetailsCadence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.delay = func(r *http.Request) time.Duration {
			if strings.HasSuffix(r.URL.Path, "/groups") {
				return 5 * time.Second
			}
			return 100 * time.Millisecond
		}
		p := NewPoller([]*Client{f.client("work")}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(200 * time.Millisecond)
		if s := r.last("work"); s.Health.State != account.Healthy || !s.Details.Busy {
			t.Fatalf("the details delay the identity: %s", brief([]account.Snapshot{s}))
		}
		pass(14 * time.Minute)
		if n := len(f.asked("/groups")); n != 1 {
			t.Errorf("%d details in 14 minutes", n)
		}
		if s := r.last("work"); len(s.Account.Organizations) != 1 || s.Account.Token.Name == "" {
			t.Error("a check without details lost the earlier ones")
		}
		pass(4 * time.Minute)
		if n := len(f.asked("/groups")); n != 2 {
			t.Errorf("%d details in 18 minutes", n)
		}
		p.Refresh("work")
		pass(6 * time.Second)
		if n := len(f.asked("/groups")); n != 3 {
			t.Errorf("%d details after a refresh", n)
		}
	})
}

func TestDetailsKeepWhatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		p := NewPoller([]*Client{f.client("work")}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		f.mu.Lock()
		f.answer = func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/groups") {
				return respond(403, "")
			}
			return respond(200, `{"id":"u1"}`)
		}
		f.mu.Unlock()
		p.Refresh()
		pass(time.Second)
		s := r.last("work")
		if s.Details.Notes.String() != "The groups could not be read: Status 403." || len(s.Account.Organizations) != 1 || s.Health.State != account.Healthy {
			t.Errorf("%s, problem %q, %v", s.Health.State, s.Details.Notes, s.Account.Organizations)
		}
		if s.Details.CheckedAt.After(s.Health.CheckedAt) {
			t.Error("failed details count as had")
		}
		// Another user has nothing to do with them.
		f.mu.Lock()
		f.answer = func(*http.Request) *http.Response { return respond(200, `{"id":"u2"}`) }
		f.mu.Unlock()
		p.Refresh()
		pass(time.Second)
		if s := r.last("work"); s.Health.State != account.WrongAccount || s.Account.User.ID != "u2" || s.Account.Organizations != nil {
			t.Errorf("%s: %+v", s.Health.State, s.Account)
		}
	})
}

func TestFailureKeepsTheLastGoodAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		p := NewPoller([]*Client{f.client("work")}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		good := r.last("work")
		f.set(500, "")
		pass(5*time.Minute + 30*time.Second)
		s := r.last("work")
		if s.Health.State != account.ServerError || s.Account == nil || !s.Stale() || s.AccountAt != good.AccountAt {
			t.Errorf("%s, stale %v, account of %v", s.Health.State, s.Stale(), s.AccountAt)
		}
		if s.Health.LastOKAt != good.Health.CheckedAt || len(s.Account.Organizations) != 1 {
			t.Errorf("last ok at %v", s.Health.LastOKAt)
		}
		if n := len(s.History); n < 5 || s.History[0].State != account.Healthy || s.History[n-1].HTTPStatus != 500 {
			t.Errorf("history is %+v", s.History)
		}
		f.set(200, `{"id":"u1"}`)
		pass(70 * time.Second)
		if s := r.last("work"); s.Health.State != account.Healthy || s.Stale() {
			t.Errorf("after it came back: %s", s.Health.State)
		}
	})
}

func TestPinIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, store := newFakeService(), memory(t)
		c := f.client("work")
		p := NewPoller([]*Client{c}, store)
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		if id, ok := store.Pin("work", c.Endpoint()); !ok || id != "u1" {
			t.Fatalf("pinned to %q, %v", id, ok)
		}
		f.set(200, `{"id":"u2"}`)
		pass(70 * time.Second)
		s := r.last("work")
		if s.Health.State != account.WrongAccount || s.Account.User.ID != "u2" || s.Stale() || s.Details.Busy {
			t.Errorf("%s: %+v", s.Health.State, s.Account)
		}
		if id, _ := store.Pin("work", c.Endpoint()); id != "u1" {
			t.Errorf("now pinned to %q", id)
		}
		// After a failure it is the right account that comes back.
		f.set(500, "")
		pass(70 * time.Second)
		if s := r.last("work"); s.Account.User.ID != "u1" || !s.Stale() {
			t.Errorf("after a failure it shows %+v", s.Account.User)
		}
		f.set(200, `{"id":"u2"}`)
		pass(70 * time.Second)
		f.set(200, `{"id":"u1"}`)
		pass(70 * time.Second)
		if s := r.last("work"); s.Health.State != account.Healthy || len(s.Account.Organizations) != 1 || len(f.asked("/groups")) != 1 {
			t.Errorf("when it is back it is %s with %+v", s.Health.State, s.Account)
		}
		if _, ok := store.Pin("work", "https://elsewhere.example/api/me"); ok {
			t.Error("the pin holds at another endpoint")
		}
	})
}

func TestIdentityOfTheProfileIsNotPinned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, store := newFakeService(), memory(t)
		c := f.client("work", func(p *Profile) { p.Identity = "u9" })
		s := NewPoller([]*Client{c}, store).Once(t.Context())
		if s[0].Health.State != account.WrongAccount {
			t.Errorf("state is %s", s[0].Health.State)
		}
		if _, ok := store.Pin("work", c.Endpoint()); ok {
			t.Error("it was pinned")
		}
	})
}

func TestExpiryComesNearer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.answer = func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/groups") {
				return respond(404, "")
			}
			return respond(200, fmt.Sprintf(`{"id":"u1","ends":%q}`, time.Date(2000, 1, 1, 2, 0, 0, 0, time.UTC).Format(time.RFC3339)))
		}
		p := NewPoller([]*Client{f.client("work", func(p *Profile) { p.ExpiryWarning = time.Hour })}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(50 * time.Minute)
		if s := r.last("work"); s.Health.State != account.Healthy {
			t.Errorf("70 minutes before its end it is %s", s.Health.State)
		}
		pass(12 * time.Minute)
		if s := r.last("work"); s.Health.State != account.Expiring {
			t.Errorf("58 minutes before its end it is %s", s.Health.State)
		}
	})
}

// dating tells in its details alone when the token ends.
type dating struct{ plainService }

func (dating) Identify(ctx context.Context, ask service.Ask, q service.Asked) (*account.Account, account.Diagnosis) {
	if _, err := ask(ctx, service.Request{Path: "/me"}); err != nil {
		return nil, service.Unanswered(err)
	}
	return &account.Account{User: account.User{ID: "u1"}, Token: account.Token{ID: "t1"}}, account.Diagnosis{State: account.Healthy}
}

func (dating) Details(ctx context.Context, ask service.Ask, _ service.Asked, _ account.Account) service.Details {
	if _, err := ask(ctx, service.Request{Path: "/groups"}); err != nil {
		return service.Details{Notes: account.Notes{service.Unread(account.PartToken, "token", err)}}
	}
	return service.Details{Token: &account.Token{
		ID: "t1", Expiry: account.Expiry{Kind: account.ExpiryDate, At: time.Now().Add(time.Hour)},
		Caveats: []account.Caveat{{Kind: account.CaveatReadOnly}}, Facts: []account.Fact{{Name: "issuer", Value: "x"}},
	}}
}

func TestExpiryFromDetails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		c := f.client("work", func(p *Profile) { p.ExpiryWarning = 24 * time.Hour })
		c.service = dating{}
		r, stop := start(t, NewPoller([]*Client{c}, memory(t)))
		defer stop()
		pass(80 * time.Second)
		want := "checking healthy+details expiring expiring"
		if got := brief(r.of("work")); got != want {
			t.Errorf("it went %s, want %s", got, want)
		}
		if token := r.last("work").Account.Token; len(token.Caveats) != 1 || len(token.Facts) != 1 {
			t.Errorf("a check without details lost what is known of the token: %+v", token)
		}
		for _, check := range r.last("work").History {
			if check.State != account.Expiring {
				t.Errorf("the history has %s", check.State)
			}
		}
	})
}

// failing panics when it is resolved.
type failing struct{}

func (failing) Resolve(context.Context) (string, error, error) { panic("hush") }
func (failing) Source() string                                 { return "env X" }

func TestPanicStaysWithItsProfile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		p := NewPoller([]*Client{f.client("bad", func(p *Profile) { p.Credential = failing{} }), f.client("good")}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		s := r.last("bad")
		if s.Health.State != account.BadResponse || s.Busy || strings.Contains(fmt.Sprintf("%+v", s), "hush") || s.NextAt.IsZero() {
			t.Errorf("it is %+v", s)
		}
		if s := r.last("good"); s.Health.State != account.Healthy {
			t.Errorf("the other one is %s", s.Health.State)
		}
	})
}

func TestHistoryIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		p := NewPoller([]*Client{f.client("work")}, memory(t))
		var all []account.Snapshot
		for range account.MaxHistory + 5 {
			all = append(all, p.Once(t.Context())...)
		}
		last := all[len(all)-1].History
		if len(last) != account.MaxHistory || len(all[2].History) != 3 {
			t.Fatalf("%d and %d checks", len(last), len(all[2].History))
		}
		if !slices.IsSortedFunc(last, func(a, b account.Check) int { return a.At.Compare(b.At) }) {
			t.Error("it is not in order")
		}
	})
}

func TestBudgetOutlivesAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		p := NewPoller([]*Client{f.client("work")}, memory(t))
		f.set(200, `{"id":"u1"}`, "X-RateLimit-Remaining", "7", "X-RateLimit-Reset", "60")
		p.Once(t.Context())
		f.set(500, "")
		if s := p.Once(t.Context())[0]; s.RateLimit.Remaining == nil || *s.RateLimit.Remaining != 7 {
			t.Errorf("the budget is %+v", s.RateLimit)
		}
		time.Sleep(time.Minute)
		if s := p.Once(t.Context())[0]; s.RateLimit != (account.RateLimit{}) {
			t.Errorf("after its reset it is still %+v", s.RateLimit)
		}
	})
}
