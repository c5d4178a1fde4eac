package katapult

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"rollcall/client/demo/demotest"
	"rollcall/client/demo/sample"
	"rollcall/client/demo/web"
)

func TestCurrentUser(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	got := s.Get(t, "work", "/core/v1/users/current")
	if h := got.Header; h.Get("X-RateLimit-Permitted") != "100" || h.Get("X-RateLimit-Remaining") != "99" ||
		h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Content-Type") != "application/json" {
		t.Errorf("headers %v", h)
	}
	o := got.Object(t)
	user := o["user"].(web.Object)
	if user["id"] != "user_Zk3PqW8rTn5LxB1c" || user["first_name"] != "Sam" || user["last_name"] != "Roe" {
		t.Errorf("user %v", user)
	}
	orgs := o["organizations"].([]any)
	if len(orgs) != 3 || orgs[1].(web.Object)["name"] != "Acme" || orgs[1].(web.Object)["sub_domain"] != "acme" {
		t.Errorf("organizations %v", orgs)
	}
	if id, _ := o["api_token_id"].(string); !strings.HasPrefix(id, "apit_") || len(id) != 21 {
		t.Errorf("api_token_id %q", id)
	}
	if id := s.Get(t, "metrics", "/core/v1/users/current").Object(t)["api_token_id"]; id != nil {
		t.Errorf("the token of metrics has an id: %v", id)
	}
	if n := len(s.Get(t, "agency", "/core/v1/users/current").Object(t)["organizations"].([]any)); n != 40 {
		t.Errorf("agency has %d organizations", n)
	}
}

func TestRefusals(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	work := s.Profile(t, "work")
	current := s.URL + "/core/v1/users/current"
	tests := []struct {
		name, method, url, authorization string
		status                           int
		code                             string
	}{
		{"no token", "GET", current, "", 400, "missing_api_token"},
		{"an empty token", "GET", current, "Bearer ", 400, "missing_api_token"},
		{"another scheme", "GET", current, "Basic d29yazpwYXNz", 400, "missing_api_token"},
		{"an unknown token", "GET", current, "Bearer nobody", 403, "invalid_api_token"},
		{"an unknown route", "GET", s.URL + "/core/v1/users/current/me", "", 404, "route_not_found"},
		{"another prefix", "GET", s.URL + "/core/v9/users/current", "Bearer " + work.Token, 404, "route_not_found"},
		{"another method", "POST", current, "Bearer " + work.Token, 404, "route_not_found"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var headers []string
			if tt.authorization != "" {
				headers = []string{"Authorization", tt.authorization}
			}
			got := demotest.Ask(t, tt.method, tt.url, "", headers...)
			e, ok := got.Object(t)["error"].(web.Object)
			if !ok || got.Status != tt.status || e["code"] != tt.code {
				t.Errorf("got %d %s, want %d %s", got.Status, got.Body, tt.status, tt.code)
			}
			if got.Header.Get("X-Api-Schema") != "json-error" {
				t.Errorf("headers %v", got.Header)
			}
		})
	}
}

func TestDetails(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	for profile, want := range map[string]string{
		"staging": `"detail":{"details":"The token expired on 2026-11-19"}`,
		"office":  `"detail":{"ip_address":"127.0.0.1"}`,
		"batch":   `"detail":{"total_permitted":100}`,
		"dr-site": `"detail":{}`,
		"audit":   `{"code":"scope_not_granted","description":"The identity was not granted the scope that this endpoint needs","detail":{"scopes":["users","users:read"]}}`,
	} {
		if got := s.Get(t, profile, "/core/v1/users/current"); !strings.Contains(string(got.Body), want) {
			t.Errorf("%s: %s lacks %s", profile, got.Body, want)
		}
	}
	for _, profile := range []string{"audit", "office", "staging"} {
		if got := s.Get(t, profile, "/core/v1/users/current"); got.Object(t)["error"] == nil || got.Object(t)["code"] != nil {
			t.Errorf("the error of %s is not wrapped: %s", profile, got.Body)
		}
	}
}

func TestLimit(t *testing.T) {
	now := demotest.Noon()
	s := demotest.Serve(t, Service, func() time.Time { return now })
	for i := range 5 {
		got := s.Get(t, "metrics", "/core/v1/users/current")
		if want := fmt.Sprint(4 - i); got.Status != 200 || got.Header.Get("X-RateLimit-Remaining") != want {
			t.Errorf("request %d: status %d, remaining %q, want %s", i, got.Status, got.Header.Get("X-RateLimit-Remaining"), want)
		}
	}
	got := s.Get(t, "metrics", "/core/v1/users/current")
	if got.Status != 429 || got.Header.Get("X-RateLimit-Permitted") != "5" || got.Header.Get("X-RateLimit-Remaining") != "0" ||
		got.Header.Get("Retry-After") != "" || !strings.Contains(string(got.Body), `"total_permitted":5`) {
		t.Errorf("the sixth: %d %v %s", got.Status, got.Header, got.Body)
	}
	if got := s.Get(t, "work", "/core/v1/users/current"); got.Status != 200 {
		t.Errorf("another token is limited too: %d", got.Status)
	}
	now = now.Add(time.Minute)
	if got := s.Get(t, "metrics", "/core/v1/users/current"); got.Status != 200 {
		t.Errorf("a minute later: %d %s", got.Status, got.Body)
	}
}

