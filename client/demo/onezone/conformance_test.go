package onezone

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/client/demo/demotest"
)

// onezoneDescription is the description, mended where the real service is
// known to answer otherwise.
func onezoneDescription(t *testing.T) *openapi3.T {
	t.Helper()
	var old openapi2.T
	if err := json.Unmarshal(publishedDescription(t), &old); err != nil {
		t.Fatal(err)
	}
	doc, err := openapi2conv.ToV3(&old)
	if err != nil {
		t.Fatal(err)
	}
	schema := func(name string) *openapi3.Schema { return doc.Components.Schemas[name].Value }
	nullable := func(name string, properties ...string) {
		for _, p := range properties {
			schema(name).Properties[p].Value.Nullable = true
		}
	}
	nullable("UserProtectedInfo", "username")
	nullable("LinkedAccount", "username")
	nullable("VerifyTokenResponse", "ttl")
	nullable("InferAccessTokenScopeResponse", "validUntil", "dataAccessScope")
	schema("LinkedAccount").Properties["custom"].Value.Type = nil // any JSON will do
	schema("TokenPropertyTokenType").Enum = nil                   // it lists texts for an object
	return doc
}

func TestConforms(t *testing.T) {
	doc := onezoneDescription(t)
	failure := doc.Components.Schemas["Error"].Value
	s := demotest.Serve(t, Service, nil)
	statuses := map[int]bool{}
	check := func(t *testing.T, method, path string, got demotest.Reply) {
		t.Helper()
		statuses[got.Status] = true
		if got.Status >= 400 {
			demotest.Conforms(t, failure, got.Object(t))
			return
		}
		demotest.Conforms(t, demotest.SchemaOf(t, doc, method, path, got.Status), got.Object(t))
	}
	for _, p := range s.Profiles {
		t.Run(p.Name, func(t *testing.T) {
			got := s.Get(t, p.Name, zoneRoot+"/user")
			if p.Name == "satellite" {
				return // an old zone, which no description fits
			}
			check(t, http.MethodGet, "/user", got)
			for _, path := range []string{
				"/user/groups", "/user/effective_groups", "/user/spaces", "/user/effective_spaces",
				"/user/effective_privileges", "/user/tokens/named", "/configuration",
			} {
				check(t, http.MethodGet, path, s.Get(t, p.Name, zoneRoot+path))
			}
			if p.Token == "" {
				return
			}
			for _, question := range []string{"examine", "verify_access_token", "infer_access_token_scope"} {
				path := "/tokens/" + question
				check(t, http.MethodPost, path, demotest.Ask(t, http.MethodPost, s.URL+zoneRoot+path,
					fmt.Sprintf(`{"token":%q}`, p.Token), "Content-Type", "application/json"))
			}
		})
	}
	for _, path := range []string{"/user/groups/{gid}", "/user/effective_groups/{gid}"} {
		at := strings.Replace(path, "{gid}", "6825604b0eb6a47b8b7a04b6369eb24d", 1)
		check(t, http.MethodGet, path, s.Get(t, "datahub", zoneRoot+at))
	}
	for _, path := range []string{"/user/spaces/{sid}", "/user/effective_spaces/{sid}"} {
		at := strings.Replace(path, "{sid}", hexID("scratch"), 1)
		check(t, http.MethodGet, path, s.Get(t, "datahub", zoneRoot+at))
	}
	check(t, http.MethodGet, "/tokens/named/{id}", s.Get(t, "datahub", zoneRoot+"/tokens/named/x"))
	check(t, http.MethodGet, "/user", s.Get(t, "datahub", zoneRoot+"/user/groups/unknown"))
	for _, status := range []int{200, 400, 401, 403, 404, 500} {
		if !statuses[status] {
			t.Errorf("no answer had status %d", status)
		}
	}
}
