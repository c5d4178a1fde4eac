package gitlab

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/demo/demotest"
	"rollcall/client/demo/sample"
	"rollcall/client/demo/web"
)

// rows reads an answer that is a list of objects.
func rows(t *testing.T, r demotest.Reply) (all []web.Object) {
	t.Helper()
	if err := json.Unmarshal(r.Body, &all); err != nil {
		t.Fatalf("status %d, body %q: %v", r.Status, r.Body, err)
	}
	return all
}

// The keys of entities: those of lib/api/entities/user_public.rb with what it builds
// on, personal_access_token.rb and identity.rb in gitlabhq/gitlabhq.
const (
	userKeys = `avatar_url bio bot can_create_group can_create_project color_scheme_id commit_email confirmed_at created_at current_sign_in_at email external followers following
		id identities last_activity_on last_sign_in_at locked name organization private_profile projects_limit public_email state theme_id two_factor_enabled username web_url`
	recordKeys   = `active created_at description expires_at id last_used_at name revoked scopes user_id`
	identityKeys = `extern_uid provider saml_provider_id`
)

// conforms holds an object to the keys of an entity.
func conforms(t *testing.T, o web.Object, keys string) {
	t.Helper()
	want := strings.Fields(keys)
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(o)); !slices.Equal(got, want) {
		t.Errorf("keys\n%q\nwant\n%q", got, want)
	}
}

func TestConforms(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	for _, p := range []string{"forge", "pipelines", "attic"} {
		user := s.Get(t, p, prefix+"/user").Object(t)
		conforms(t, user, userKeys)
		for _, i := range user["identities"].([]any) {
			conforms(t, i.(web.Object), identityKeys)
		}
	}
	for _, p := range []string{"forge", "pipelines", "clones"} {
		conforms(t, s.Get(t, p, prefix+"/personal_access_tokens/self").Object(t), recordKeys)
	}
}

func TestRefusals(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	for _, tt := range []struct {
		profile, path string
		status        int
		body, header  string
	}{
		{"", "/user", 401, `{"message":"401 Unauthorized"}`, ""},
		{"nightly", "/user", 401, `"error":"invalid_token"`, "Token is expired."},
		{"clones", "/user", 403, `"scope":"api read_api read_user"`, ""},
		{"clones", "/groups", 403, `"error":"insufficient_scope"`, ""},
		{"charity", "/user", 403, "403 Forbidden - Your account has been blocked.", ""},
		{"indexer", "/user", 429, "Retry later\n", ""},
		{"attic", "/personal_access_tokens/self", 401, `{"message":"401 Unauthorized"}`, ""},
		{"forge", "/nothing", 404, `{"error":"404 Not Found"}`, ""},
	} {
		got := s.Get(t, tt.profile, prefix+tt.path)
		if got.Status != tt.status || !strings.Contains(string(got.Body), tt.body) || !strings.Contains(got.Header.Get("Www-Authenticate"), tt.header) ||
			tt.status == 403 && got.Header.Get("Www-Authenticate") != "" {
			t.Errorf("%s as %q: %d %s %v", tt.path, tt.profile, got.Status, got.Body, got.Header)
		}
	}
	if got := s.Get(t, "wiki", "/api/v4/user"); got.Status != http.StatusNotFound || !strings.HasPrefix(string(got.Body), "<!DOCTYPE") {
		t.Errorf("above the path: %d %s", got.Status, got.Body)
	}
}

func TestGroups(t *testing.T) {
	var c demotest.Clock
	s := demotest.Serve(t, Service, c.Now)
	count := func(path string) int { return len(rows(t, s.Get(t, "forge", prefix+path))) }
	if all, some := count("/groups?min_access_level=10"), count("/groups?min_access_level=40"); all != 5 || some != 2 {
		t.Errorf("%d groups, %d of which as a maintainer at least", all, some)
	}
	got := s.Get(t, "forge", prefix+"/personal_access_tokens/self/associations?min_access_level=10").Object(t)
	if first := got["groups"].([]any)[0].(web.Object); first["access_levels"] != 50.0 || first["full_path"] != nil {
		t.Errorf("associations: %v", first)
	}
	page := s.Get(t, "forge", prefix+"/groups?per_page=2")
	if link := page.Header.Get("Link"); len(rows(t, page)) != 2 || link != "<"+s.URL+prefix+`/groups?page=2&per_page=2>; rel="next"` || page.Header.Get("X-Total") != "5" {
		t.Errorf("link %q", link)
	}
	c.Set(sample.ChangesAfter)
	if n := count("/groups"); n != 6 {
		t.Errorf("%d groups after a while", n)
	}
}

// TestLimit has the headers of a budget in all answers, and more in a refusal.
func TestLimit(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	good, bad := s.Get(t, "forge", prefix+"/user").Header, s.Get(t, "indexer", prefix+"/user").Header
	if good.Get("Ratelimit-Name") != "throttle_authenticated_api" || good.Get("Ratelimit-Remaining") != "119" || good.Get("Retry-After") != "" || good.Get("Ratelimit-Resettime") != "" {
		t.Errorf("good: %v", good)
	}
	if bad.Get("Retry-After") != "60" || bad.Get("Ratelimit-Remaining") != "0" || bad.Get("Ratelimit-Observed") != "121" || bad.Get("Ratelimit-Resettime") != "Sun, 22 Nov 2026 12:01:00 GMT" || bad.Get("Content-Type") != "text/plain" {
		t.Errorf("refused: %v", bad)
	}
}

// TestEndOfAToken has a token end at the beginning of its day.
func TestEndOfAToken(t *testing.T) {
	var c demotest.Clock
	s := demotest.Serve(t, Service, c.Now)
	if got := s.Get(t, "pipelines", prefix+"/personal_access_tokens/self").Object(t)["expires_at"]; got != "2026-12-01" {
		t.Fatalf("it ends on %v", got)
	}
	for after, want := range map[time.Duration]int{9*24*time.Hour - 12*time.Hour - time.Second: 200, 9*24*time.Hour - 12*time.Hour: 401} {
		c.Set(after)
		if got := s.Get(t, "pipelines", prefix+"/user"); got.Status != want {
			t.Errorf("after %v: %d", after, got.Status)
		}
	}
}

// TestBearer has a token be good in either header.
func TestBearer(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	token := s.Profile(t, "forge").Token
	if got := demotest.Ask(t, http.MethodGet, s.URL+prefix+"/user", "", "Authorization", "Bearer "+token); got.Status != http.StatusOK {
		t.Errorf("status %d", got.Status)
	}
	tag := s.Get(t, "forge", prefix+"/user").Header.Get("Etag")
	if got := demotest.Ask(t, http.MethodGet, s.URL+prefix+"/user", "", "Private-Token", token, "If-None-Match", tag); got.Status != http.StatusNotModified {
		t.Errorf("unchanged: %d", got.Status)
	}
}
