package cmd

import (
	"time"

	"rollcall/client/account"
)

type doctorJSON struct {
	Schema      int           `json:"schema"`
	GeneratedAt timeJSON      `json:"generated_at"`
	Summary     summaryJSON   `json:"summary"`
	Checks      []findingJSON `json:"checks"`
}

type findingJSON struct {
	// Profile is empty where the check is of the set-up as a whole.
	Profile  string           `json:"profile"`
	Check    string           `json:"check"`
	Severity account.Severity `json:"severity"`
	Finding  string           `json:"finding"`
	Remedy   string           `json:"remedy"`
}

func newDoctorJSON(now time.Time, findings []finding) doctorJSON {
	out := doctorJSON{Schema: schema, GeneratedAt: timeJSON(now), Checks: []findingJSON{}}
	for _, f := range findings {
		out.Checks = append(out.Checks, findingJSON{f.profile, f.check, f.severity, f.text, f.remedy})
		out.Summary.count(f.severity)
	}
	return out
}
