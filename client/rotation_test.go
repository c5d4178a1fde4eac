package client

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

// rotating is a credential that has another secret each time, and the last
// one from then on.
type rotating struct {
	secrets  []string
	resolved atomic.Int64
}

func (r *rotating) Resolve(context.Context) (string, error, error) {
	n := int(r.resolved.Add(1))
	secret := r.secrets[min(n, len(r.secrets))-1]
	return secret, fmt.Errorf("warning %d", n), nil
}
func (*rotating) Source() string { return "command pass" }

// onlyGood answers the one good token.
func onlyGood(r *http.Request) *http.Response {
	if r.Header.Get("X-Auth-Token") == "good" {
		return respond(200, `{"id":"u1"}`)
	}
	return respond(401, "")
}

func TestRotatedCredentialIsAskedAgain(t *testing.T) {
	tests := []struct {
		name, secrets, sent string
		state               account.State
		resolved            int64
	}{
		{"rotated meanwhile", "old good", "old good", account.Healthy, 2},
		{"the same", "old", "old", account.InvalidToken, 2},
		{"another that is no better", "old worse good", "old worse", account.InvalidToken, 2},
		{"good at once", "good other", "good", account.Healthy, 1},
		{"gone meanwhile", "old ", "old", account.InvalidToken, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFakeService()
			f.answer, f.delay = onlyGood, func(*http.Request) time.Duration { return 0 }
			credential := &rotating{secrets: strings.Split(tt.secrets, " ")}
			c := f.client("work", func(p *Profile) { p.Credential = credential })
			out := c.check(t.Context(), checkOptions{})
			var sent []string
			for _, r := range f.asked("/me") {
				sent = append(sent, r.token)
			}
			if got := strings.Join(sent, " "); got != tt.sent {
				t.Errorf("sent %q, want %q", got, tt.sent)
			}
			h := out.snapshot.Health
			if h.State != tt.state || h.Attempts != len(sent) || credential.resolved.Load() != tt.resolved {
				t.Errorf("%s after %d attempts, resolved %d times", h.State, h.Attempts, credential.resolved.Load())
			}
			last := sent[len(sent)-1]
			if out.bearer.Fingerprint() != c.network.fingerprint(c.address.Origin, last) || out.snapshot.Notes[0].Cause != fmt.Sprint("warning ", len(sent)) {
				t.Errorf("the outcome is not about %q: %v", last, out.snapshot.Notes)
			}
		})
	}
}

// TestARenewedCredentialSharesTheThreeRequests has a service that is unavailable at
// times, too: both secrets together get no more requests than one.
func TestARenewedCredentialSharesTheThreeRequests(t *testing.T) {
	for _, tt := range []struct {
		name     string
		statuses []int
		sent     string
		state    account.State
	}{
		{"the new one is good", []int{503, 401, 200}, "old old new", account.Healthy},
		{"no answer to the new one", []int{401, 503, 503, 200}, "old new new", account.Unavailable},
		{"nothing is left for the new one", []int{503, 503, 401, 200}, "old old old", account.InvalidToken},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFakeService()
				asked := 0
				f.answer = func(*http.Request) *http.Response {
					asked++
					return respond(tt.statuses[asked-1], `{"id":"u1"}`)
				}
				c := f.client("work", func(p *Profile) { p.Credential = &rotating{secrets: []string{"old", "new"}} })
				h := c.Check(t.Context()).Health
				var sent []string
				for _, r := range f.asked("/me") {
					sent = append(sent, r.token)
				}
				if got := strings.Join(sent, " "); got != tt.sent || h.Attempts != 3 || h.State != tt.state {
					t.Errorf("sent %q in %d attempts: %s, want %q: %s", got, h.Attempts, h.State, tt.sent, tt.state)
				}
			})
		})
	}
}

func TestRotatedCredentialWaitsWhereItMust(t *testing.T) {
	f := newFakeService()
	f.answer, f.delay = onlyGood, func(*http.Request) time.Duration { return 0 }
	credential := &rotating{secrets: []string{"old", "good"}}
	c := f.client("work", func(p *Profile) { p.Credential = credential })
	c.withCooldowns(func(_, secret string) (time.Time, bool) { return time.Now().Add(time.Hour), secret == "good" }, nil, nil)
	out := c.check(t.Context(), checkOptions{})
	if n := len(f.asked("/me")); n != 1 || out.snapshot.Health.State != account.InvalidToken || out.coolingDown {
		t.Errorf("%d requests, %s, held %v", n, out.snapshot.Health.State, out.coolingDown)
	}
	if out.bearer.Fingerprint() != c.network.fingerprint(c.address.Origin, "old") {
		t.Error("the new credential counts as refused")
	}
}

// fileCredential is what a file says at the moment.
type fileCredential string

func (f fileCredential) Resolve(context.Context) (string, error, error) {
	data, err := os.ReadFile(string(f))
	return strings.TrimSpace(string(data)), nil, err
}
func (f fileCredential) Source() string { return "file " + string(f) }

// The file is rewritten while the old token is on its way: the check that
// began with the old one ends well with the new one.
func TestFileRotatesDuringTheCheck(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	write := func(secret string) {
		if err := os.WriteFile(file, []byte(secret+"\n"), 0o600); err != nil {
			t.Error(err)
		}
	}
	write("old")
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.answer = func(r *http.Request) *http.Response {
			if r.Header.Get("X-Auth-Token") == "old" {
				write("good")
			}
			return onlyGood(r)
		}
		p := NewPoller([]*Client{f.client("work", func(p *Profile) { p.Credential = fileCredential(file) })}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		if s := r.last("work"); s.Health.State != account.Healthy || len(s.History) != 1 || s.Health.Attempts != 2 {
			t.Errorf("%s after %d checks: %s", s.Health.State, len(s.History), brief(r.of("work")))
		}
	})
}
