package client

import (
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"rollcall/client/account"
	"rollcall/client/account/accounttest"
	"rollcall/client/demo"
	"rollcall/client/privacy"
)

// calls records every request on its way to the demo.
type calls struct {
	mu   sync.Mutex
	seen map[string]bool
	// bare are the paths asked for without a credential in the headers.
	bare map[string]bool
}

// ids are the parts of paths that name one thing among many.
var ids = regexp.MustCompile(`/[0-9a-f]{16,}$`)

func (w *calls) RoundTrip(r *http.Request) (*http.Response, error) {
	call := r.Method + " " + ids.ReplaceAllString(r.URL.Path, "/{id}")
	w.mu.Lock()
	w.seen[call] = true
	if r.Header.Get("Authorization") == "" && r.Header.Get("X-Auth-Token") == "" && r.Header.Get("Private-Token") == "" {
		w.bare[call] = true
	}
	w.mu.Unlock()
	return http.DefaultTransport.RoundTrip(r)
}

// demoAccounts checks every account of the demo over real HTTP, and asks for
// its details.
func demoAccounts(t *testing.T, w *calls) map[string]account.Account {
	t.Helper()
	server, err := demo.Start(demo.Options{NoLatency: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	n := overRoundTrip(w.RoundTrip)
	accounts := map[string]account.Account{}
	for _, service := range server.Services() {
		for _, a := range service.Accounts {
			c := New(Profile{
				Name: a.Profile, Provider: service.Provider, BaseURL: a.BaseURL, Username: a.Username,
				Credential: fixedCredential{secret: a.Token + a.Password},
			}, n)
			s := c.Check(t.Context())
			if s.Account == nil {
				continue
			}
			accounts[a.Profile] = merge(*s.Account, c.details(t.Context(), *s.Account, c.bearer(a.Token+a.Password, "")))
		}
	}
	return accounts
}

// TestEveryCallReads holds all that is ever sent: nothing of it changes
// anything, or answers with a secret.
func TestEveryCallReads(t *testing.T) {
	t.Parallel()
	w := &calls{seen: map[string]bool{}, bare: map[string]bool{}}
	demoAccounts(t, w)
	reading := []string{
		"GET /core/v1/users/current",
		"GET /core/v1/organizations/_/api_tokens",
		"GET /api/v3/onezone/user",
		"GET /archive/api/v3/onezone/user", // of the profile with a wrong address
		"GET /api/v3/onezone/user/effective_groups",
		"GET /api/v3/onezone/user/effective_groups/{id}",
		"GET /api/v3/user",
		"GET /api/v3/user/memberships/orgs",
		"GET /api/v3/user/emails",
		"GET /api/v3/user/social_accounts",
		"GET /api/v3/rate_limit",
		"GET /git/api/v4/user",
		"GET /api/v4/user", // of the profile without the path
		"GET /git/api/v4/user/emails",
		"GET /git/api/v4/groups",
		"GET /git/api/v4/personal_access_tokens/self",
		"GET /git/api/v4/personal_access_tokens/self/associations",
		"GET /api/v1/user",
		"GET /forge/api/v1/user", // of the profile with a wrong address
		"GET /api/v1/user/emails",
		"GET /api/v1/user/teams",
		"GET /api/v1/user/orgs",
		"GET /api/v1/admin/cron", // for the sake of the refusal
		"GET /id/roe/me",
		"GET /id/acme/me",
		"GET /id/library/me",
		"GET /id/partner/me",
	}
	open := []string{
		"GET /api/v3/onezone/configuration",
		"POST /api/v3/onezone/tokens/infer_access_token_scope",
		"GET /id/roe/.well-known/openid-configuration",
		"GET /id/acme/.well-known/openid-configuration",
		"GET /id/library/.well-known/openid-configuration",
		"GET /id/partner/.well-known/openid-configuration",
		"GET /id/intranet/.well-known/openid-configuration",
	}
	for _, call := range slices.Concat(reading, open) {
		if !w.seen[call] {
			t.Errorf("%s was never sent", call)
		}
		delete(w.seen, call)
	}
	for call := range w.seen {
		t.Errorf("%s was sent", call)
	}
	for _, call := range open {
		if !w.bare[call] {
			t.Errorf("%s shows the credential in its headers", call)
		}
		delete(w.bare, call)
	}
	for call := range w.bare {
		t.Errorf("%s lacks the credential", call)
	}
}

// TestDemoTokenFacts reads what can be known of the tokens of the demo.
func TestDemoTokenFacts(t *testing.T) {
	t.Parallel()
	accounts := demoAccounts(t, &calls{seen: map[string]bool{}, bare: map[string]bool{}})
	for _, tt := range []struct {
		profile      string
		kind         account.ExpiryKind
		source, tell string
	}{
		{"work", account.ExpiryNever, "token record", "owner: Roe Consulting"},
		{"northwind", account.ExpiryDate, "token record", "owner: Northwind"},
		{"release", account.ExpiryDate, "token record", "owner: Otter Labs"},
		{"console", account.ExpiryDate, "JWT, not verified", "issuer: https://identity.example.com"},
		{"console", account.ExpiryDate, "JWT, not verified", "audience: api.katapult.io/core/v1"},
		{"agency", account.ExpiryUnknown, "", ""},
		{"datahub", account.ExpiryNever, "service", "space: Sensor archive at Harbor"},
		{"datahub", account.ExpiryNever, "service", "lifetime: named"},
		{"datahub", account.ExpiryNever, "service", "zone: Otter Zone"},
		{"egi", account.ExpiryDate, "service", "version: 21.02.7"},
		{"observatory", account.ExpiryDate, "service", "until 2031-01-01"},
		{"observatory", account.ExpiryDate, "service", "only from 127.0.0.1 or 10.0.0.0/8"},
		{"observatory", account.ExpiryDate, "service", "only from the networks AS64500 or AS64501"},
		{"observatory", account.ExpiryDate, "service", "only from the countries PL or FR"},
		{"observatory", account.ExpiryDate, "service", "not from the region Asia"},
		{"observatory", account.ExpiryDate, "service", "only over REST"},
		{"observatory", account.ExpiryDate, "service", "only at Onezone"},
		{"observatory", account.ExpiryDate, "service", "only for the operation ozw/get/user.*.*:*"},
		{"harbour", account.ExpiryNever, "service", "space: Scratch at Harbor"},
		{"mount", account.ExpiryNever, "service", "space: Sensor archive at Harbor (read-only)"},
		{"mount", account.ExpiryNever, "service", "only over Oneclient"},
		{"mount", account.ExpiryNever, "service", "only for the path /6c26a980053aec311e1ff8d7a61ccc5e/2026"},
		{"admin", account.ExpiryUnknown, "", "zone: Otter Zone"},
		{"code", account.ExpiryNever, "header", "may: see organizations and teams, read and change all repositories, read e-mail addresses, change workflows"},
		{"website", account.ExpiryDate, "header", ""},
		{"reading", account.ExpiryUnknown, "", "may: see organizations and teams"},
		{"forge", account.ExpiryDate, "token record", "may: read the profile, read all that the user can"},
		{"clones", account.ExpiryDate, "token record", "may: read repositories"},
		{"attic", account.ExpiryUnknown, "", ""},
		{"garden", account.ExpiryUnknown, "", "last sign-in: never"},
		{"greenhouse", account.ExpiryUnknown, "", "user is: a site administrator"},
		{"visitor", account.ExpiryDate, "JWT, not verified", ""},
		{"library", account.ExpiryUnknown, "", "user changed: 2026-01-01"},
	} {
		token := accounts[tt.profile].Token
		told := token.Conditions()
		for _, f := range token.Facts {
			told = append(told, f.Name+": "+f.Value)
		}
		if e := token.Expiry; e.KindOrUnknown() != tt.kind || e.Source != tt.source {
			t.Errorf("%s: %+v", tt.profile, e)
		}
		if tt.tell != "" && !slices.Contains(told, tt.tell) {
			t.Errorf("%s: nothing says %q:\n%s", tt.profile, tt.tell, strings.Join(told, "\n"))
		}
	}
}

// What the demo services tell of their people is masked whatever it is.
func TestMaskOfTheDemo(t *testing.T) {
	m := privacy.New(services.Infos())
	for name, acc := range demoAccounts(t, &calls{seen: map[string]bool{}, bare: map[string]bool{}}) {
		u := acc.User
		hidden := slices.Concat(u.Emails, []string{u.ID, u.FullName, u.FirstName, u.LastName, u.Username, acc.Token.ID})
		for _, o := range acc.Organizations {
			hidden = append(hidden, o.ID, o.Name, o.SubDomain)
		}
		for _, l := range acc.LinkedAccounts {
			hidden = append(hidden, l.SubjectID, l.Username)
		}
		masked := m.Snapshot(account.Snapshot{Profile: "p", Account: &acc, Health: account.Health{Description: strings.Join(hidden, ", ")}})
		for _, text := range accounttest.Texts(reflect.ValueOf(masked)) {
			for _, value := range hidden {
				if len(value) > 4 && strings.Contains(text, value) {
					t.Errorf("%s: %q is still in %q", name, value, text)
				}
			}
		}
	}
}
