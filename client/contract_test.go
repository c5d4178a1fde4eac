package client_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client"
	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/servicetest/harbor"
	"rollcall/client/store"
)

// secret is a credential that is always the same.
type secret string

func (s secret) Resolve(context.Context) (string, error, error) { return string(s), nil, nil }
func (secret) Source() string                                   { return "env HARBOR_KEY" }

// dock is a poller of profiles at a server of Harbor, one for each key.
type dock struct {
	server *harbor.Server
	poller *client.Poller
}

func newDock(t *testing.T, server *harbor.Server, keys ...string) dock {
	t.Helper()
	network := client.NewNetwork("rollcall/test", service.Catalog{harbor.Service{}})
	t.Cleanup(network.Close)
	memory, _, err := store.Open("", "")
	if err != nil {
		t.Fatal(err)
	}
	var clients []*client.Client
	for _, key := range keys {
		clients = append(clients, client.New(client.Profile{
			Name: key, Provider: "harbor", BaseURL: server.URL(), Credential: secret(key), Timeout: time.Minute,
		}, network))
	}
	return dock{server, client.NewPoller(clients, memory)}
}

// check checks a profile once, and is what the server saw of it.
func (d dock) check(t *testing.T, key string) (s account.Snapshot, asked []string) {
	t.Helper()
	before := len(d.server.Asked())
	s = d.poller.Once(t.Context(), key)[0]
	return s, d.server.Asked()[before:]
}

func harborOf(t *testing.T) *harbor.Server {
	return harbor.Start(t, &harbor.Server{
		Users:     map[string]string{"k1": "u1", "k2": "u1", "other": "u2"},
		Revoked:   map[string]bool{"old": true},
		Remaining: map[string]int{},
		Records:   map[string]string{"k1": "laptop"},
	})
}

// A service finds out where to ask, shows its own headers, and reads the user's id
// from a header.
func TestIdentityByDiscoveryAndHeader(t *testing.T) {
	t.Parallel()
	s, asked := newDock(t, harborOf(t), "k1").check(t, "k1")
	if s.Health.State != account.Healthy || s.Account.User.ID != "u1" || s.Account.User.FullName != "Name of u1" {
		t.Errorf("%+v %+v", s.Health, s.Account)
	}
	if s.Service != "harbor" || !strings.HasPrefix(s.Origin, "http://127.0.0.1:") {
		t.Errorf("the snapshot names the service %q at %q", s.Service, s.Origin)
	}
	if asked[0] != "GET /.well-known/harbor  200" || asked[1] != "GET /api/whoami k1 200" {
		t.Errorf("it asked %q", asked)
	}
}

// An unchanged answer counts as the one before, with the status that came.
func TestUnchangedAnswer(t *testing.T) {
	t.Parallel()
	d := newDock(t, harborOf(t), "k1")
	first, _ := d.check(t, "k1")
	again, asked := d.check(t, "k1")
	if again.Health.State != account.Healthy || again.Health.HTTPStatus != http.StatusNotModified || again.Account.User.FullName != "Name of u1" {
		t.Errorf("%+v %+v", again.Health, again.Account)
	}
	if again.AccountAt.Before(first.AccountAt) || again.Stale() {
		t.Errorf("confirmed at %v and %v", first.AccountAt, again.AccountAt)
	}
	if !slices.Contains(asked, "GET /.well-known/harbor  304") || !slices.Contains(asked, "GET /api/whoami k1 304") {
		t.Errorf("it asked %q", asked)
	}
	// What has changed is a new answer.
	d.server.Set(func(s *harbor.Server) { s.Users["k1"] = "u9" })
	if s, _ := d.check(t, "k1"); s.Health.HTTPStatus != http.StatusOK || s.Health.State != account.WrongAccount {
		t.Errorf("another user is %+v", s.Health)
	}
}

// A bucket that is spent holds up only the requests that count in it.
func TestSpentBucketHoldsItsOwnRequests(t *testing.T) {
	t.Parallel()
	d := newDock(t, harborOf(t), "k1")
	d.server.Set(func(s *harbor.Server) { s.Remaining[harbor.BucketSearch] = 0 })
	if s, _ := d.check(t, "k1"); s.Health.State != account.Healthy || s.Account.Token.Name != "" {
		t.Errorf("%+v", s.Health)
	}
	s, asked := d.check(t, "k1")
	if s.Health.State != account.Healthy || len(s.Account.Organizations) != 3 {
		t.Errorf("the identity does not go on: %+v", s.Health)
	}
	if slices.ContainsFunc(asked, func(line string) bool { return strings.Contains(line, "/keys/self") }) {
		t.Errorf("a spent bucket was asked: %q", asked)
	}
	// The other way round, the identity waits.
	d = newDock(t, harborOf(t), "k1")
	d.server.Set(func(s *harbor.Server) { s.Remaining[harbor.BucketCore] = 0 })
	if s, _ := d.check(t, "k1"); s.Health.State != account.RateLimited || s.Health.RetryAt.Sub(s.Health.CheckedAt) < 50*time.Second {
		t.Errorf("%+v", s.Health)
	}
	if s, asked := d.check(t, "k1"); s.Health.State != account.RateLimited || slices.Contains(asked, "GET /api/whoami k1 429") {
		t.Errorf("%+v after %q", s.Health, asked)
	}
}

