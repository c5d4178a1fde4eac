package katapult

import (
	"encoding/json"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/service/servicetest"
)

// TestKatapultDescription reads answers made from the service's description
// of its interface.
func TestKatapultDescription(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromFile("../../testdata/katapult-core-subset.openapi.json")
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
			for _, sample := range servicetest.Samples(schema) {
				body, err := json.Marshal(sample)
				if err != nil {
					t.Fatal(err)
				}
				if err := schema.VisitJSON(sample); err != nil {
					t.Fatalf("the sample %s is not what %s promises: %v", body, path, err)
				}
				if status == "200" {
					if path == "/users/current" {
						servicetest.Check(t, Service{}, servicetest.Reading{Status: 200, Body: string(body), State: account.Healthy})
					}
					continue
				}
				code, _ := sample.(map[string]any)["code"].(string)
				seen[code] = true
				_, d := read(service.Answer{Status: servicetest.Status(t, status), Body: body}, servicetest.Asked(false))
				if d.Code != code || d.State != own[code] {
					t.Errorf("%s %s %s: %s with code %s, want %s", path, status, code, d.State, d.Code, own[code])
				}
				servicetest.CheckTexts(t, d)
			}
		}
	}
	for code := range own {
		if !seen[code] {
			t.Errorf("the description has no %s any more", code)
		}
	}
}
