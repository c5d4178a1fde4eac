package client

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/client/transport/authoritytest"
)

// issuer is a provider of OpenID Connect whose UserInfo may lie elsewhere.
type issuer struct {
	*httptest.Server
	authority *authoritytest.Authority

	mu       sync.Mutex
	userInfo string
	asked    int
}

// newIssuer runs an issuer over TLS.
func newIssuer(t *testing.T, a *authoritytest.Authority) *issuer {
	return runIssuer(t, a, serveTLS(t, a, nil, nil))
}

// runIssuer has a server be an issuer.
func runIssuer(t *testing.T, a *authoritytest.Authority, s *httptest.Server) *issuer {
	i := &issuer{authority: a, Server: s}
	i.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" && r.URL.Path != "/me" {
			t.Errorf("%s was asked with a token", r.URL)
		}
		i.mu.Lock()
		defer i.mu.Unlock()
		switch r.URL.Path {
		case "/.well-known/openid-configuration":
			i.asked++
			fmt.Fprintf(w, `{"issuer":%q,"userinfo_endpoint":%q}`, i.URL, i.userInfo)
		case "/me":
			fmt.Fprint(w, `{"sub":"u1","name":"Mira"}`)
		default:
			http.NotFound(w, r)
		}
	})
	return i
}

// names has the issuer name another UserInfo endpoint.
func (i *issuer) names(address string) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.userInfo = address
}

// userInfo is a UserInfo endpoint at an origin of its own, which sends those who ask at
// /moved on; seen tells how often it got the token.
func userInfo(t *testing.T, a *authoritytest.Authority, movedTo string) (address string, seen func() int) {
	var mu sync.Mutex
	n := 0
	s := serveTLS(t, a, nil, nil)
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if r.Header.Get("Authorization") == "Bearer "+plainSecret {
			n++
		}
		if r.URL.Path == "/moved" {
			http.Redirect(w, r, movedTo, http.StatusFound)
			return
		}
		fmt.Fprint(w, `{"sub":"u1","name":"Mira"}`)
	})
	return s.URL + "/userinfo", func() int {
		mu.Lock()
		defer mu.Unlock()
		return n
	}
}

// profile is one of the issuer's.
func (i *issuer) profile(change ...func(*Profile)) Profile {
	p := Profile{
		Name: "id", Provider: "oidc", BaseURL: i.URL, CAFile: i.authority.File, Credential: fixedCredential{secret: plainSecret},
	}
	for _, f := range change {
		f(&p)
	}
	return p
}

// check asks once, in a run of its own.
func (i *issuer) check(t *testing.T, dir string, change ...func(*Profile)) account.Snapshot {
	t.Helper()
	s := open(t, dir)
	defer closeStore(t, s)
	return NewPoller([]*Client{New(i.profile(change...), testNetwork(t))}, s).Once(t.Context())[0]
}

// The first good answer pins a profile to the address that its issuer has named. Another
// one gets nothing until the profile is pinned to that.
func TestUserInfoElsewhereIsPinned(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	first, seenFirst := userInfo(t, a, "")
	second, seenSecond := userInfo(t, a, "")
	for name, change := range map[string]func(*Profile){"pinned": func(*Profile) {}, "by hand": func(p *Profile) { p.Identity = "u1" }} {
		t.Run(name, func(t *testing.T) {
			i := newIssuer(t, a)
			dir := t.TempDir()
			before, beforeSecond := seenFirst(), seenSecond()
			i.names(first)
			s := i.check(t, dir, change)
			if s.Health.State != account.Healthy || s.Address() != first || seenFirst() != before+1 {
				t.Fatalf("%+v, asked at %s", s.Health, s.Address())
			}
			i.names(second)
			s = i.check(t, dir, change)
			expect(t, s.Health, account.Misconfigured, "", "pinned to "+first, second, "nothing was sent there")
			if s.Health.Action != account.ActionPin || !strings.Contains(s.Health.Remedy, "rollcall pin id") || s.Address() != first || seenSecond() != beforeSecond {
				t.Errorf("%+v, asked at %s, %d times", s.Health, s.Address(), seenSecond()-beforeSecond)
			}
			state := open(t, dir)
			trial := NewPoller([]*Client{New(i.profile(change), testNetwork(t))}, state.Trial()).Once(t.Context())[0]
			newcomer := NewPoller([]*Client{New(i.profile(change), testNetwork(t))}, state.Newcomer()).Once(t.Context())[0]
			if trial.Health.State != account.Misconfigured || newcomer.Health.State != account.Healthy || newcomer.Named != second {
				t.Errorf("a trial is %s, a newcomer %s", trial.Health.State, newcomer.Health.State)
			}
			if err := state.RepinAt("id", s.Endpoint, "", second); err != nil {
				t.Fatal(err)
			}
			closeStore(t, state)
			if s = i.check(t, dir, change); s.Health.State != account.Healthy || s.Address() != second {
				t.Errorf("after it was pinned anew: %+v, asked at %s", s.Health, s.Address())
			}
			state = open(t, dir)
			steps, err := state.Steps()
			if err != nil || len(steps) != 1 || !steps[0].Has(store.PartPlace) {
				t.Fatalf("steps %+v, %v", steps, err)
			}
			if _, err := state.TakeBack(steps[0]); err != nil {
				t.Fatal(err)
			}
			closeStore(t, state)
			if s = i.check(t, dir, change); s.Health.State != account.Misconfigured || s.Address() != first {
				t.Errorf("after that was undone: %+v, asked at %s", s.Health, s.Address())
			}
		})
	}
}

