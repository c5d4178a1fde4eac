package onezone

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/getkin/kin-openapi/openapi2"
	"github.com/getkin/kin-openapi/openapi2conv"
	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/client/account"
	"rollcall/client/service/servicetest"
)

// TestOnezoneDescription reads answers made from the service's description
// of its interface.
func TestOnezoneDescription(t *testing.T) {
	data, err := os.ReadFile("../../testdata/onezone-subset.swagger.json")
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
		for _, sample := range servicetest.Samples(response.Value.Content.Get("application/json").Schema.Value) {
			body, err := json.Marshal(sample)
			if err != nil {
				t.Fatal(err)
			}
			checked++
			// The same id is described under each status, which decides.
			want := servicetest.Reading{Status: servicetest.Status(t, status), Body: string(body), Code: "badValueString", State: map[string]account.State{
				"400": account.BadRequest, "401": account.InvalidToken, "403": account.Forbidden, "404": account.NotFound, "500": account.ServerError,
			}[status]}
			if status == "200" {
				want.State, want.Code = account.Healthy, ""
			}
			t.Run(status, func(t *testing.T) { servicetest.Check(t, Service{}, want) })
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
			servicetest.Check(t, Service{}, servicetest.Reading{
				Status: 401, State: state, Code: "tokenCaveatUnverified",
				Body: `{"error":{"id":"unauthorized","description":"x","details":{"authError":{"id":"tokenCaveatUnverified","description":"y","details":{"caveat":` +
					string(caveat) + `}}}}}`,
			})
		})
	}
}
