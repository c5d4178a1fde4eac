package client

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/client/account"
)

// TestKatapultDescription reads answers made from the service's description
// of its interface.
func TestKatapultDescription(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromFile("testdata/katapult-core-subset.openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	own := map[string]account.State{
		"missing_api_token": account.CredentialMissing, "unauthorized_network_for_api_token": account.NetworkDenied,
		"invalid_api_token": account.InvalidToken, "invalid_capabilities_token": account.InvalidToken, "scope_not_granted": account.ScopeMissing,
		"no_user_associated_with_identity": account.NoUser, "rate_limit_reached": account.RateLimited, "service_unavailable": account.Unavailable,
		"organization_suspended": account.Forbidden, "organization_not_activated": account.Forbidden, "organization_not_found": account.NotFound,
		"permission_denied": account.Forbidden,
	}
	seen := map[string]bool{}
	for path, item := range doc.Paths.Map() {
		for status, response := range item.Get.Responses.Map() {
			schema := response.Value.Content.Get("application/json").Schema.Value
			for _, sample := range samples(schema) {
				body, err := json.Marshal(sample)
				if err != nil {
					t.Fatal(err)
				}
				if err := schema.VisitJSON(sample); err != nil {
					t.Fatalf("the sample %s is not what %s promises: %v", body, path, err)
				}
				if status == "200" {
					if path == "/users/current" {
						checkReading(t, katapult{}, reading{status: 200, body: string(body), state: account.Healthy})
					}
					continue
				}
				code, _ := sample.(map[string]any)["code"].(string)
				seen[code] = true
				_, d := katapult{}.read(answer{status: toStatus(t, status), body: body}, asked(false))
				if d.Code != code || d.State != own[code] {
					t.Errorf("%s %s %s: %s with code %s, want %s", path, status, code, d.State, d.Code, own[code])
				}
				checkTexts(t, d)
			}
		}
	}
	for code := range own {
		if !seen[code] {
			t.Errorf("the description has no %s any more", code)
		}
	}
}

func toStatus(t *testing.T, s string) (status int) {
	t.Helper()
	if _, err := fmt.Sscan(s, &status); err != nil {
		t.Fatal(err)
	}
	return status
}

// samples makes values that a schema allows: one for each alternative.
func samples(s *openapi3.Schema) []any {
	var all []any
	for _, alternative := range s.OneOf {
		all = append(all, samples(alternative.Value)...)
	}
	switch {
	case all != nil:
		return all
	case s.Example != nil:
		return []any{s.Example}
	case len(s.Enum) > 0:
		return s.Enum
	case s.Type.Is("string"):
		return []any{"some text"}
	case s.Type.Is("integer"), s.Type.Is("number"):
		return []any{7.0}
	case s.Type.Is("boolean"):
		return []any{true}
	case s.Type.Is("array"):
		return []any{[]any{samples(s.Items.Value)[0]}}
	}
	object := map[string]any{}
	for name, p := range s.Properties {
		object[name] = samples(p.Value)[0]
	}
	return []any{object}
}

// TestOnezoneDescription reads answers made from the service's description
// of its interface.
func TestOnezoneDescription(t *testing.T) {
	data, err := os.ReadFile("testdata/onezone-subset.swagger.json")
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
	checked := 0
	for status, response := range doc.Paths.Find("/user").Get.Responses.Map() {
		for _, sample := range samples(response.Value.Content.Get("application/json").Schema.Value) {
			body, err := json.Marshal(sample)
			if err != nil {
				t.Fatal(err)
			}
			checked++
			want := reading{status: toStatus(t, status), body: string(body), state: account.BadRequest, code: "badValueString"}
			if status == "200" {
				want.state, want.code = account.Healthy, ""
			}
			t.Run(status, func(t *testing.T) { checkReading(t, onezone{}, want) })
		}
	}
	if checked < 5 {
		t.Errorf("only %d answers are described", checked)
	}
	onezoneCaveatSamples(t, doc)
}

// onezoneCaveatSamples reads a refusal for each type of caveat described.
func onezoneCaveatSamples(t *testing.T, doc *openapi3.T) {
	states := map[string]account.State{
		"time": account.InvalidToken, "ip": account.NetworkDenied, "asn": account.NetworkDenied, "geo.country": account.NetworkDenied, "geo.region": account.NetworkDenied,
		"service": account.ScopeMissing, "consumer": account.Forbidden, "interface": account.ScopeMissing, "api": account.ScopeMissing,
		"data.readonly": account.ScopeMissing, "data.path": account.ScopeMissing, "data.objectid": account.ScopeMissing,
	}
	for name, state := range states {
		schema := doc.Components.Schemas[name]
		if schema == nil || schema.Value.Example == nil {
			t.Errorf("no example of %s is described", name)
			continue
		}
		caveat, err := json.Marshal(schema.Value.Example)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) {
			checkReading(t, onezone{}, reading{
				status: 401, state: state, code: "tokenCaveatUnverified",
				body: `{"error":{"id":"unauthorized","description":"x","details":{"authError":{"id":"tokenCaveatUnverified","description":"y","details":{"caveat":` +
					string(caveat) + `}}}}}`,
			})
		})
	}
}
