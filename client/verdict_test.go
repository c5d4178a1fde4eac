package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
)

// swappedCredential is one that can go and come back.
type swappedCredential struct{ gone bool }

func (c *swappedCredential) Resolve(context.Context) (string, error, error) {
	if c.gone {
		return "", nil, errors.New("PLAIN_TOKEN is not set")
	}
	return "s3cret", nil, nil
}

func (*swappedCredential) Source() string { return "env PLAIN_TOKEN" }

// fate is how the checks of a profile end, by a word each.
type fate struct {
	*fakeService
	credential *swappedCredential
}

// set has the next check end in a state.
func (f fate) set(t *testing.T, s account.State) {
	t.Helper()
	f.credential.gone = false
	switch s {
	case account.Healthy:
		f.fakeService.set(200, `{"id":"u1"}`)
	case account.WrongAccount:
		f.fakeService.set(200, `{"id":"u2"}`)
	case account.BadResponse:
		f.fakeService.set(200, "<html>")
	case account.CredentialMissing:
		f.credential.gone = true
	default:
		status := map[account.State]int{
			account.InvalidToken: 401, account.Forbidden: 403, account.NotFound: 404, account.RateLimited: 429,
			account.ServerError: 500, account.Unavailable: 503,
		}[s]
		if status == 0 {
			t.Fatalf("no answer gives %s", s)
		}
		f.fakeService.set(status, "")
	}
}

// standing tells the verdict and what changed; hours count from begun.
func standing(s account.Snapshot, begun time.Time) string {
	hour := func(at time.Time) string { return fmt.Sprint(at.Sub(begun).Round(time.Hour).Hours()) }
	said := "no verdict"
	if v := s.Verdict; v.State != "" {
		said = fmt.Sprintf("%s since %s, at %s", v.State, hour(v.Since), hour(v.At))
	}
	if !s.UnaskedSince.IsZero() {
		said += ", unasked since " + hour(s.UnaskedSince)
	}
	for _, c := range s.Changes {
		said += "; " + c.String()
	}
	return said
}

// TestVerdict checks a profile once an hour. It stands the same whether one run
// makes the checks, or each has a run of its own.
func TestVerdict(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ states, want string }{
		{"healthy", "healthy since 0, at 0"},
		{"healthy healthy", "healthy since 0, at 1"},
		{"unavailable", "no verdict, unasked since 0"},
		{"unavailable healthy", "healthy since 1, at 1"},
		{"not_found unavailable not_found", "no verdict"},
		{"not_found unavailable healthy", "healthy since 2, at 2; state: healthy, was not found"},
		// An outage is no change, and takes no verdict away.
		{"healthy unavailable", "healthy since 0, at 0, unasked since 1"},
		{"healthy unavailable healthy", "healthy since 0, at 2"},
		{"healthy server_error unavailable bad_response", "healthy since 0, at 0, unasked since 1"},
		{"healthy rate_limited", "healthy since 0, at 0, unasked since 1"},
		{"healthy unavailable invalid_token", "invalid_token since 2, at 2; state: invalid token, was healthy"},
		{"healthy invalid_token unavailable", "invalid_token since 1, at 1, unasked since 2; state: invalid token, was healthy"},
		{"healthy forbidden unavailable unavailable forbidden", "forbidden since 1, at 4; state: forbidden, was healthy"},
		{"healthy forbidden server_error healthy",
			"healthy since 3, at 3; state: forbidden, was healthy; state: healthy, was forbidden"},
		{"healthy wrong_account unavailable", "wrong_account since 1, at 1, unasked since 2; state: wrong account, was healthy"},
		// What is wrong with the profile itself is a change, and no verdict.
		{"healthy not_found", "healthy since 0, at 0; state: not found, was healthy"},
		{"healthy not_found server_error not_found", "healthy since 0, at 0; state: not found, was healthy"},
		{"healthy server_error not_found server_error", "healthy since 0, at 0, unasked since 3; state: not found, was healthy"},
		{"healthy not_found server_error healthy",
			"healthy since 0, at 3; state: not found, was healthy; state: healthy, was not found"},
		{"healthy server_error credential_missing", "healthy since 0, at 0; state: credential missing, was healthy"},
		{"healthy credential_missing credential_missing healthy",
			"healthy since 0, at 3; state: credential missing, was healthy; state: healthy, was credential missing"},
		{"healthy credential_missing unavailable credential_missing unavailable healthy",
			"healthy since 0, at 5; state: credential missing, was healthy; state: healthy, was credential missing"},
	} {
		for _, restart := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/%v", tt.states, restart), func(t *testing.T) {
				dir := t.TempDir()
				synctest.Test(t, func(t *testing.T) { testVerdict(t, dir, tt.states, tt.want, restart) })
			})
		}
	}
}

