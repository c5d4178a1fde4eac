package onezone

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"rollcall/client/demo/demotest"
	"rollcall/client/demo/sample"
	"rollcall/client/demo/web"
)

// zoneRoot is the path that the API begins with.
const zoneRoot = "/api/v3/onezone"

// publishedDescription is what Onezone's makers say of its API.
func publishedDescription(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile("../../testdata/onezone-subset.swagger.json")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestDocumentedUser(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	var description struct {
		Definitions map[string]struct{ Example any }
	}
	if err := json.Unmarshal(publishedDescription(t), &description); err != nil {
		t.Fatal(err)
	}
	got := s.Get(t, "datahub", zoneRoot+"/user").Object(t)
	for key, want := range description.Definitions["UserProtectedInfo"].Example.(web.Object) {
		if g, w := string(web.Encode(got[key])), string(web.Encode(want)); g != w {
			t.Errorf("%s is %s, want %s", key, g, w)
		}
	}
}

func TestUserForms(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	odd := s.Get(t, "egi", zoneRoot+"/user").Object(t)
	if name, ok := odd["username"]; !ok || name != nil {
		t.Errorf("username %v", name)
	}
	accounts := odd["linkedAccounts"].([]any)
	if _, ok := accounts[0].(web.Object)["custom"].(string); !ok {
		t.Errorf("custom of the first is %T", accounts[0].(web.Object)["custom"])
	}
	if _, ok := accounts[1].(web.Object)["custom"].([]any); !ok {
		t.Errorf("custom of the second is %T", accounts[1].(web.Object)["custom"])
	}
	old := s.Get(t, "satellite", zoneRoot+"/user").Object(t)
	if old["fullName"] != nil || old["name"] != "Tromsø Ground Station" || old["login"] != "tromso" || old["emailList"] == nil {
		t.Errorf("the old form: %v", old)
	}
}

func TestHeaders(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	a, admin := s.Profile(t, "datahub"), s.Profile(t, "admin")
	basic := demotest.Headers(s.Header, "", admin.Username, admin.Password)[1]
	tests := []struct {
		name    string
		headers []string
		user    string // or
		code    string
	}{
		{"X-Auth-Token", []string{"X-Auth-Token", a.Token}, "Rudolf Lingens", ""},
		{"bearer", []string{"Authorization", "Bearer " + a.Token}, "Rudolf Lingens", ""},
		{"macaroon", []string{"Macaroon", a.Token}, "Rudolf Lingens", ""},
		{"basic", []string{"Authorization", basic}, "Zone Administrator", ""},
		{"X-Auth-Token before basic", []string{"X-Auth-Token", a.Token, "Authorization", basic}, "Rudolf Lingens", ""},
		{"X-Auth-Token before bearer", []string{"X-Auth-Token", "junk", "Authorization", "Bearer " + a.Token}, "", "badToken"},
		{"bearer before macaroon", []string{"Macaroon", "junk", "Authorization", "Bearer " + a.Token}, "Rudolf Lingens", ""},
		{"macaroon before basic", []string{"Macaroon", "junk", "Authorization", basic}, "", "badToken"},
		{"bearer in small letters", []string{"Authorization", "bearer " + a.Token}, "", "unauthorized"},
		{"none", nil, "", "unauthorized"},
		{"an external token", []string{"X-Auth-Token", "google:ya29.x"}, "", "badToken"},
		{"an unknown user", []string{"Authorization", "Basic bm9ib2R5Ong="}, "", "badBasicCredentials"},
		{"no user name", []string{"Authorization", "Basic Ong="}, "", "badBasicCredentials"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := demotest.Ask(t, http.MethodGet, s.URL+zoneRoot+"/user", "", tt.headers...)
			if tt.user != "" {
				if name := got.Object(t)["fullName"]; name != tt.user {
					t.Errorf("%d: user %v, want %s", got.Status, name, tt.user)
				}
				return
			}
			if got.Status != 401 || got.Code() != tt.code {
				t.Errorf("%d %s, want 401 %s", got.Status, got.Body, tt.code)
			}
			if h := got.Header; h["Content-Type"] != nil || h["Www-Authenticate"] != nil {
				t.Errorf("a 401 has %v", h)
			}
		})
	}
}

