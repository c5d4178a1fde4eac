package ui

import "rollcall/client"

// severities are all of them, as they are counted for people.
func severities() [4]client.Severity {
	return [4]client.Severity{client.SeverityOK, client.SeverityWarn, client.SeverityFail, client.SeverityNone}
}

// severityWord is a severity as people read it.
func severityWord(s client.Severity) string {
	switch s {
	case client.SeverityOK:
		return "ok"
	case client.SeverityWarn:
		return "warn"
	case client.SeverityFail:
		return "fail"
	default:
		return "unchecked"
	}
}

// urgency puts what needs somebody's attention first.
func urgency(s client.Severity) int {
	switch s {
	case client.SeverityFail:
		return 0
	case client.SeverityWarn:
		return 1
	case client.SeverityNone:
		return 2
	default:
		return 3
	}
}

// stateWidth is the width of the longest word of a state.
const stateWidth = len("credential missing")
