package client

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/account/accounttest"
	"rollcall/client/service"
	"rollcall/client/text"
)

// tainted is a service that writes a character of control into every text that there is.
type tainted struct{ plainService }

// taint has a value with an escape character in every text of it.
func taint[T any](name string) (v T) {
	accounttest.Fill(reflect.ValueOf(&v).Elem(), name)
	return v
}

func (tainted) Identify(ctx context.Context, ask service.Ask, _ service.Asked) (*account.Account, account.Diagnosis) {
	if _, err := ask(ctx, service.Request{Path: "/api/me"}); err != nil {
		return nil, service.Unanswered(err)
	}
	acc, d := taint[account.Account]("account"), taint[account.Diagnosis]("diagnosis")
	acc.User.ID = "u1\x1b"
	d.State = account.Healthy
	return &acc, d
}

func (tainted) Details(context.Context, service.Ask, service.Asked, account.Account) service.Details {
	d := taint[service.Details]("details")
	// These are words of rollcall's own.
	d.Token.Expiry.Kind = account.ExpiryNever
	for i := range d.Notes {
		d.Notes[i].Kind, d.Notes[i].About = account.NoteUnread, account.PartToken
	}
	return d
}

// TestWhatIsToldIsPrintable has every text that comes from outside be hostile: what a
// service says in any field, and what an earlier run has left. The events, which the
// screen shows as they are, have none of it.
func TestWhatIsToldIsPrintable(t *testing.T) {
	n := overRoundTrip(func(r *http.Request) (*http.Response, error) {
		return respond(200, `{"a":"\u001b"}`, "X-RateLimit-Limit", "9", "X-RateLimit-Remaining", "5", "X-RateLimit-Reset", "60",
			"X-RateLimit-Name", "core\u009b", "Server", "x\u202ey"), nil
	})
	dir := filepath.Join(t.TempDir(), "state")
	earlier := open(t, dir)
	c := newPlainClient(n, "https://work.example", func(p *Profile) {
		p.Credential = fixedCredential{secret: plainSecret, warning: errors.New("others can read it\x1b")}
	})
	c.service = tainted{}
	saved := taint[account.Snapshot]("snapshot")
	saved.Profile, saved.Endpoint, saved.Health.State, saved.Health.CheckedAt = "work", c.Endpoint(), account.Unreachable, time.Now().Add(-time.Minute)
	saved.History[0].At, saved.History[1].At, saved.Stated = saved.Health.CheckedAt.Add(-time.Minute), saved.Health.CheckedAt, nil
	earlier.Save(saved)
	earlier.Snooze("work", c.Endpoint(), account.Snooze{Until: time.Now().Add(time.Hour), Note: "later\x1b", Verdict: "v\x1b"})
	closeStore(t, earlier)

	p := NewPoller([]*Client{c}, open(t, dir))
	restored := p.Stored()[0]
	for i, s := range []account.Snapshot{restored, p.Once(t.Context())[0]} {
		texts := accounttest.Texts(reflect.ValueOf(s))
		for _, words := range texts {
			if words != text.Printable(words) {
				t.Errorf("%d: %q is told", i, words)
			}
		}
		if s.Account == nil || !strings.HasPrefix(s.Account.Organizations[0].Name, "details") && i > 0 || len(texts) < 100 {
			t.Errorf("%d: not all of it was told: %+v", i, s.Account)
		}
	}
}