// TestTokens mints tokens of every kind and shows them.
func TestTokens(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	const rudolf = "usr-f1c8b1a37aa7447b22eb65a742d40524"
	known := hexID("token datahub")
	tests := []struct {
		name, token, code string
	}{
		{"another secret", mint("other", zoneDomain, "2/nmd/"+rudolf+"/act/"+known), "tokenInvalid"},
		{"an unknown id", mint(zoneSecret, zoneDomain, "2/nmd/"+rudolf+"/act/0000"), "tokenInvalid"},
		{"another's id", mint(zoneSecret, zoneDomain, "2/nmd/usr-x/act/"+known), "tokenInvalid"},
		{"an old form", mint(zoneSecret, zoneDomain, "5f6b2c9e01d84a77"), "tokenInvalid"},
		{"temporary", mint(zoneSecret, zoneDomain, "2/tmp-1/"+rudolf+"/act/0000"), ""},
		{"temporary, all revoked", mint(zoneSecret, zoneDomain, "2/tmp-0/"+rudolf+"/act/0000"), "tokenRevoked"},
		{"identity", mint(zoneSecret, zoneDomain, "2/nmd/"+rudolf+"/idn/"+known), "notAnAccessToken"},
		{"invite", mint(zoneSecret, zoneDomain, "2/nmd/"+rudolf+"/inv-usr-grp/"+known), "notAnAccessToken"},
		{"session", mint(zoneSecret, zoneDomain, "2/tmp-1/"+rudolf+"/act:5e55/0000"), "tokenSessionInvalid"},
		{"a user who left", mint(zoneSecret, zoneDomain, "2/tmp-1/usr-gone/act/0000"), "tokenSubjectInvalid"},
		{"an unknown caveat", mint(zoneSecret, zoneDomain, "2/tmp-1/"+rudolf+"/act/0000", "moon = full"), "tokenCaveatUnknown"},
		{"cut", mint(zoneSecret, zoneDomain, "2/tmp-1/"+rudolf+"/act/0000")[:90], "badToken"},
	}
	url := s.URL + zoneRoot + "/user"
	for _, tt := range tests {
		got := demotest.Ask(t, http.MethodGet, url, "", "X-Auth-Token", tt.token)
		if code := got.Code(); code != tt.code || (got.Status == 200) != (tt.code == "") {
			t.Errorf("%s: %d %s, want %q", tt.name, got.Status, got.Body, tt.code)
		}
	}
}

func TestCaveatInRefusal(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	for profile, want := range map[string]string{
		"cluster":  `{"caveat":{"type":"ip","whitelist":["10.20.0.0/16","192.0.2.7/32"]}}`,
		"mount":    `{"caveat":{"type":"data.readonly"}}`,
		"workshop": fmt.Sprintf(`{"caveat":{"type":"time","validUntil":%d}}`, sample.Days(demotest.Noon(), -4).Unix()),
	} {
		if got := s.Get(t, profile, zoneRoot+"/user"); !strings.Contains(string(got.Body), want) {
			t.Errorf("%s: %s lacks %s", profile, got.Body, want)
		}
	}
}

func TestExpiryFollowsTheClock(t *testing.T) {
	now := demotest.Noon()
	s := demotest.Serve(t, Service, func() time.Time { return now })
	now = sample.Days(demotest.Noon(), 5).Add(-time.Second)
	if got := s.Get(t, "egi", zoneRoot+"/user"); got.Status != 200 {
		t.Errorf("before its end: %s", got.Body)
	}
	now = now.Add(time.Second)
	if got := s.Get(t, "egi", zoneRoot+"/user"); got.Code() != "tokenCaveatUnverified" {
		t.Errorf("at its end: %s", got.Body)
	}
}

func TestMemberships(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	list := func(path, key string) []string {
		var ids []string
		for _, id := range s.Get(t, "datahub", zoneRoot+path).Object(t)[key].([]any) {
			ids = append(ids, id.(string))
		}
		return ids
	}
	direct, all := list("/user/groups", "groups"), list("/user/effective_groups", "groups")
	if len(direct) != 3 || len(all) != 5 {
		t.Errorf("%d direct groups of %d", len(direct), len(all))
	}
	kinds := map[any]bool{}
	for _, id := range all {
		g := s.Get(t, "datahub", zoneRoot+"/user/effective_groups/"+id).Object(t)
		kinds[g["type"]] = true
		if g["groupId"] != id || g["name"] == "" {
			t.Errorf("group %v", g)
		}
		if got := s.Get(t, "datahub", zoneRoot+"/user/groups/"+id).Status; (got == 200) != slices.Contains(direct, id) {
			t.Errorf("direct group %s: %d", id, got)
		}
	}
	if len(kinds) != 4 {
		t.Errorf("kinds of groups: %v", kinds)
	}
	for _, id := range list("/user/effective_spaces", "spaces") {
		if sp := s.Get(t, "datahub", zoneRoot+"/user/spaces/"+id).Object(t); sp["spaceId"] != id {
			t.Errorf("space %v", sp)
		}
	}
	if got := s.Get(t, "datahub", zoneRoot+"/user/effective_groups/nothing"); got.Status != 404 || got.Code() != "notFound" {
		t.Errorf("an unknown group: %d %s", got.Status, got.Body)
	}
	if got := list("/user/tokens/named", "tokens"); !slices.Contains(got, hexID("token datahub")) || !slices.Contains(got, hexID("token laptop")) {
		t.Errorf("named tokens %v", got)
	}
}

