package cmd

import (
	"fmt"

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

	// off are those of None that are switched off.
	off int
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

// words are the counts of what the noun names.
func (s summaryJSON) words(noun string) string {
	text := fmt.Sprintf("%d %s: %d ok, %d %s, %d %s",
		s.Total, plural(s.Total, noun), s.OK, s.Warn, plural(s.Warn, "warning"), s.Fail, plural(s.Fail, "failure"))
	if n := s.None - s.off; n > 0 {
		text += fmt.Sprintf(", %d not checked", n)
	}
	if s.off > 0 {
		text += fmt.Sprintf(", %d off", s.off)
	}
	return text
}
