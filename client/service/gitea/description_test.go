package gitea

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/gitea/giteatest"
	"rollcall/client/service/servicetest"
)

// described is the schema of a good answer in the service's description of its interface.
func described(t *testing.T, path string) *openapi3.Schema {
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
	return doc.Paths.Find(path).Get.Responses.Value("200").Value.Content.Get("application/json").Schema.Value
}

// TestGiteaDescription reads answers made from the description, all fields of which
// are set.
func TestGiteaDescription(t *testing.T) {
	answers := map[string][]byte{}
	for _, path := range []string{"/user", "/user/emails", "/user/orgs", "/user/teams"} {
		body, err := json.Marshal(servicetest.Samples(described(t, path))[0])
		if err != nil {
			t.Fatal(err)
		}
		answers[path] = body
	}
	// The sample's user is one whom nobody lets in.
	acc, d := servicetest.Identify(Service{}, service.Answer{Status: 200, Body: answers["/user"]}, servicetest.Asked(false))
	if d.State != account.Forbidden || acc == nil || acc.User.ID != "7" || acc.User.FullName == "" || len(acc.User.Emails) != 1 || len(acc.LinkedAccounts) != 1 {
		t.Errorf("%+v, %+v", acc, d)
	}
	ask := func(_ context.Context, r service.Request) (service.Answer, error) {
		for path, body := range answers {
			if r.Path == path || len(r.Path) > len(path) && r.Path[:len(path)+1] == path+"?" {
				return service.Answer{Status: 200, Body: body}, nil
			}
		}
		return service.Answer{Status: 403, Body: []byte(notAnAdmin)}, nil
	}
	got := Service{}.Details(t.Context(), ask, servicetest.Asked(false), account.Account{})
	if len(got.Emails) != 1 || len(got.Organizations) != 1 || got.Notes != nil {
		t.Errorf("%+v", got)
	}
}

// TestGiteaFixtures holds the answers of the tests to the description: they have no
// field that it does not have, and none of another type.
func TestGiteaFixtures(t *testing.T) {
	for path, body := range map[string]string{
		"/user": giteatest.Good, "/user/emails": emails, "/user/teams": teams, "/user/orgs": "[" + otter + "," + quiet + "]",
	} {
		schema := described(t, path)
		var v any
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			t.Fatal(err)
		}
		if err := schema.VisitJSON(v); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		// A user has a login under its old name, too, which the description leaves out.
		for _, name := range unknown(schema, v) {
			if path != "/user" || name != "username" {
				t.Errorf("%s: no %s is described", path, name)
			}
		}
	}
}

// unknown are the fields of a value that a schema does not have.
func unknown(s *openapi3.Schema, v any) (names []string) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			names = append(names, unknown(s.Items.Value, item)...)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if p := s.Properties[name]; p == nil && s.AdditionalProperties.Schema == nil {
				names = append(names, name)
			} else if p != nil {
				names = append(names, unknown(p.Value, v[name])...)
			}
		}
	}
	return names
}