// A token that is good today is refused from the second it ends.
func TestExpiryFollowsTheClock(t *testing.T) {
	now := demotest.Noon()
	s := demotest.Serve(t, Service, func() time.Time { return now })
	now = sample.Days(demotest.Noon(), 9).Add(-time.Second)
	if got := s.Get(t, "northwind", "/core/v1/users/current"); got.Status != 200 {
		t.Errorf("before its end: %d", got.Status)
	}
	now = now.Add(time.Second)
	if got := s.Get(t, "northwind", "/core/v1/users/current"); got.Code() != "invalid_api_token" {
		t.Errorf("at its end: %s", got.Body)
	}
}

func TestOrganizations(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	acme := org("Acme", "acme")
	suspended := manyOrgs()[7]
	query := func(pairs ...string) string {
		v := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			v.Set("organization["+pairs[i]+"]", pairs[i+1])
		}
		return "?" + v.Encode()
	}
	tests := []struct {
		profile, path string
		status        int
		contains      string
	}{
		{"work", "/organizations", 200, `"infrastructure_domain":"acme.infra.example.com"`},
		{"ci", "/organizations", 200, `"sub_domain":"otter-labs"`},
		{"personal", "/organizations", 403, `"scopes":["organizations","organizations:read"]`},
		{"work", "/organizations/organization" + query("id", acme.ID), 200, `"billing_name":"Acme"`},
		{"work", "/organizations/_" + query("sub_domain", "acme"), 200, acme.ID},
		{"work", "/organizations/" + acme.ID, 200, `"name":"Acme"`},
		{"work", "/organizations/_", 404, "organization_not_found"},
		{"work", "/organizations/_" + query("id", suspended.ID), 404, "organization_not_found"},
		{"work", "/organizations/_" + query("id", acme.ID, "sub_domain", "acme"), 400, "ambiguous_lookup_values"},
		{"agency", "/organizations/_" + query("id", suspended.ID), 403, "organization_suspended"},
		{"agency", "/organizations/_/api_tokens" + query("sub_domain", "amber-foods"), 403, `"scopes":["api_tokens","api_tokens:read"]`},
		{"work", "/organizations/_/api_tokens" + query("sub_domain", "nowhere"), 404, "organization_not_found"},
	}
	for _, tt := range tests {
		got := s.Get(t, tt.profile, "/core/v1"+tt.path)
		if got.Status != tt.status || !strings.Contains(string(got.Body), tt.contains) {
			t.Errorf("%s %s: %d %s, want %d and %s", tt.profile, tt.path, got.Status, got.Body, tt.status, tt.contains)
		}
	}
}

// Every token that names its id is found among those of its organization,
// page by page.
func TestTokenRecords(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	tests := []struct {
		profile, subDomain string
		page               int // where the record is found at 200 a page
		large              bool
		expires            any
	}{
		{"work", "roe", 1, false, nil},
		{"acme", "acme", 1, false, float64(sample.Days(demotest.Noon(), 12).Unix())},
		{"northwind", "northwind", 2, true, float64(sample.Days(demotest.Noon(), 9).Unix())},
		{"ci", "otter-labs", 1, false, nil},
	}
	for _, tt := range tests {
		var id any
		if tt.profile == "ci" { // which has no user to tell the id with
			id = record("build runners", org("Otter Labs", "otter-labs")).ID
		} else {
			id = s.Get(t, tt.profile, "/core/v1/users/current").Object(t)["api_token_id"]
		}
		got := s.Get(t, tt.profile, "/core/v1"+fmt.Sprintf(
			"/organizations/_/api_tokens?organization%%5Bsub_domain%%5D=%s&per_page=500&page=%d", tt.subDomain, tt.page)).Object(t)
		p := got["pagination"].(web.Object)
		if _, total := p["total"]; p["large_set"] != tt.large || total == tt.large || p["per_page"] != 200.0 {
			t.Errorf("%s: pagination %v", tt.profile, p)
		}
		found := false
		for _, row := range got["api_tokens"].([]any) {
			r := row.(web.Object)
			if r["secret"] != nil {
				t.Errorf("%s: a secret was told", tt.profile)
			}
			if r["id"] == id {
				found = true
				if r["expires_at"] != tt.expires || r["rate_limit"] != 100.0 {
					t.Errorf("%s: record %v", tt.profile, r)
				}
			}
		}
		if !found {
			t.Errorf("%s: no record %v on page %d", tt.profile, id, tt.page)
		}
	}
	last := s.Get(t, "northwind", "/core/v1/organizations/_/api_tokens?organization%5Bsub_domain%5D=northwind&page=9999").Object(t)
	if rows := last["api_tokens"].([]any); len(rows) != 0 {
		t.Errorf("a page after the last has %d rows", len(rows))
	}
}

