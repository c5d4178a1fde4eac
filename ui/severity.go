package ui

import "rollcall/client/account"

// severities are all of them, as they are counted for people.
func severities() [4]account.Severity {
	return [4]account.Severity{account.SeverityOK, account.SeverityWarn, account.SeverityFail, account.SeverityNone}
}

// urgency puts what needs somebody's attention first.
func urgency(s account.Severity) int {
	switch s {
	case account.SeverityFail:
		return 0
	case account.SeverityWarn:
		return 1
	case account.SeverityNone:
		return 2
	default:
		return 3
	}
}

// stateWidth is the width of the longest word of a state.
const stateWidth = len("credential missing")
