package cmd

import (
	"time"

	"rollcall/client/account"
)

// doctorJSON is what was looked at of the set-up and of the way to each service.
type doctorJSON struct {
	// Schema is the number of this format.
	Schema int `json:"schema"`
	// GeneratedAt is when this was printed.
	GeneratedAt timeJSON `json:"generated_at"`
	// Summary is how many checks came out how.
	Summary summaryJSON `json:"summary"`
	// Checks are all that was looked at, those of the set-up first.
	Checks []findingJSON `json:"checks"`
}

// findingJSON is what one check found.
type findingJSON struct {
	// Profile is empty where the check is of the set-up as a whole.
	Profile string `json:"profile"`
	// Check is what was looked at, such as certificate.
	Check string `json:"check"`
	// Severity is how bad it is; none where there was nothing to look at.
	Severity account.Severity `json:"severity"`
	// Finding is what was found, in words.
	Finding string `json:"finding"`
	// Remedy is what to do about it; empty for nothing.
	Remedy string `json:"remedy"`
}

func newDoctorJSON(now time.Time, findings []finding) doctorJSON {
	out := doctorJSON{Schema: schema, GeneratedAt: timeJSON(now), Checks: []findingJSON{}}
	for _, f := range findings {
		out.Checks = append(out.Checks, findingJSON{f.profile, f.check, f.severity, f.text, f.remedy})
		out.Summary.count(f.severity)
	}
	return out
}