func TestGivesOutNoSecret(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	for _, path := range []string{"/tokens/named/" + hexID("token datahub"), "/user/tokens/named/name/datahub"} {
		if got := s.Get(t, "datahub", zoneRoot+path); got.Status != 403 || got.Code() != "forbidden" {
			t.Errorf("%s: %d %s", path, got.Status, got.Body)
		}
	}
}

func TestManners(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	zone := s.URL + zoneRoot
	tests := []struct {
		method, path string
		headers      []string
		status       int
		allow, kind  string // the headers Allow and Content-Type
	}{
		{"HEAD", "/user", nil, 500, "", ""},
		{"OPTIONS", "/user", nil, 500, "", ""},
		{"PATCH", "/user", nil, 405, "GET", ""},
		{"GET", "/tokens/examine", nil, 405, "POST", ""},
		{"GET", "/users", nil, 404, "", "text/html"},
		{"POST", "/tokens/examine", nil, 415, "", ""},
		{"POST", "/tokens/examine", []string{"Content-Type", "application/json", "X-Auth-Token", "junk"}, 401, "", ""},
		{"GET", "/health", nil, 200, "", "application/json"},
		{"GET", "/configuration", nil, 200, "", "application/json"},
	}
	for _, tt := range tests {
		got := demotest.Ask(t, tt.method, zone+tt.path, "{}", tt.headers...)
		if got.Status != tt.status || got.Header.Get("Allow") != tt.allow || got.Header.Get("Content-Type") != tt.kind {
			t.Errorf("%s %s: %d %v", tt.method, tt.path, got.Status, got.Header)
		}
		if empty := tt.kind == "" && tt.status != 401; empty && len(got.Body) > 0 {
			t.Errorf("%s %s: body %q", tt.method, tt.path, got.Body)
		}
		if tt.status != 404 && got.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s %s: not for other origins", tt.method, tt.path)
		}
	}
}