// An address of the issuer's own origin needs no pin, but a profile that was asked there
// goes nowhere else by itself. A wrong user pins nothing.
func TestUserInfoAtHome(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	away, seen := userInfo(t, a, "")
	i := newIssuer(t, a)
	dir := t.TempDir()
	i.names(i.URL + "/me")
	if s := i.check(t, dir); s.Health.State != account.Healthy || s.Address() != i.URL+"/me" {
		t.Fatalf("%+v, asked at %s", s.Health, s.Address())
	}
	i.names(away)
	if s := i.check(t, dir); s.Health.State != account.Misconfigured || seen() != 0 {
		t.Errorf("%+v, asked %d times", s.Health, seen())
	}
	i.names(i.URL + "/me?again")
	if s := i.check(t, dir); s.Health.State != account.Healthy {
		t.Errorf("elsewhere at home: %+v", s.Health)
	}
	i.names(away)
	dir = t.TempDir()
	if s := i.check(t, dir, func(p *Profile) { p.Identity = "u2" }); s.Health.State != account.WrongAccount {
		t.Errorf("another user is %+v", s.Health)
	}
	state := open(t, dir)
	if place, ok := state.Place("id", i.URL+"/.well-known/openid-configuration"); ok {
		t.Errorf("another user has pinned it to %s", place)
	}
}

// Nothing is sent to an address that is none, or where the token would not be safe; and
// a redirect leads no further.
func TestUserInfoIsRefused(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	plain := serve(t, func(w http.ResponseWriter, r *http.Request) { t.Errorf("asked: %s", r.URL) })
	away, seen := userInfo(t, a, plain.URL+"/me")
	for address, says := range map[string]string{
		"http://id.example/me": "would not be safe",
		"ftp://127.0.0.1/me":   "would not be safe",
		plain.URL + "/me":      "would not be safe",
		strings.Replace(away, "https://", "https://u:p@", 1): "not an address",
		away + "#x":                                   "not an address",
		away + "?token=" + plainSecret:                "not an address",
		"https://" + strings.Repeat("x", 50000) + "/": "not an address",
	} {
		i := newIssuer(t, a)
		i.names(address)
		s := i.check(t, t.TempDir())
		expect(t, s.Health, account.Misconfigured, "", says)
		if strings.Contains(fmt.Sprintf("%+v", s), plainSecret) {
			t.Errorf("the secret is in %+v", s)
		}
	}
	if seen() != 0 {
		t.Errorf("the token was sent %d times", seen())
	}
	i := newIssuer(t, a)
	i.names(strings.TrimSuffix(away, "/userinfo") + "/moved")
	expect(t, i.check(t, t.TempDir()).Health, account.Misconfigured, "", "which is not the address of this profile")
}

// On this computer a token that goes without encryption may go on so, and nowhere else.
func TestUserInfoOnThisComputer(t *testing.T) {
	t.Parallel()
	plain := serve(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{"sub":"u1"}`) })
	a := newAuthority(t)
	i := runIssuer(t, a, serve(t, http.NotFound))
	away, seen := userInfo(t, a, "")
	for _, address := range []string{away, "http://id.example/me", "https://id.example/me"} {
		i.names(address)
		expect(t, i.check(t, t.TempDir()).Health, account.Misconfigured, "", "would not be safe")
	}
	if seen() != 0 {
		t.Errorf("the token was sent %d times", seen())
	}
	i.names(plain.URL + "/me")
	if s := i.check(t, t.TempDir()); s.Health.State != account.Healthy || s.Address() != plain.URL+"/me" {
		t.Errorf("%+v, asked at %s", s.Health, s.Address())
	}
}

// The description is asked for once while all goes well, and anew after a failure.
func TestDescriptionIsKept(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	i := newIssuer(t, a)
	i.names(i.URL + "/me")
	c := New(i.profile(), testNetwork(t))
	for range 3 {
		if s := c.Check(t.Context()); s.Health.State != account.Healthy || s.Health.Attempts > 2 {
			t.Fatalf("%+v", s.Health)
		}
	}
	if i.asked != 1 {
		t.Errorf("the description was asked for %d times", i.asked)
	}
	good := i.Config.Handler
	i.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/me" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		good.ServeHTTP(w, r)
	})
	for range 3 {
		if s := c.Check(t.Context()); s.Health.State != account.NotFound {
			t.Errorf("%+v", s.Health)
		}
	}
	if i.asked != 3 {
		t.Errorf("after a failure it was asked for %d times", i.asked-1)
	}
}