// TestAccountChanges moves the clock past the moment of the change.
func TestAccountChanges(t *testing.T) {
	var c demotest.Clock
	s := demotest.Serve(t, Service, c.Now)
	for after, want := range map[time.Duration]int{0: 1, sample.ChangesAfter - time.Second: 1, sample.ChangesAfter: 2, 24 * time.Hour: 2} {
		c.Set(after)
		if n := len(s.Get(t, "personal", "/core/v1/users/current").Object(t)["organizations"].([]any)); n != want {
			t.Errorf("after %v: %d organizations, want %d", after, n, want)
		}
	}
}

func TestTokenThatEndsSoon(t *testing.T) {
	var c demotest.Clock
	s := demotest.Serve(t, Service, c.Now)
	for profile, end := range map[string]time.Duration{"console": sample.EndsAfter, "release": sample.EndsToday} {
		c.Set(end - time.Second)
		if got := s.Get(t, profile, "/core/v1/users/current"); got.Status != 200 {
			t.Errorf("%s before its end: %d %s", profile, got.Status, got.Body)
		}
		c.Set(end)
		if got := s.Get(t, profile, "/core/v1/users/current"); got.Status != 403 || got.Code() != "invalid_api_token" {
			t.Errorf("%s at its end: %d %s", profile, got.Status, got.Body)
		}
	}
}

// TestSparesAreNotListed has the records of an organization hold those tokens only
// that somebody has made: the one that asks, if it is a new one.
func TestSparesAreNotListed(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	p := s.Profile(t, "release")
	records := func(token string) int {
		got := demotest.Ask(t, http.MethodGet, s.URL+"/core/v1/organizations/_/api_tokens?organization%5Bsub_domain%5D=otter-labs&per_page=200",
			"", demotest.Headers(s.Header, token, "", "")...).Object(t)
		return len(got["api_tokens"].([]any))
	}
	if before, with := records(p.Token), records(p.Spares[0]); with != before+1 {
		t.Errorf("%d records to the old token, %d to the new one", before, with)
	}
}

func TestConsoleIsAJWT(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	a := s.Profile(t, "console")
	parts := strings.Split(a.Token, ".")
	if len(parts) != 3 {
		t.Fatalf("%d parts", len(parts))
	}
	text, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	var claims struct{ Nbf, Exp int64 }
	if err := json.Unmarshal(text, &claims); err != nil {
		t.Fatal(err)
	}
	if claims.Exp != demotest.Noon().Add(sample.EndsAfter).Unix() || claims.Nbf > demotest.Noon().Unix() {
		t.Errorf("claims %+v", claims)
	}
	if id, ok := s.Get(t, "console", "/core/v1/users/current").Object(t)["api_token_id"]; id != nil || !ok {
		t.Errorf("a JWT has the id %v", id)
	}
}

func TestAvatars(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	seen := map[string]string{}
	for _, profile := range []string{"work", "personal", "world", "shared"} {
		user := s.Get(t, profile, "/core/v1/users/current").Object(t)["user"].(web.Object)
		address := user["avatar_url"].(string)
		got := demotest.Ask(t, http.MethodGet, address, "")
		if got.Status != http.StatusOK || got.Header.Get("Content-Type") != "image/png" {
			t.Fatalf("%s: %s: %d %v", profile, address, got.Status, got.Header)
		}
		m, err := png.Decode(bytes.NewReader(got.Body))
		if err != nil {
			t.Fatal(err)
		}
		if m.Bounds().Dx() != 128 || m.Bounds().Dy() != 128 {
			t.Errorf("%s: %v", profile, m.Bounds())
		}
		if again := demotest.Ask(t, http.MethodGet, address, "", "If-None-Match", got.Header.Get("ETag")); again.Status != http.StatusNotModified {
			t.Errorf("%s: asked again: %d", profile, again.Status)
		}
		id := user["id"].(string)
		for other, picture := range seen {
			if (picture == string(got.Body)) != (other == id) {
				t.Errorf("%s and %s: the same picture is %t", id, other, picture == string(got.Body))
			}
		}
		seen[id] = string(got.Body)
	}
	if got := demotest.Ask(t, http.MethodGet, s.URL+"/avatars/none.gif", ""); got.Status != http.StatusNotFound {
		t.Errorf("no picture: %d", got.Status)
	}
}
