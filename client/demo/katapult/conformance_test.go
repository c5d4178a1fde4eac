package katapult

import (
	"net/http"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/client/demo/demotest"
	"rollcall/client/demo/web"
)

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

func TestConforms(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromFile("../../testdata/katapult-core-subset.openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	s := demotest.Serve(t, Service, nil)
	const current = "/users/current"
	const orgs, one, tokens = "/organizations", "/organizations/organization", "/organizations/organization/api_tokens"
	type request struct{ profile, path, query string }
	requests := []request{
		{"", current, ""}, // without a token
		{"", orgs, ""},
		{"agency", one, "?organization%5Bsub_domain%5D=birch-logistics"},
		{"agency", tokens, "?organization%5Bsub_domain%5D=birch-logistics"},
		{"work", one, "?organization%5Bsub_domain%5D=acme"},
		{"work", one, "?organization%5Bsub_domain%5D=nowhere"},
		{"work", tokens, "?organization%5Bsub_domain%5D=roe"},
		{"work", tokens, "?organization%5Bsub_domain%5D=nowhere"},
		{"northwind", tokens, "?organization%5Bsub_domain%5D=northwind"},
	}
	for _, p := range s.Profiles {
		if p.State == "bad_response" {
			continue
		}
		requests = append(requests, request{p.Name, current, ""}, request{p.Name, orgs, ""})
	}
	statuses := map[int]bool{}
	for _, r := range requests {
		t.Run(r.profile+" "+r.path+r.query, func(t *testing.T) {
			got := s.Get(t, r.profile, "/core/v1"+r.path+r.query)
			statuses[got.Status] = true
			body := got.Object(t)
			// The description leaves out the object around an error.
			if e, wrapped := body["error"].(web.Object); wrapped {
				body = e
			}
			// Totals are left out of large sets, which no description can say.
			if p, ok := body["pagination"].(web.Object); ok && p["large_set"] == true {
				p["total"], p["total_pages"] = nil, nil
			}
			schema := demotest.SchemaOf(t, doc, http.MethodGet, r.path, got.Status)
			closed(&openapi3.SchemaRef{Value: schema}, map[*openapi3.Schema]bool{})
			demotest.Conforms(t, schema, body)
		})
	}
	for _, status := range []int{200, 400, 403, 404, 429, 503} {
		if !statuses[status] {
			t.Errorf("no answer had status %d", status)
		}
	}
}
