package github

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/servicetest"
)

// description is the part of GitHub's own description of its API that is asked here
// (npm @octokit/openapi 23.0.2, MIT).
func description(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("../../testdata/github-subset.openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// examples are the answers to a path that the description shows, each as it is and
// with no more than is required and null wherever that is allowed.
func examples(t *testing.T, doc *openapi3.T, path string) (all []string) {
	t.Helper()
	content := doc.Paths.Find(path).Get.Responses.Value("200").Value.Content.Get("application/json")
	for name, example := range content.Examples {
		for _, v := range []any{example.Value.Value, least(content.Schema.Value, example.Value.Value)} {
			if err := fits(content.Schema.Value, v); err != nil {
				t.Fatalf("%s, %s: not what is described: %v", path, name, err)
			}
			body, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, string(body))
		}
	}
	if len(all) < 2 {
		t.Errorf("%s: only %d examples", path, len(all))
	}
	return all
}

// fits reports whether a value is of a schema, or of one of its alternatives: the
// examples of the description lack the property that it tells them apart by.
func fits(s *openapi3.Schema, v any) error {
	if len(s.OneOf) == 0 {
		return s.VisitJSON(v)
	}
	err := fits(s.OneOf[0].Value, v)
	for _, one := range s.OneOf[1:] {
		if err != nil {
			err = fits(one.Value, v)
		}
	}
	return err
}

// least is a value with no more than its schema requires.
func least(s *openapi3.Schema, v any) any {
	for _, one := range s.OneOf {
		if fits(one.Value, v) == nil {
			return least(one.Value, v)
		}
	}
	switch v := v.(type) {
	case []any:
		var all []any
		for _, item := range v {
			all = append(all, least(s.Items.Value, item))
		}
		return all
	case map[string]any:
		some := map[string]any{}
		for name, value := range v {
			p := s.Properties[name]
			switch {
			case p == nil || !slices.Contains(s.Required, name):
			case p.Value.Nullable:
				some[name] = nil
			default:
				some[name] = least(p.Value, value)
			}
		}
		return some
	}
	return v
}

func TestGitHubDescription(t *testing.T) {
	doc := description(t)
	for _, body := range examples(t, doc, "/user") {
		servicetest.Check(t, Service{}, servicetest.Reading{Status: 200, Body: body, State: account.Healthy})
		acc, _ := read(service.Answer{Status: 200, Body: []byte(body)}, servicetest.Asked(false))
		if acc == nil || acc.User.ID != "1" || acc.User.Username != "octocat" || acc.User.URL != "https://github.com/octocat" {
			t.Errorf("%s is %+v", body, acc)
		}
	}
	for _, path := range []string{"/user/memberships/orgs", "/user/orgs", "/user/emails", "/user/social_accounts"} {
		for _, body := range examples(t, doc, path) {
			ask := func(_ context.Context, r service.Request) (service.Answer, error) {
				if at, _, _ := strings.Cut(r.Path, "?"); at == path {
					return service.Answer{Status: 200, Body: []byte(body)}, nil
				}
				return service.Answer{Status: 404}, nil
			}
			got := Service{}.Details(t.Context(), ask, asked(), account.Account{})
			if len(got.Organizations)+len(got.Emails)+len(got.LinkedAccounts) == 0 {
				t.Errorf("%s: nothing is made of %s", path, body)
			}
			for _, o := range got.Organizations {
				if o.ID == "0" || o.Name == "" {
					t.Errorf("%s: %+v", path, o)
				}
			}
		}
	}
}

// The states and roles of memberships that are described are those that are told
// apart.
func TestGitHubDescribesMemberships(t *testing.T) {
	p := description(t).Components.Schemas["org-membership"].Value.Properties
	if got := p["state"].Value.Enum; !slices.Equal(got, []any{"active", "pending"}) {
		t.Errorf("states are %v", got)
	}
	if got := p["role"].Value.Enum; !slices.Equal(got, []any{"admin", "member", "billing_manager"}) {
		t.Errorf("roles are %v", got)
	}
}

// Refusals of the description are told by their status where their words are unknown.
func TestGitHubDescribedRefusals(t *testing.T) {
	states := map[string]account.State{"401": account.InvalidToken, "403": account.Forbidden}
	for status, response := range description(t).Paths.Find("/user").Get.Responses.Map() {
		want, ok := states[status]
		if !ok {
			continue
		}
		for _, sample := range servicetest.Samples(response.Value.Content.Get("application/json").Schema.Value) {
			body, err := json.Marshal(sample)
			if err != nil {
				t.Fatal(err)
			}
			servicetest.Check(t, Service{}, servicetest.Reading{Status: servicetest.Status(t, status), Body: string(body), State: want})
		}
	}
}
