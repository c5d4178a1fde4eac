package client

import (
	"bytes"
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
	"rollcall/client/redact"
	"rollcall/client/store"
)

// What was taken out of a configuration by hand is forgotten in the end; what
// is only not asked is not.
func TestOldProfilesAreForgotten(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		store := open(t, dir)
		names := []string{"asked", "off", "gone", "elsewhere"}
		var clients []*Client
		for _, name := range names {
			clients = append(clients, f.client(name))
		}
		NewPoller(clients, store).Once(t.Context())
		closeStore(t, store)
		left := func() string {
			s := open(t, dir)
			var all []string
			for _, name := range names {
				if nameAndPin(s, name, "https://"+name+".example/api/me") == "u1 u1" {
					all = append(all, name)
				}
			}
			return strings.Join(all, " ")
		}

		time.Sleep(180 * 24 * time.Hour / 2)
		store = open(t, dir)
		NewPoller([]*Client{f.client("elsewhere")}, store).Once(t.Context())
		closeStore(t, store)
		time.Sleep(180*24*time.Hour/2 + time.Hour)
		store = open(t, dir)
		NewPoller([]*Client{f.client("asked")}, store).Once(t.Context())
		closeStore(t, store)
		if got := left(); got != "asked off gone elsewhere" {
			t.Errorf("where nobody said who is wanted, left are %s", got)
		}
		store = open(t, dir)
		store.Retain([][2]string{{"asked", f.client("asked").Endpoint()}, {"off", f.client("off").Endpoint()}})
		NewPoller([]*Client{f.client("asked")}, store).Once(t.Context())
		closeStore(t, store)
		if got := left(); got != "asked off elsewhere" {
			t.Errorf("left are %s", got)
		}
	})
}

// The pin that a person renews elsewhere counts at the next check.
func TestPinRenewedElsewhere(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		store := open(t, dir)
		p := NewPoller([]*Client{f.client("work")}, store)
		p.Once(t.Context())
		f.set(200, `{"id":"u2"}`)
		if got := brief(p.Once(t.Context())); got != "wrong_account" {
			t.Fatalf("another user is %s", got)
		}
		store.Flush()
		other := open(t, dir)
		other.Repin("work", p.Stored()[0].Endpoint, "u2")
		closeStore(t, other)
		if got := brief(p.Once(t.Context())); got != "healthy" {
			t.Errorf("after it was pinned it is %s", got)
		}
	})
}

// Whoever gets the place of a request that was refused knows of the refusal,
// however long it takes to note it.
func TestHoldComesBeforeThePlaceIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.set(429, "", "Retry-After", "300")
		network := f.network()
		var noted atomic.Bool
		for range 4 * 6 {
			c := newPlainClient(network, "https://shared.example")
			c.withCooldowns(
				func(string, string) (time.Time, bool) { return time.Now().Add(time.Minute), noted.Load() },
				func(string, string, time.Time) {
					time.Sleep(time.Second)
					noted.Store(true)
				}, nil)
			go c.Check(t.Context())
		}
		pass(time.Minute)
		if n := len(f.asked("/me")); n != 6 {
			t.Errorf("the service was asked %d times, and %d can be under way", n, 6)
		}
	})
}

// The budget of a credential is told to all who use it, and could be named like
// the credential.
func TestBudgetDoesNotTellTheSecret(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.answer = func(r *http.Request) *http.Response {
			return respond(200, `{"id":"u1"}`, "X-RateLimit-Remaining", "5", "X-RateLimit-Name", r.Header.Get("X-Auth-Token"))
		}
		s := NewPoller([]*Client{f.client("work")}, memory(t)).Once(t.Context())[0]
		if s.RateLimit.Remaining == nil || s.RateLimit.Name != redact.Mark {
			t.Errorf("the budget is %+v", s.RateLimit)
		}
	})
}

func TestHoldStopsAnotherRun(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.set(429, "", "Retry-After", "300")
		first, second := open(t, dir), open(t, dir)
		NewPoller([]*Client{f.client("work")}, first).Once(t.Context())
		p := NewPoller([]*Client{f.client("work")}, second)
		r, stop := start(t, p)
		defer stop()
		pass(299 * time.Second)
		if n := len(f.asked("/me")); n != 1 {
			t.Errorf("the service was asked %d times", n)
		}
		if s := r.last("work"); s.Health.State != account.RateLimited || s.NextAt.IsZero() || !s.Health.CheckedAt.IsZero() {
			t.Errorf("it is %+v", s.Health)
		}
		f.set(200, `{"id":"u1"}`)
		pass(10 * time.Second)
		if s := r.last("work"); s.Health.State != account.Healthy {
			t.Errorf("afterwards it is %s", s.Health.State)
		}
	})
}

