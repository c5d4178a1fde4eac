package cmd

import (
	"rollcall/client/account"
	"rollcall/client/insight"
)

// summaryJSON counts by severity.
type summaryJSON struct {
	// Total is how many there are.
	Total int `json:"total"`
	// OK is how many are fine.
	OK int `json:"ok"`
	// Warn is how many there is a warning of.
	Warn int `json:"warn"`
	// Fail is how many are bad.
	Fail int `json:"fail"`
	// None is how many say nothing of it, such as a profile that is switched off.
	None int `json:"none"`
}

func (s *summaryJSON) count(sev account.Severity) {
	s.Total++
	switch sev {
	case account.SeverityOK:
		s.OK++
	case account.SeverityWarn:
		s.Warn++
	case account.SeverityFail:
		s.Fail++
	case account.SeverityNone:
		s.None++
	}
}

// statusSumJSON counts profiles, by urgency too.
type statusSumJSON struct {
	summaryJSON
	// Urgency counts by whether a person has to look after them.
	Urgency urgenciesJSON `json:"urgency"`
}

// urgenciesJSON counts by urgency.
type urgenciesJSON struct {
	// Now is how many need somebody now.
	Now int `json:"now"`
	// Soon is how many have a token that ends within expiry_warning.
	Soon int `json:"soon"`
	// Waiting is how many could not be asked, or not yet.
	Waiting int `json:"waiting"`
	// Fine is how many need nobody.
	Fine int `json:"fine"`
	// Snoozed is how many nobody wants to hear of for a while.
	Snoozed int `json:"snoozed"`
	// Off is how many are switched off.
	Off int `json:"off"`
}

func (s *urgenciesJSON) count(u insight.Urgency) {
	switch u {
	case insight.UrgencyNow:
		s.Now++
	case insight.UrgencySoon:
		s.Soon++
	case insight.UrgencyWaiting:
		s.Waiting++
	case insight.UrgencyFine:
		s.Fine++
	case insight.UrgencySnoozed:
		s.Snoozed++
	case insight.UrgencyOff:
		s.Off++
	}
}
