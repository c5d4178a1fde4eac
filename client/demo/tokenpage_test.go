package demo

import (
	"net/http"
	"strings"
	"testing"

	"rollcall/client/demo/demotest"
	"rollcall/client/demo/fault"
)

// TestNewTokens makes a new token for every account, as a person does who rotates:
// what was wrong with the old token is right then, and what is wrong with the user
// or the service is not.
func TestNewTokens(t *testing.T) {
	s := start(t, nil)
	still := map[string]int{
		"ci": 404, "provider": 404, "alumni": 401, "sandbox": 400, "grid": 500, "dr-site": 503,
		"archive": 404, "moved": 301, "gateway": 400,
		"deploys": 403, "intern": 403, "charity": 403, "wiki": 404, "orchard": 403, "seedling": 403, "hedge": 404,
	}
	for _, e := range s.entries {
		if e.Username != "" {
			if len(e.Spares) > 0 {
				t.Errorf("%s: a token in place of a password", e.Name)
			}
			continue
		}
		address := e.baseURL() + e.host.service.Identity
		token := offered(t, s.TokenPage(e.host.service.Provider, e.baseURL()), e.Name)
		got, err := demotest.Do(t, http.MethodGet, address, "", demotest.Headers(e.host.service.Header, token, "", "")...)
		if err != nil {
			if e.State != "unreachable" {
				t.Errorf("%s: %v", e.Name, err)
			}
			continue
		}
		want := still[e.Name]
		if want == 0 {
			want = http.StatusOK
		}
		if got.Status != want {
			t.Errorf("%s: status %d, want %d: %s", e.Name, got.Status, want, got.Body)
		}
		if again := offered(t, s.TokenPage(e.host.service.Provider, e.baseURL()), e.Name); again == token || again == e.Token {
			t.Errorf("%s: %q is offered again after it was shown", e.Name, again)
		}
	}
	if page := s.TokenPage("katapult", "https://api.katapult.io"); page != "" {
		t.Errorf("a page for a service of the world: %s", page)
	}
}

// offered is the new token that a page has for a profile.
func offered(t *testing.T, page, profile string) string {
	t.Helper()
	for line := range strings.Lines(string(demotest.Ask(t, http.MethodGet, page, "").Body)) {
		if f := strings.Fields(line); f[0] == profile {
			return f[1]
		}
	}
	t.Errorf("%s has no token for %s", page, profile)
	return ""
}

func TestTokenPageForBrowsers(t *testing.T) {
	s := start(t, nil)
	got := demotest.Ask(t, http.MethodGet, s.TokenPage("katapult", s.Services()[0].URL), "", "Accept", "text/html,*/*")
	if !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") || !strings.Contains(string(got.Body), "<code>kt-demo-release-2</code>") {
		t.Errorf("%v: %s", got.Header, got.Body)
	}
}

// TestDeletedTokens deletes the old token of every account that has a new one: its
// service refuses it then as one that it does not know, and takes the new one.
func TestDeletedTokens(t *testing.T) {
	s := start(t, nil)
	for _, e := range s.entries {
		if e.Username != "" || e.Fault != fault.None || e.State != "healthy" && e.State != "expiring" {
			continue
		}
		page := s.TokenPage(e.host.service.Provider, e.baseURL())
		ask := func(token string) int {
			t.Helper()
			got, err := demotest.Do(t, http.MethodGet, e.baseURL()+e.host.service.Identity, "", demotest.Headers(e.host.service.Header, token, "", "")...)
			if err != nil {
				t.Fatal(err)
			}
			return got.Status
		}
		remove := func() int {
			t.Helper()
			return demotest.Ask(t, http.MethodPost, page, "delete="+e.Name, "Content-Type", "application/x-www-form-urlencoded").Status
		}
		fresh := offered(t, page, e.Name)
		if got := ask(e.Token); got != http.StatusOK {
			t.Errorf("%s: the old token has status %d", e.Name, got)
		}
		if got := remove(); got != http.StatusConflict {
			t.Errorf("%s: the only token was deleted, status %d", e.Name, got)
		}
		if got := ask(fresh); got != http.StatusOK {
			t.Errorf("%s: the new token has status %d", e.Name, got)
		}
		if got := remove(); got != http.StatusOK {
			t.Errorf("%s: status %d", e.Name, got)
		}
		if old, now := ask(e.Token), ask(fresh); old != http.StatusUnauthorized && old != http.StatusForbidden && old != http.StatusBadRequest || now != http.StatusOK {
			t.Errorf("%s: deleted, the old token has status %d and the new one %d", e.Name, old, now)
		}
	}
}
