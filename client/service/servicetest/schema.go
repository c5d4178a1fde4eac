package servicetest

import (
	"fmt"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

func Status(t *testing.T, s string) (status int) {
	t.Helper()
	if _, err := fmt.Sscan(s, &status); err != nil {
		t.Fatal(err)
	}
	return status
}

// Samples makes values that a schema allows: one for each alternative.
func Samples(s *openapi3.Schema) []any {
	var all []any
	for _, alternative := range s.OneOf {
		all = append(all, Samples(alternative.Value)...)
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
		return []any{[]any{Samples(s.Items.Value)[0]}}
	}
	object := map[string]any{}
	for name, p := range s.Properties {
		object[name] = Samples(p.Value)[0]
	}
	return []any{object}
}
