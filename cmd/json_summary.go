package cmd

import (
	"rollcall/client/account"
	"rollcall/client/insight"
)

// summaryJSON counts by severity.
type summaryJSON struct {
	Total int `json:"total"`
	OK    int `json:"ok"`
	Warn  int `json:"warn"`
	Fail  int `json:"fail"`
	None  int `json:"none"`
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
	Urgency urgenciesJSON `json:"urgency"`
}

// urgenciesJSON counts by urgency.
type urgenciesJSON struct {
	Now     int `json:"now"`
	Soon    int `json:"soon"`
	Waiting int `json:"waiting"`
	Fine    int `json:"fine"`
	Snoozed int `json:"snoozed"`
	Off     int `json:"off"`
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
