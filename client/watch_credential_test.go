package client

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

// changing is a credential that can be renewed.
type changing struct{ secret atomic.Value }

func (c *changing) Resolve(context.Context) (string, error, error) {
	return c.secret.Load().(string), nil, nil
}
func (c *changing) Source() string { return "env X" }

func TestRefusedCredentialIsNotSentAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.answer = func(r *http.Request) *http.Response {
			if r.Header.Get("X-Auth-Token") == "old" {
				return respond(401, "")
			}
			return respond(200, `{"id":"u1"}`)
		}
		credential := &changing{}
		credential.secret.Store("old")
		p := NewPoller([]*Client{f.client("work", func(p *Profile) { p.Credential = credential })}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Hour)
		s := r.last("work")
		if n := len(f.asked("/me")); n != 1 || s.Health.State != account.InvalidToken || !s.NextAt.IsZero() {
			t.Fatalf("asked %d times, %s, next at %v", n, s.Health.State, s.NextAt)
		}
		if got := brief(r.of("work")); got != "checking invalid_token" {
			t.Errorf("it went %s", got)
		}
		p.Refresh("work")
		pass(time.Minute)
		if n := len(f.asked("/me")); n != 2 {
			t.Errorf("asked %d times after a refresh", n)
		}
		credential.secret.Store("new")
		pass(70 * time.Second)
		if s := r.last("work"); s.Health.State != account.Healthy || s.NextAt.IsZero() {
			t.Errorf("with a new credential it is %s", s.Health.State)
		}
	})
}

func TestNewCredentialAsksForDetails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, credential := newFakeService(), &changing{}
		credential.secret.Store("old")
		p := NewPoller([]*Client{f.client("work", func(p *Profile) { p.Credential = credential })}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		credential.secret.Store("new")
		pass(66 * time.Second)
		all := r.of("work")
		if got := all[len(all)-2]; !got.Details.Busy || got.Account.Token.Name != "" || got.Account.Organizations == nil {
			t.Errorf("what the old token was like is told of the new one: %+v", got.Account)
		}
		if got := r.last("work").Account.Token.Name; got != "for new" {
			t.Errorf("the token is %q", got)
		}
	})
}

// What is known of a token is not told of the one that took its place, even
// where the first check with that failed.
func TestNewCredentialThatFailsAtFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, credential := newFakeService(), &changing{}
		credential.secret.Store("old")
		p := NewPoller([]*Client{f.client("work", func(p *Profile) { p.Credential = credential })}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		credential.secret.Store("new")
		f.set(500, "")
		pass(66 * time.Second)
		if got := r.last("work"); got.Health.State != account.ServerError {
			t.Fatalf("it is %s", got.Health.State)
		}
		f.set(200, `{"id":"u1"}`)
		pass(66 * time.Second)
		all := r.of("work")
		if got := all[len(all)-2]; !got.Details.Busy || got.Account.Token.Name != "" {
			t.Errorf("what the old token was like is told of the new one: %+v", got.Account.Token)
		}
		if got := r.last("work").Account.Token.Name; got != "for new" {
			t.Errorf("the token is %q", got)
		}
	})
}

// minting is a credential that is another one each time.
type minting struct{ made atomic.Int64 }

func (m *minting) Resolve(context.Context) (string, error, error) {
	return fmt.Sprintf("token-%d", m.made.Add(1)), nil, nil
}
func (m *minting) Source() string { return "command mint" }

// Some programs make a new token at every call. That is done once a check, is
// no reason to ask for details each time, and leaves nothing behind.
func TestCredentialThatIsAlwaysNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, credential := newFakeService(), &minting{}
		n := f.network()
		c := newPlainClient(n, "https://work.example", func(p *Profile) { p.Credential, p.Interval = credential, time.Minute })
		_, stop := start(t, NewPoller([]*Client{c}, memory(t)))
		defer stop()
		pass(time.Hour)
		checks := len(f.asked("/me"))
		if made := int(credential.made.Load()); made != checks || checks < 50 {
			t.Errorf("%d tokens for %d checks", made, checks)
		}
		// At the start, once because it is new, and each quarter of an hour.
		if details := len(f.asked("/groups")); details > 2+4 {
			t.Errorf("details were asked for %d times in an hour", details)
		}
		f.set(401, "")
		pass(time.Hour + time.Second) // At the hour, a check is under way.
		if known := n.budgets.Len(); known != 1 {
			t.Errorf("%d credentials are remembered", known)
		}
	})
}
