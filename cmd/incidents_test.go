package cmd

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/config"
)

// TestStatusSaysAnIncidentOnce looks at the rows of profiles that fail alike.
func TestStatusSaysAnIncidentOnce(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	const own = "There is no way to a.example from this network."
	var profiles []config.Profile
	var snapshots []account.Snapshot
	for _, name := range []string{"a", "b"} {
		profiles = append(profiles, config.Profile{Name: name})
		snapshots = append(snapshots, account.Snapshot{
			Profile: name, Endpoint: "https://" + name + ".example/core/v1/users/current",
			Health: account.Health{State: account.Unreachable, Code: "no_route", CheckedAt: now, Explanation: own},
		})
	}
	incidents := insight.Incidents(snapshots)
	var out bytes.Buffer
	if err := writeTable(&out, screen{}, statusColumns(), statusRows(screen{}, now, profiles, snapshots, incidentTitles(incidents))); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), own) || strings.Count(out.String(), "No network.") != 2 {
		t.Errorf("the incident does not stand in place of what it explains:\n%s", out.String())
	}
	if snapshots[0].Health.Explanation != own {
		t.Error("the snapshot itself was changed")
	}
}

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
