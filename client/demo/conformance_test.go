package demo

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"
)

// schemaOf finds what a description says of an answer's body.
func schemaOf(t *testing.T, doc *openapi3.T, method, path string, status int) *openapi3.Schema {
	t.Helper()
	item := doc.Paths.Find(path)
	if item == nil || item.GetOperation(method) == nil {
		t.Fatalf("%s %s is not described", method, path)
	}
	response := item.GetOperation(method).Responses.Status(status)
	if response == nil || response.Value.Content.Get("application/json") == nil {
		t.Fatalf("%s %s: status %d is not described", method, path, status)
	}
	return response.Value.Content.Get("application/json").Schema.Value
}

func conforms(t *testing.T, schema *openapi3.Schema, body any) {
	t.Helper()
	if err := schema.VisitJSON(body, openapi3.MultiErrors()); err != nil {
		t.Errorf("%s\ndoes not conform: %v", encode(body), err)
	}
}

// closed has a schema and all in it refuse properties that it does not name,
// and miss those that it does: the description itself would let anything pass.
func closed(ref *openapi3.SchemaRef, seen map[*openapi3.Schema]bool) {
	if ref == nil || ref.Value == nil || seen[ref.Value] {
		return
	}
	s := ref.Value
	seen[s] = true
	if len(s.Properties) > 0 {
		no := false
		s.AdditionalProperties.Has = &no
		s.Required = nil
	}
	for name, p := range s.Properties {
		s.Required = append(s.Required, name)
		closed(p, seen)
	}
	closed(s.Items, seen)
	for _, one := range s.OneOf {
		closed(one, seen)
	}
}

func TestKatapultConforms(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(readDescription(t, "katapult-core-subset.openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, nil)
	const current = "/users/current"
	const orgs, one, tokens = "/organizations", "/organizations/organization", "/organizations/organization/api_tokens"
	type request struct{ profile, path, query string }
	requests := []request{
		{"agency", one, "?organization%5Bsub_domain%5D=birch-logistics"},
		{"agency", tokens, "?organization%5Bsub_domain%5D=birch-logistics"},
		{"work", one, "?organization%5Bsub_domain%5D=acme"},
		{"work", one, "?organization%5Bsub_domain%5D=nowhere"},
		{"work", tokens, "?organization%5Bsub_domain%5D=roe"},
		{"work", tokens, "?organization%5Bsub_domain%5D=nowhere"},
		{"northwind", tokens, "?organization%5Bsub_domain%5D=northwind"},
	}
	for _, service := range s.Services() {
		for _, a := range service.Accounts {
			if service.Provider != "katapult" || a.State == "unreachable" || a.State == "bad_response" {
				continue
			}
			requests = append(requests, request{a.Profile, current, ""}, request{a.Profile, orgs, ""})
		}
	}
	statuses := map[int]bool{}
	for _, r := range requests {
		t.Run(r.profile+" "+r.path+r.query, func(t *testing.T) {
			got := askKatapult(t, s, r.profile, r.path+r.query)
			statuses[got.status] = true
			body := got.object(t)
			// The description leaves out the object around an error.
			if e, wrapped := body["error"].(object); wrapped {
				body = e
			}
			// Totals are left out of large sets, which no description can say.
			if p, ok := body["pagination"].(object); ok && p["large_set"] == true {
				p["total"], p["total_pages"] = nil, nil
			}
			schema := schemaOf(t, doc, http.MethodGet, r.path, got.status)
			closed(&openapi3.SchemaRef{Value: schema}, map[*openapi3.Schema]bool{})
			conforms(t, schema, body)
		})
	}
	for _, status := range []int{200, 400, 403, 404, 429, 503} {
		if !statuses[status] {
			t.Errorf("no answer had status %d", status)
		}
	}
}

// onezoneDescription is the description, mended where the real service is
// known to answer otherwise.
func onezoneDescription(t *testing.T) *openapi3.T {
	t.Helper()
	var old openapi2.T
	if err := json.Unmarshal(readDescription(t, "onezone-subset.swagger.json"), &old); err != nil {
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

func TestOnezoneConforms(t *testing.T) {
	doc := onezoneDescription(t)
	failure := doc.Components.Schemas["Error"].Value
	s := start(t, nil)
	statuses := map[int]bool{}
	check := func(t *testing.T, method, path string, got reply) {
		t.Helper()
		statuses[got.status] = true
		if got.status >= 400 {
			conforms(t, failure, got.object(t))
			return
		}
		conforms(t, schemaOf(t, doc, method, path, got.status), got.object(t))
	}
	for _, service := range s.Services() {
		for _, a := range service.Accounts {
			if service.URL != account(t, s, "datahub").BaseURL || a.State == "not_found" {
				continue // not the service itself answers
			}
			t.Run(a.Profile, func(t *testing.T) {
				got := askOnezone(t, s, a.Profile, "/user")
				if a.Profile == "satellite" {
					return // an old zone, which no description fits
				}
				check(t, http.MethodGet, "/user", got)
				for _, path := range []string{
					"/user/groups", "/user/effective_groups", "/user/spaces", "/user/effective_spaces",
					"/user/effective_privileges", "/user/tokens/named", "/configuration",
				} {
					check(t, http.MethodGet, path, askOnezone(t, s, a.Profile, path))
				}
				if a.Token == "" {
					return
				}
				for _, question := range []string{"examine", "verify_access_token", "infer_access_token_scope"} {
					path := "/tokens/" + question
					check(t, http.MethodPost, path, ask(t, http.MethodPost, a.BaseURL+"/api/v3/onezone"+path,
						fmt.Sprintf(`{"token":%q}`, a.Token), "Content-Type", "application/json"))
				}
			})
		}
	}
	for _, path := range []string{"/user/groups/{gid}", "/user/effective_groups/{gid}"} {
		at := strings.Replace(path, "{gid}", "6825604b0eb6a47b8b7a04b6369eb24d", 1)
		check(t, http.MethodGet, path, askOnezone(t, s, "datahub", at))
	}
	for _, path := range []string{"/user/spaces/{sid}", "/user/effective_spaces/{sid}"} {
		at := strings.Replace(path, "{sid}", hexID("scratch"), 1)
		check(t, http.MethodGet, path, askOnezone(t, s, "datahub", at))
	}
	check(t, http.MethodGet, "/tokens/named/{id}", askOnezone(t, s, "datahub", "/tokens/named/x"))
	check(t, http.MethodGet, "/user", askOnezone(t, s, "datahub", "/user/groups/unknown"))
	for _, status := range []int{200, 400, 401, 403, 404, 500} {
		if !statuses[status] {
			t.Errorf("no answer had status %d", status)
		}
	}
}