func TestTokenQuestions(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	zone := s.URL + zoneRoot + "/tokens/"
	rudolf := `"subject":{"id":"f1c8b1a37aa7447b22eb65a742d40524","type":"user"}`
	tests := []struct {
		name, question, profile, more string
		status                        int
		contains                      string
	}{
		{"a good token", "verify_access_token", "datahub", "", 200, `{` + rudolf + `,"ttl":null}`},
		{"conditions that hold only partly", "verify_access_token", "egi", `,"interface":"rest"`, 400, `"tokenError":{"id":"tokenCaveatUnverified"`},
		{"no interface told", "verify_access_token", "egi", ``, 400, `"caveat":{"interface":"rest"`},
		{"data refused", "verify_access_token", "mount", `,"interface":"oneclient"`, 400, `"caveat":{"type":"data.readonly"}`},
		{"data allowed", "verify_access_token", "mount", `,"interface":"oneclient","allowDataAccessCaveats":true`, 200, rudolf},
		{"from elsewhere", "verify_access_token", "cluster", `,"peerIp":"10.20.3.4"`, 200, rudolf},
		{"from here", "verify_access_token", "cluster", ``, 400, `"badValueToken"`},
		{"from nowhere", "verify_access_token", "cluster", `,"peerIp":null`, 400, `"tokenCaveatUnverified"`},
		{"from nonsense", "verify_access_token", "cluster", `,"peerIp":"next door"`, 400, `"badValueIPv4Address"`},
		{"a revoked token", "verify_access_token", "laptop", "", 400, `"tokenError":{"id":"tokenRevoked"`},
		{"scope of a token", "infer_access_token_scope", "datahub", "", 200, `"name":"Sensor archive"`},
		{"scope under conditions", "infer_access_token_scope", "egi", "", 200, fmt.Sprintf(`"validUntil":%d`, sample.Days(demotest.Noon(), 5).Unix())},
		{"a service that nobody proves to be", "verify_access_token", "observatory", `,"interface":"rest"`, 400, `"type":"service"`},
		{"scope under every condition", "infer_access_token_scope", "observatory", "", 200, `"validUntil":1924992000`},
		{"scope of a data token", "infer_access_token_scope", "mount", "", 200, `"readonly":true`},
		{"scope of a provider", "infer_access_token_scope", "provider", "", 200, `{"dataAccessScope":null,"validUntil":null}`},
		{"scope of a revoked token", "infer_access_token_scope", "laptop", "", 400, `{"error":{"id":"tokenRevoked"`},
		{"scope of an expired token", "infer_access_token_scope", "workshop", "", 400, `"caveat":{"type":"time"`},
		{"examined", "examine", "egi", "", 200, `"caveats":[{"type":"time"`},
		{"examined though revoked", "examine", "laptop", "", 200, `"persistence":"named"`},
		{"examined provider", "examine", "provider", "", 200, `"subject":{"id":"` + storage + `","type":"oneprovider"}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := fmt.Sprintf(`{"token":%q%s}`, s.Profile(t, tt.profile).Token, tt.more)
			got := demotest.Ask(t, http.MethodPost, zone+tt.question, body, "Content-Type", "application/json")
			if got.Status != tt.status || !strings.Contains(string(got.Body), tt.contains) {
				t.Errorf("%d %s, want %d and %s", got.Status, got.Body, tt.status, tt.contains)
			}
		})
	}
	for body, want := range map[string]string{
		`[]`: "malformedData", `{`: "malformedData", `{}`: "missingRequiredValue", `{"token":"hunter2"}`: "badValueToken",
		`{"token":null}`: "missingRequiredValue", `{"token":5}`: "badValueString", `{"token":"x","allowDataAccessCaveats":1}`: "badValueBoolean",
	} {
		got := demotest.Ask(t, http.MethodPost, zone+"examine", body, "Content-Type", "application/json")
		if got.Status != 400 || got.Code() != want {
			t.Errorf("body %s: %d %s, want %s", body, got.Status, got.Body, want)
		}
	}
	long := demotest.Ask(t, http.MethodPost, zone+"examine", `{"token":"`+strings.Repeat("a", tokenLimit+1)+`"}`, "Content-Type", "application/json")
	if !strings.Contains(string(long.Body), `"tokenError":{"id":"tokenTooLarge"`) || !strings.Contains(string(long.Body), `"limit":1048576`) {
		t.Errorf("a long token: %s", long.Body)
	}
}

// TestUserChanges moves the clock past the moment of the change.
func TestUserChanges(t *testing.T) {
	var c demotest.Clock
	s := demotest.Serve(t, Service, c.Now)
	for _, tt := range []struct {
		after  time.Duration
		email  string
		groups int
	}{
		{0, "a.quist@uni.example.com", 1},
		{sample.ChangesAfter - time.Second, "a.quist@uni.example.com", 1},
		{sample.ChangesAfter, "ada.quist@otter.example.com", 2},
		{24 * time.Hour, "ada.quist@otter.example.com", 2},
	} {
		c.Set(tt.after)
		email := s.Get(t, "fellow", zoneRoot+"/user").Object(t)["emails"].([]any)[0]
		groups := len(s.Get(t, "fellow", zoneRoot+"/user/effective_groups").Object(t)["groups"].([]any))
		if email != tt.email || groups != tt.groups {
			t.Errorf("after %v: %v, %d groups", tt.after, email, groups)
		}
	}
}

// TestOnePersonInSeveralPlaces holds what the same person's accounts share,
// and what they do not.
func TestOnePersonInSeveralPlaces(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	subjects, mails := map[string]map[any]bool{}, map[string]map[any]bool{}
	for _, profile := range []string{"datahub", "teaching", "harbour"} {
		user := s.Get(t, profile, zoneRoot+"/user").Object(t)
		subjects[profile], mails[profile] = map[any]bool{}, map[any]bool{}
		for _, l := range user["linkedAccounts"].([]any) {
			subjects[profile][l.(web.Object)["subjectId"]] = true
		}
		for _, m := range user["emails"].([]any) {
			mails[profile][m] = true
		}
	}
	shared := func(of map[string]map[any]bool, a, b string) (n int) {
		for v := range of[a] {
			if of[b][v] {
				n++
			}
		}
		return n
	}
	for _, tt := range []struct {
		a, b            string
		subjects, mails int
	}{{"datahub", "teaching", 1, 1}, {"datahub", "harbour", 1, 0}, {"teaching", "harbour", 0, 0}} {
		if n, m := shared(subjects, tt.a, tt.b), shared(mails, tt.a, tt.b); n != tt.subjects || m != tt.mails {
			t.Errorf("%s and %s share %d subjects and %d addresses", tt.a, tt.b, n, m)
		}
	}
}
