package demotest

import (
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"rollcall/client/demo/web"
)

// SchemaOf finds what a description says of an answer's body.
func SchemaOf(t *testing.T, doc *openapi3.T, method, path string, status int) *openapi3.Schema {
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

// Conforms holds the body of an answer to a schema.
func Conforms(t *testing.T, schema *openapi3.Schema, body any) {
	t.Helper()
	if err := schema.VisitJSON(body, openapi3.MultiErrors()); err != nil {
		t.Errorf("%s\ndoes not conform: %v", web.Encode(body), err)
	}
}
