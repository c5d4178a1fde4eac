package cmd

import (
	"bytes"
	"testing"

	"rollcall/client/account"
	"rollcall/client/insight"
)

func TestIncidentsJSON(t *testing.T) {
	var out bytes.Buffer
	if err := writeJSON(&out, newIncidentsJSON(nil)); err != nil || out.String() != "[]\n" {
		t.Errorf("got %q, %v, want an empty list", out.String(), err)
	}
	out.Reset()
	err := writeJSON(&out, newIncidentsJSON([]insight.Incident{{
		State: account.Unreachable, Title: "No network", Explanation: "e", Remedy: "r", Profiles: []string{"a", "b"},
	}}))
	const want = `[
  {
    "state": "unreachable",
    "title": "No network",
    "explanation": "e",
    "remedy": "r",
    "profiles": [
      "a",
      "b"
    ]
  }
]
`
	if err != nil || out.String() != want {
		t.Errorf("got %s, %v", out.String(), err)
	}
}