// A limit that is no bucket's holds up all requests.
func TestSecondaryLimit(t *testing.T) {
	t.Parallel()
	d := newDock(t, harborOf(t), "k1")
	d.server.Set(func(s *harbor.Server) { s.Slow = 120 })
	s, _ := d.check(t, "k1")
	if s.Health.State != account.RateLimited || s.Health.Code != "slow_down" || s.Health.RetryAt.Sub(s.Health.CheckedAt) < 110*time.Second {
		t.Errorf("%+v", s.Health)
	}
	d.server.Set(func(s *harbor.Server) { s.Slow = 0 })
	if s, asked := d.check(t, "k1"); s.Health.State != account.RateLimited || len(asked) != 0 {
		t.Errorf("%+v after %q", s.Health, asked)
	}
}

// A limit that is counted by user is shared by the tokens of the user, and by
// nobody else's.
func TestLimitOfAUserIsShared(t *testing.T) {
	t.Parallel()
	d := newDock(t, harborOf(t), "k1", "k2", "other")
	for _, key := range []string{"k1", "k2", "other"} {
		if s, _ := d.check(t, key); s.Health.State != account.Healthy {
			t.Fatalf("%s: %+v", key, s.Health)
		}
	}
	d.server.Set(func(s *harbor.Server) { s.Remaining[harbor.BucketCore] = 0 })
	if s, _ := d.check(t, "k1"); s.Health.State != account.RateLimited {
		t.Fatalf("%+v", s.Health)
	}
	d.server.Set(func(s *harbor.Server) { delete(s.Remaining, harbor.BucketCore) })
	if s, asked := d.check(t, "k2"); s.Health.State != account.RateLimited || slices.ContainsFunc(asked, func(line string) bool { return strings.Contains(line, "/whoami") }) {
		t.Errorf("the other token of the user: %+v after %q", s.Health, asked)
	}
	if s, _ := d.check(t, "other"); s.Health.State != account.Healthy {
		t.Errorf("another user: %+v", s.Health)
	}
}

// A list comes in pages; an organization can want a single sign-on; a record that
// may not be read does no harm.
func TestPagesSignOnAndRefusedDetails(t *testing.T) {
	t.Parallel()
	d := newDock(t, harborOf(t), "k1", "k2")
	s, asked := d.check(t, "k1")
	want := []account.Organization{
		{ID: "t1", Name: "Pilots"}, {ID: "t2", Name: "Tugs", Access: account.AccessSSORequired}, {ID: "t3", Name: "Locks"},
	}
	if !slices.Equal(s.Account.Organizations, want) || s.Details.Notes != nil || s.Account.Token.Name != "laptop" {
		t.Errorf("%+v, %q, %+v after %q", s.Account.Organizations, s.Details.Notes.String(), s.Account.Token, asked)
	}
	if s, _ := d.check(t, "k2"); s.Health.State != account.Healthy || s.Details.Notes != nil || s.Account.Token.Name != "" || len(s.Account.Organizations) != 3 {
		t.Errorf("a refused record: %+v %q", s.Health, s.Details.Notes.String())
	}
}

// A link to another origin is not followed: no request, and no credential, goes
// there.
func TestNextLinkToAnotherOrigin(t *testing.T) {
	t.Parallel()
	visited := make(chan string, 1)
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		visited <- fmt.Sprint(r.Header)
	}))
	defer elsewhere.Close()
	d := newDock(t, harborOf(t), "k1")
	d.server.Set(func(s *harbor.Server) { s.Elsewhere = elsewhere.URL })
	s, _ := d.check(t, "k1")
	if s.Health.State != account.Healthy || len(s.Account.Organizations) != 1 || !strings.Contains(s.Details.Notes.String(), "not the address of this profile") {
		t.Errorf("%+v, %+v, %q", s.Health, s.Account.Organizations, s.Details.Notes.String())
	}
	select {
	case seen := <-visited:
		t.Errorf("the other origin was asked with %s", seen)
	default:
	}
}

// A status of 200 can be a refusal, and an unknown key is one by its status.
func TestRefusals(t *testing.T) {
	t.Parallel()
	d := newDock(t, harborOf(t), "old", "nobody")
	if s, _ := d.check(t, "old"); s.Health.State != account.InvalidToken || s.Health.Code != "revoked" || s.Health.HTTPStatus != http.StatusOK ||
		!strings.Contains(s.Health.Remedy, "env HARBOR_KEY") {
		t.Errorf("%+v", s.Health)
	}
	if s, _ := d.check(t, "nobody"); s.Health.State != account.InvalidToken || s.Health.HTTPStatus != http.StatusUnauthorized {
		t.Errorf("%+v", s.Health)
	}
}

// A bearer shows nothing of its secret, however it is printed.
func TestPrintedBearerShowsNoSecret(t *testing.T) {
	t.Parallel()
	b := service.NewBearer("sam", "hush-hush", "env X", "f")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		if got := fmt.Sprintf(verb, b) + fmt.Sprintf(verb, &b) + fmt.Sprintf(verb, service.Asked{Bearer: b}); strings.Contains(got, "hush") || strings.Contains(got, "68757368") {
			t.Errorf("%s: %s", verb, got)
		}
	}
}
