package github

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/client/demo/demotest"
	"rollcall/client/demo/sample"
	"rollcall/client/demo/web"
)

// ask sends a GET as a profile with more headers, in pairs.
func ask(t *testing.T, s *demotest.Server, profile, path string, headers ...string) demotest.Reply {
	t.Helper()
	return demotest.Ask(t, http.MethodGet, s.URL+prefix+path, "", append(headers, "Authorization", "Bearer "+s.Profile(t, profile).Token)...)
}

// TestConforms holds the answers to GitHub's own description.
func TestConforms(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromFile("../../testdata/github-subset.openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	s := demotest.Serve(t, Service, nil)
	statuses := map[int]bool{}
	profiles := []string{""}
	for _, p := range s.Profiles {
		profiles = append(profiles, p.Name)
	}
	for _, profile := range profiles {
		for path := range doc.Paths.Map() {
			got := s.Get(t, profile, prefix+path)
			response := doc.Paths.Find(path).Get.Responses.Status(got.Status)
			if response == nil && path == "/rate_limit" {
				continue // A refusal of the credential is not described there.
			}
			statuses[got.Status] = true
			if response == nil {
				t.Errorf("%s as %q: status %d is not described", path, profile, got.Status)
				continue
			}
			var body any
			if err := json.Unmarshal(got.Body, &body); err != nil {
				t.Fatal(err)
			}
			demotest.Conforms(t, demotest.SchemaOf(t, doc, http.MethodGet, path, got.Status), body)
		}
	}
	for _, status := range []int{200, 401, 403, 404} {
		if !statuses[status] {
			t.Errorf("no answer had status %d", status)
		}
	}
}

// TestUnchangedAnswersAreFree asks by the tag of the answer before.
func TestUnchangedAnswersAreFree(t *testing.T) {
	var c demotest.Clock
	s := demotest.Serve(t, Service, c.Now)
	first := ask(t, s, "code", "/user/memberships/orgs?per_page=100")
	tag, left := first.Header.Get("Etag"), first.Header.Get("X-Ratelimit-Remaining")
	again := ask(t, s, "code", "/user/memberships/orgs?per_page=100", "If-None-Match", tag)
	if again.Status != http.StatusNotModified || len(again.Body) > 0 || again.Header.Get("X-Ratelimit-Remaining") != left || again.Header.Get("X-Ratelimit-Resource") != "core" {
		t.Errorf("%d with %s left, not %s: %v", again.Status, again.Header.Get("X-Ratelimit-Remaining"), left, again.Header)
	}
	c.Set(sample.ChangesAfter)
	if got := ask(t, s, "code", "/user/memberships/orgs?per_page=100", "If-None-Match", tag); got.Status != http.StatusOK || !strings.Contains(string(got.Body), "allotment-club") {
		t.Errorf("nobody has joined: %d %s", got.Status, got.Body)
	}
}

// TestLimitIsOfTheUser has two tokens of a person share a limit.
func TestLimitIsOfTheUser(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	one, two := ask(t, s, "code", "/user"), ask(t, s, "website", "/user")
	if a, b := one.Header.Get("X-Ratelimit-Remaining"), two.Header.Get("X-Ratelimit-Remaining"); a != "4999" || b != "4998" {
		t.Errorf("%s left, then %s", a, b)
	}
}

func TestLimits(t *testing.T) {
	var c demotest.Clock
	s := demotest.Serve(t, Service, c.Now)
	for range 60 {
		if got := ask(t, s, "reading", "/user"); got.Status != http.StatusOK {
			t.Fatalf("status %d: %s", got.Status, got.Body)
		}
	}
	got := ask(t, s, "reading", "/user")
	if got.Status != http.StatusForbidden || got.Header.Get("X-Ratelimit-Remaining") != "0" || !strings.Contains(string(got.Body), "API rate limit exceeded for user ID 90210553.") {
		t.Errorf("%d %v: %s", got.Status, got.Header, got.Body)
	}
	if core := ask(t, s, "reading", "/rate_limit").Object(t)["rate"].(web.Object); core["remaining"] != 0.0 || core["limit"] != 60.0 {
		t.Errorf("a spent budget is told as %v", core)
	}
	c.Set(time.Hour)
	if got := ask(t, s, "reading", "/user"); got.Status != http.StatusOK {
		t.Errorf("an hour later: %d", got.Status)
	}
	got = ask(t, s, "crawler", "/user")
	if got.Status != http.StatusForbidden || got.Header.Get("Retry-After") != "120" || got.Header.Get("X-Ratelimit-Remaining") == "0" {
		t.Errorf("secondary: %d %v", got.Status, got.Header)
	}
}

func TestPages(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	got := ask(t, s, "reading", "/user/memberships/orgs?per_page=100")
	link := got.Header.Get("Link")
	if next := "<" + s.URL + prefix + `/user/memberships/orgs?per_page=100&page=2>; rel="next"`; !strings.HasPrefix(link, next) {
		t.Errorf("link %q, want %s", link, next)
	}
	var rows []any
	last := ask(t, s, "reading", "/user/memberships/orgs?per_page=100&page=2")
	if err := json.Unmarshal(last.Body, &rows); err != nil || len(rows) != 30 || last.Header.Get("Link") != "" {
		t.Errorf("%d rows on the last page, link %q, %v", len(rows), last.Header.Get("Link"), err)
	}
}

// TestHeaders has what tokens may do, and when they end.
func TestHeaders(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	code := ask(t, s, "code", "/user")
	if got := code.Header.Get("X-Oauth-Scopes"); got != "read:org, repo, user:email, workflow" || code.Header.Get("Github-Authentication-Token-Expiration") != "" {
		t.Errorf("scopes %q", got)
	}
	fine := ask(t, s, "website", "/user")
	if got := fine.Header.Values("X-Oauth-Scopes"); got != nil || fine.Header.Get("Github-Authentication-Token-Expiration") != "2026-11-28 20:00:00 +0200" {
		t.Errorf("scopes %q, %v", got, fine.Header)
	}
	emails := ask(t, s, "website", "/user/emails")
	if emails.Status != http.StatusForbidden || emails.Header.Get("X-Accepted-Github-Permissions") != "emails=read" {
		t.Errorf("%d %v", emails.Status, emails.Header)
	}
	if got := ask(t, s, "code", "/user/memberships/orgs").Header.Get("X-Github-Sso"); got != "partial-results; organizations=21955855" {
		t.Errorf("single sign-on: %q", got)
	}
	if got := ask(t, s, "code", "/user", "X-GitHub-Api-Version", "1999-01-01"); got.Status != http.StatusBadRequest {
		t.Errorf("another version: %d", got.Status)
	}
	if got := demotest.Ask(t, http.MethodGet, s.URL+prefix+"/user", "", "Authorization", "token "+s.Profile(t, "code").Token); got.Status != http.StatusOK {
		t.Errorf("the other word before a token: %d", got.Status)
	}
}

// TestEndOfAToken has a token be no longer known at its end.
func TestEndOfAToken(t *testing.T) {
	var c demotest.Clock
	s := demotest.Serve(t, Service, c.Now)
	c.Set(7 * 24 * time.Hour)
	if got := ask(t, s, "website", "/user"); got.Status != http.StatusUnauthorized || !strings.Contains(string(got.Body), "Bad credentials") {
		t.Errorf("%d: %s", got.Status, got.Body)
	}
}

// TestPrivateFields has a token see private fields with the scope for them only.
func TestPrivateFields(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	for profile, view := range map[string]string{"code": "public", "website": "private"} {
		got := ask(t, s, profile, "/user").Object(t)
		if _, private := got["two_factor_authentication"]; got["user_view_type"] != view || private != (view == "private") {
			t.Errorf("%s: %v", profile, got)
		}
	}
}

// TestInstallation has one be refused what only persons may ask.
func TestInstallation(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	for path, want := range map[string]int{"/user": 403, "/user/orgs": 403, "/user/emails": 403, "/rate_limit": 200} {
		if got := ask(t, s, "deploys", path); got.Status != want || got.Header.Get("X-Oauth-Scopes") != "" {
			t.Errorf("%s: %d %s", path, got.Status, got.Body)
		}
	}
	if token := s.Profile(t, "deploys").Token; !strings.HasPrefix(token, installation) {
		t.Errorf("its token is %s", token)
	}
}