func testVerdict(t *testing.T, dir, states, want string, restart bool) {
	f := fate{newFakeService(), &swappedCredential{}}
	begun := time.Now()
	var kept *store.Store
	var p *Poller
	var last account.Snapshot
	for i, state := range strings.Fields(states) {
		if p == nil || restart {
			kept = open(t, dir)
			p = NewPoller([]*Client{f.client("work", func(p *Profile) { p.Credential = f.credential })}, kept)
		}
		time.Sleep(time.Until(begun.Add(time.Duration(i) * time.Hour)))
		f.set(t, account.State(state))
		last = p.Once(t.Context())[0]
		if last.Health.State != account.State(state) {
			t.Fatalf("check %d: %s, want %s", i, last.Health.State, state)
		}
		if restart {
			closeStore(t, kept)
		}
	}
	if !restart {
		closeStore(t, kept)
	}
	if got := standing(last, begun); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestVerdictNearsTheEnd has a token come near its end, and be renewed, while
// its service is down.
func TestVerdictNearsTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		begun := time.Now()
		answer := func(end time.Duration) {
			f.set(200, fmt.Sprintf(`{"id":"u1","ends":%q}`, begun.Add(end).Format(time.RFC3339)))
		}
		answer(30 * time.Hour)
		c := f.client("work", func(p *Profile) { p.Interval, p.ExpiryWarning = 4*time.Hour, 24*time.Hour })
		r, stop := start(t, NewPoller([]*Client{c}, memory(t)))
		defer stop()
		pass(time.Minute)
		f.set(503, "")
		pass(6*time.Hour - 2*time.Minute)
		if got := standing(r.last("work"), begun); got != "healthy since 0, at 0, unasked since 4" {
			t.Errorf("before the warning: %s", got)
		}
		pass(2 * time.Minute)
		s := r.last("work")
		want := "expiring since 6, at 0, unasked since 4; state: expiring, was healthy"
		if got := standing(s, begun); got != want || s.Health.State != account.Unavailable || !s.Verdict.Since.Equal(begun.Add(6*time.Hour)) {
			t.Errorf("at the warning it is %s, %s", s.Health.State, got)
		}
		pass(3 * time.Hour)
		if got := standing(r.last("work"), begun); got != want {
			t.Errorf("later: %s", got)
		}
		answer(90 * time.Hour)
		pass(5 * time.Hour)
		s = r.last("work")
		if s.Verdict.State != account.Healthy || s.Verdict.At != s.Health.CheckedAt || !s.UnaskedSince.IsZero() || len(s.Changes) != 3 {
			t.Errorf("renewed: %s", standing(s, begun))
		}
	})
}

// TestVerdictFromDetails has the end of the token be known from the details of
// the same check only.
func TestVerdictFromDetails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		c := f.client("work", func(p *Profile) { p.ExpiryWarning = 24 * time.Hour })
		end := account.Expiry{Kind: account.ExpiryDate, At: time.Now().Add(time.Hour)}
		c.service = &roster{token: &account.Token{Expiry: end}}
		s := NewPoller([]*Client{c}, memory(t)).Once(t.Context())[0]
		if v := s.Verdict; v.State != account.Expiring || v.At != s.Health.CheckedAt || v.Since != s.Since || len(s.Changes) != 0 {
			t.Errorf("verdict %+v of a check at %v, changes %v", v, s.Health.CheckedAt, s.Changes)
		}
	})
}

// TestUnaskedFromTheFirstFailure tells a time-out from what a service says of
// itself: both say nothing of the credential.
func TestUnaskedFromTheFirstFailure(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		down := false
		n := overRoundTrip(func(*http.Request) (*http.Response, error) {
			if down {
				return nil, errors.New("connection refused")
			}
			return respond(503, ""), nil
		})
		p := NewPoller([]*Client{newPlainClient(n, "https://work.example")}, memory(t))
		begun := time.Now()
		for range 3 {
			s := p.Once(t.Context())[0]
			if s.UnaskedSince.Sub(begun).Round(time.Hour) != 0 || s.UnaskedSince.IsZero() {
				t.Errorf("%s: unasked since %v", s.Health.State, s.UnaskedSince.Sub(begun))
			}
			down = !down
			time.Sleep(time.Hour)
		}
	})
}