// The same password is another credential for another user.
func TestHoldIsForOneUser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.answer = func(r *http.Request) *http.Response {
			if user, _, _ := r.BasicAuth(); user == "ann" {
				return respond(429, "", "Retry-After", "300", "X-RateLimit-Limit", "7")
			}
			return respond(200, `{"id":"u1"}`)
		}
		n := f.network()
		var clients []*Client
		for _, user := range []string{"ann", "ben"} {
			clients = append(clients, newPlainClient(n, "https://shared.example", func(p *Profile) { p.Name, p.Username = user, user }))
		}
		p := NewPoller(clients, memory(t))
		p.Once(t.Context(), "ann")
		all := p.Once(t.Context())
		if got := brief(all); got != "rate_limited healthy" || len(f.asked("/me")) != 2 {
			t.Errorf("they are %s after %d requests", got, len(f.asked("/me")))
		}
		if all[1].RateLimit.Limit != nil {
			t.Error("the limit of another user is shown")
		}
	})
}

// What is tried waits as the rest does, makes the rest wait, and leaves nothing
// else behind.
func TestTrial(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.set(429, "", "Retry-After", "300")
		store := open(t, dir)
		trial := func() account.Snapshot {
			return NewPoller([]*Client{f.client("work")}, store.Trial()).Once(t.Context())[0]
		}
		if s := trial(); s.Health.State != account.RateLimited {
			t.Fatalf("the first trial is %s", s.Health.State)
		}
		if s := trial(); s.Health.State != account.RateLimited || s.Health.RetryAt.IsZero() {
			t.Errorf("the second trial is %s until %v", s.Health.State, s.Health.RetryAt)
		}
		if n := len(f.asked("/me")); n != 1 {
			t.Errorf("the service was asked %d times", n)
		}
		if _, ok := kept(store, "work"); ok {
			t.Error("the trial was kept")
		}
	})
}

func TestStoreHasNoSecret(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	f := newFakeService()
	f.delay = func(*http.Request) time.Duration { return 0 }
	f.set(429, "too many for "+plainSecret, "Retry-After", "60")
	NewPoller([]*Client{f.client("work")}, s).Once(t.Context())
	closeStore(t, s)
	data, err := os.ReadFile(filepath.Join(dir, "rollcall.db"))
	if err != nil || !bytes.Contains(data, []byte("https://work.example")) {
		t.Fatalf("the database says nothing of the profile: %v", err)
	}
	if bytes.Contains(data, []byte(plainSecret)) {
		t.Error("the database holds the secret")
	}
	if strings.Contains(fmt.Sprintf("%+v", f.asked("/me")), plainSecret) != true {
		t.Error("the secret was never used")
	}
}

// nameAndPin tells what a store has of a profile: its user, and who it is pinned
// to.
func nameAndPin(s *store.Store, profile, endpoint string) string {
	snap, ok := s.Snapshot(profile, endpoint)
	id, pinned := s.Pin(profile, endpoint)
	if !ok && !pinned {
		return ""
	}
	return snap.Account.User.ID + " " + id
}

// TestMissingCredentialIsKept has the next run know that a credential was missing, and
// since when, until a service was asked again.
func TestMissingCredentialIsKept(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		good, missing := f.client("work"), f.client("work")
		missing.profile.Credential = fixedCredential{err: remediedError{}}
		run := func(c *Client) account.Snapshot {
			s := open(t, dir)
			defer closeStore(t, s)
			return NewPoller([]*Client{c}, s).Once(t.Context())[0]
		}
		stored := func() account.Snapshot {
			s := open(t, dir)
			defer closeStore(t, s)
			return NewPoller([]*Client{good}, s).Stored()[0]
		}
		for _, first := range []bool{true, false} {
			if !first {
				run(good)
			}
			time.Sleep(time.Hour)
			want := run(missing)
			time.Sleep(time.Hour)
			run(missing)
			got := stored()
			if got.Health.State != account.CredentialMissing || got.Health.Explanation != want.Health.Explanation || !got.Since.Equal(want.Since) {
				t.Errorf("known is %+v since %v, want %+v since %v", got.Health, got.Since, want.Health, want.Since)
			}
			if known := got.Account != nil; known == first {
				t.Errorf("the account is known: %v", known)
			}
		}
		run(good)
		if got := stored(); got.Health.State != account.Healthy || got.Health.CheckedAt.IsZero() {
			t.Errorf("after an answer: %+v", got.Health)
		}
	})
}
