package gitea

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/client/demo/demotest"
	"rollcall/client/demo/sample"
	"rollcall/client/demo/web"
)

// description is that of the real service's interface.
func description(t *testing.T) *openapi3.T {
	t.Helper()
	data, err := os.ReadFile("../../testdata/gitea-subset.swagger.json")
	if err != nil {
		t.Fatal(err)
	}
	var old openapi2.T
	if err := json.Unmarshal(data, &old); err != nil {
		t.Fatal(err)
	}
	doc, err := openapi2conv.ToV3(&old)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// whole holds a value to a schema: it has all fields that are described, and no
// others.
func whole(t *testing.T, s *openapi3.Schema, v any, path string) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			whole(t, s.Items.Value, item, path)
		}
	case map[string]any:
		if s.AdditionalProperties.Schema != nil {
			return
		}
		got, want := slices.Sorted(maps.Keys(v)), slices.Sorted(maps.Keys(s.Properties))
		if strings.HasSuffix(path, "/user") {
			want = append(want, "username") // which the description leaves out
			slices.Sort(want)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", path, got, want)
		}
		for name, inner := range v {
			if p := s.Properties[name]; p != nil {
				whole(t, p.Value, inner, path+"."+name)
			}
		}
	}
}

func TestConforms(t *testing.T) {
	doc, s := description(t), demotest.Serve(t, Service, nil)
	for _, path := range []string{"/user", "/user/emails", "/user/teams", "/user/orgs"} {
		for _, profile := range []string{"garden", "greenhouse"} {
			got := s.Get(t, profile, prefix+path)
			var body any
			if err := json.Unmarshal(got.Body, &body); err != nil || got.Status != http.StatusOK {
				t.Fatalf("%s as %s: %d %s", path, profile, got.Status, got.Body)
			}
			schema := demotest.SchemaOf(t, doc, http.MethodGet, path, got.Status)
			demotest.Conforms(t, schema, body)
			whole(t, schema, body, path)
		}
	}
}

// The refusals are those of Gitea 1.26.0 on loopback, to the letter but for its address.
func TestRefusals(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	own := `,"url":"` + s.URL + `/api/swagger"}`
	for _, tt := range []struct {
		profile, path string
		status        int
		body          string
	}{
		{"", "/user", 401, `{"message":"token is required"` + own},
		{"compost", "/user", 401, `{"message":"invalid username, password or token"` + own},
		{"harvest", "/user", 403, `{"message":"token does not have at least one of required scope(s), required=[read:user], token scope=write:package,read:repository"` + own},
		{"almanac", "/user/orgs?limit=50&page=1", 403, `{"message":"token does not have at least one of required scope(s), required=[read:user read:organization], token scope=read:user"` + own},
		{"garden", "/admin/cron", 403, `{"message":"token does not have at least one of required scope(s), required=[read:admin], token scope=read:organization,read:user"` + own},
		{"orchard", "/user", 403, `{"message":"This account is prohibited from signing in, please contact your site administrator."}`},
		{"seedling", "/user", 403, `{"message":"You must change your password. Change it at: ` + s.URL + `//user/change_password"}`},
		{"beehive", "/user", 429, "Too Many Requests\n"},
		{"garden", "/nothing", 404, "404 page not found\n"},
		{"greenhouse", "/admin/cron", 200, "[]"},
	} {
		if got := s.Get(t, tt.profile, prefix+tt.path); got.Status != tt.status || string(got.Body) != tt.body {
			t.Errorf("%s as %q: %d %s, want %d %s", tt.path, tt.profile, got.Status, got.Body, tt.status, tt.body)
		}
	}
	if h := s.Get(t, "", prefix+"/user").Header; h.Get("Www-Authenticate") != "" {
		t.Errorf("a challenge, which Gitea does not send: %v", h)
	}
}

func TestTeams(t *testing.T) {
	var c demotest.Clock
	s := demotest.Serve(t, Service, c.Now)
	list := func(path string) (all []web.Object, total string) {
		got := s.Get(t, "garden", prefix+path)
		if err := json.Unmarshal(got.Body, &all); err != nil {
			t.Fatalf("%s: %s", path, got.Body)
		}
		return all, got.Header.Get("X-Total-Count")
	}
	teams, total := list("/user/teams")
	if len(teams) != 4 || total != "4" || teams[0]["permission"] != "owner" || teams[1]["permission"] != "none" || teams[1]["units_map"].(web.Object)["repo.code"] != "write" {
		t.Errorf("%s teams: %v", total, teams)
	}
	if some, total := list("/user/teams?limit=3&page=2"); len(some) != 1 || total != "4" {
		t.Errorf("the second page has %d of %s", len(some), total)
	}
	if orgs, _ := list("/user/orgs"); len(orgs) != 3 {
		t.Errorf("%d organizations", len(orgs))
	}
	c.Set(sample.ChangesAfter)
	if orgs, _ := list("/user/orgs"); len(orgs) != 4 {
		t.Errorf("%d organizations after a while", len(orgs))
	}
}

// Both words before a token are good, and a password in place of it is none.
func TestCredentials(t *testing.T) {
	s := demotest.Serve(t, Service, nil)
	token := s.Profile(t, "garden").Token
	for header, want := range map[string]int{
		"token " + token: 200, "Bearer " + token: 200, "Basic Z3JlZW5ob3VzZTpkZW1vLWdyZWVuaG91c2U=": 200,
		"Basic Z3JlZW5ob3VzZTp3cm9uZw==": 401, "token": 401, "token x": 401,
	} {
		if got := demotest.Ask(t, http.MethodGet, s.URL+prefix+"/user", "", "Authorization", header); got.Status != want {
			t.Errorf("%s: %d", header, got.Status)
		}
	}
}
