package declared_test

import (
	"slices"
	"strings"
	"testing"

	"rollcall/client/service"
	"rollcall/client/service/declared"
)

// TestVariables checks that the tools of a service get a secret only together with
// where it belongs.
func TestVariables(t *testing.T) {
	public := map[string]any{"url": "https://tracker.example.org/me"}
	placed := map[string]any{
		"url": "https://api.{site}/me", "parts": map[string]any{"site": []any{"tracker.example.org", "tracker.example.eu"}},
	}
	token, url := []any{"X_TOKEN"}, []any{"X_URL"}
	site := map[string]any{"site": []any{"X_SITE"}}
	for name, c := range map[string]struct {
		description, variables map[string]any
		base                   string
		want, withheld         string
	}{
		"the public address": {public, map[string]any{"token": token}, "https://tracker.example.org", "X_TOKEN=s", ""},
		"the public address needs no telling": {
			public, map[string]any{"token": token, "url": url}, "https://tracker.example.org", "X_TOKEN=s", "",
		},
		"an address of its own": {
			public, map[string]any{"token": token, "url": url}, "https://own.example.net", "X_TOKEN=s X_URL=https://own.example.net", "",
		},
		"an address that tools cannot be told": {public, map[string]any{"token": token}, "https://own.example.net", "", "X_TOKEN"},
		"a part that tools can be told": {
			placed, map[string]any{"token": token, "parts": site}, "https://api.tracker.example.eu", "X_TOKEN=s X_SITE=tracker.example.eu", "",
		},
		"a part that tools cannot be told": {placed, map[string]any{"token": token}, "https://api.tracker.example.eu", "", "X_TOKEN"},
		"a part that is none of the allowed ones": {
			placed, map[string]any{"token": token, "parts": site}, "https://api.evil.example.net", "", "X_TOKEN",
		},
		"another address in place of the part": {
			placed, map[string]any{"token": token, "parts": site}, "https://own.example.net", "", "X_TOKEN",
		},
		"another port": {
			placed, map[string]any{"token": token, "parts": site}, "https://api.tracker.example.eu:8443", "", "X_TOKEN",
		},
		"a second secret and a name": {
			public, map[string]any{"token": token, "second_token": []any{"X_SECOND"}, "username": []any{"X_USER"}},
			"https://tracker.example.org", "X_TOKEN=s X_SECOND=s2 X_USER=sam", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			values := map[string]any{"auth": "Bearer {token}", "id": "$.id", "variables": c.variables}
			for key, v := range c.description {
				values[key] = v
			}
			s, faults := declared.New("tracker", values)
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			g := service.Grant{Base: c.base, Secret: "s", Second: "s2", Username: "sam"}
			set, read := s.Variables(g)
			var got []string
			for _, v := range set {
				got = append(got, v.Name+"="+v.Value)
				if !slices.Contains(read, v.Name) {
					t.Errorf("%s is set and not among those that are read", v.Name)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("set %q, want %q", got, c.want)
			}
			var withheld []string
			for _, w := range s.Withheld(g) {
				withheld = append(withheld, w.Variable)
			}
			if strings.Join(withheld, " ") != c.withheld {
				t.Errorf("withheld %q, want %q", withheld, c.withheld)
			}
		})
	}
}

// TestVariablesOfUnknownParts checks that a part that is none is told.
func TestVariablesOfUnknownParts(t *testing.T) {
	_, faults := declared.New("tracker", map[string]any{
		"url": "https://{site}.example.org/me", "auth": "Bearer {token}", "id": "$.id",
		"variables": map[string]any{"parts": map[string]any{"sites": []any{"X_SITE"}}},
	})
	if len(faults) != 1 || !strings.Contains(faults[0].Message, "no part {sites}") {
		t.Errorf("told %v", faults)
	}
}
