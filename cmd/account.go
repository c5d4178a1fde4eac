package cmd

import (
	"fmt"
	"io"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/theme"
)

// accountPage is all that is told of one profile.
type accountPage struct {
	profile  config.Profile
	snapshot account.Snapshot
	standing insight.Standing
	// source is where the credential is.
	source string
}

// newAccountPage makes the page of a profile. warning is how long before its end a token
// is to be renewed.
func (a *app) newAccountPage(p config.Profile, s account.Snapshot, warning time.Duration) accountPage {
	return accountPage{a.named(p), s, insight.StandingOf(s, a.now(), warning), a.source(p)}
}

// writeAccount prints an account as paragraphs of a name and a value a line.
func writeAccount(w io.Writer, sc screen, now time.Time, p accountPage) error {
	s, source := p.snapshot, p.source
	sections := [][][]cell{healthSection(sc, now, p)}
	if s.Account != nil {
		sections = append(sections, userSection(s, now), tokenSection(s, source, now))
		sections = append(sections, organizationSections(s.Account.Organizations)...)
		sections = append(sections, linkedSections(s.Account.LinkedAccounts)...)
	} else {
		sections = append(sections, tokenSection(s, source, now))
	}
	for i, rows := range sections {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := writeRows(w, sc, rows); err != nil {
			return err
		}
	}
	return nil
}

// field adds a row unless the value is empty.
func field(rows [][]cell, name, value string) [][]cell {
	if value == "" {
		return rows
	}
	return append(rows, []cell{{"  " + name, faint()}, {value, nil}})
}

func title(text string) []cell { return []cell{{text, bold()}} }

func healthSection(sc screen, now time.Time, p accountPage) [][]cell {
	s, h := p.snapshot, p.snapshot.Health
	severity := h.State.Severity()
	rows := [][]cell{{
		{theme.Mark(severity, sc.ascii) + " " + p.profile.Name, bold()},
		{h.State.Word(), severityStyle(severity)},
	}}
	rows = field(rows, "verdict", verdictLine(s, now))
	rows = field(rows, "urgency", string(p.standing.Urgency))
	rows = field(rows, "due", dueWords(p.standing.Due, now))
	if p.standing.Due.Kind == insight.DueSnooze {
		rows = field(rows, "ends sooner", endsSooner(s.Snooze))
		rows = field(rows, "note", s.Snooze.Note)
	}
	rows = field(rows, "label", p.profile.Label)
	rows = field(rows, "tags", strings.Join(p.profile.Tags, ", "))
	rows = field(rows, "service", p.profile.Provider)
	rows = field(rows, "address", s.Endpoint)
	if h.HTTPStatus != 0 {
		rows = field(rows, "HTTP status", fmt.Sprint(h.HTTPStatus))
	}
	rows = field(rows, "code", h.Code)
	rows = field(rows, "description", h.Description)
	advice := s.Advice(now)
	rows = field(rows, "explanation", advice.Explanation)
	rows = field(rows, "what to do", advice.Remedy)
	rows = field(rows, "in this state", sinceLine(s.Since, now))
	rows = field(rows, "checked", ago(h.CheckedAt, now))
	if h.Latency > 0 {
		rows = field(rows, "latency", fmt.Sprintf("%s, %d %s", latencyWords(h.Latency), h.Attempts, plural(h.Attempts, "attempt")))
	}
	if h.RetryAt.After(now) {
		rows = field(rows, "asked again", "in "+text.Countdown(h.RetryAt.Sub(now)))
	}
	if s.Stale() {
		rows = field(rows, "last good answer", ago(s.AccountAt, now))
	}
	return rows
}

func userSection(s account.Snapshot, now time.Time) [][]cell {
	u := s.Account.User
	rows := [][]cell{title("User")}
	rows = field(rows, "id", u.ID)
	rows = field(rows, "name", u.Name())
	rows = field(rows, "user name", u.Username)
	rows = field(rows, "e-mail", strings.Join(u.Emails, ", "))
	rows = field(rows, "since", date(u.CreatedAt))
	rows = field(rows, "avatar", u.AvatarURL)
	rows = field(rows, "page", u.URL)
	if u.BasicAuthEnabled != nil {
		rows = field(rows, "password sign-in", map[bool]string{true: "enabled", false: "disabled"}[*u.BasicAuthEnabled])
	}
	return rows
}

func tokenSection(s account.Snapshot, source string, now time.Time) [][]cell {
	rows := [][]cell{title("Token")}
	rows = field(rows, "source", source)
	if t, ok := s.Token(); ok {
		rows = field(rows, "id", t.ID)
		rows = field(rows, "name", t.Name)
		rows = field(rows, "kind", t.Kind)
		rows = field(rows, "expires", expiryLine(s.Expiry(), now))
		rows = field(rows, "scopes", known(t.Scopes, "not restricted"))
		rows = field(rows, "networks", known(t.Networks, "any address"))
		rows = append(rows, conditions(t)...)
	} else if e := s.Expiry(); e.KindOrUnknown() != account.ExpiryUnknown {
		rows = field(rows, "expires", expiryLine(e, now))
	}
	rows = append(rows, limitRows(s.RateLimits(), now)...)
	return field(rows, "not known", s.Details.Notes.String())
}

// limitRows are the budgets of requests, the nearest to its end first. Where
// there are several, each has its name.
func limitRows(limits []account.RateLimit, now time.Time) [][]cell {
	var rows [][]cell
	name := "rate limit"
	for _, r := range limits {
		words := limitWords(r)
		if words == "-" {
			continue
		}
		if r.ResetAt.After(now) {
			words += ", full again in " + text.Countdown(r.ResetAt.Sub(now))
		}
		if len(limits) > 1 && r.Name != "" {
			words = r.Name + ": " + words
		}
		rows = append(rows, []cell{{"  " + name, faint()}, {words, nil}})
		name = ""
	}
	return rows
}

// conditions are the caveats and facts of a token, each with who says so.
func conditions(t account.Token) [][]cell {
	var rows [][]cell
	for i, c := range t.Conditions() {
		name := ""
		if i == 0 {
			name = "conditions"
		}
		rows = append(rows, []cell{{"  " + name, faint()}, {c, nil}})
	}
	for i, f := range t.Facts {
		name := f.Name
		if i > 0 && t.Facts[i-1].Name == name {
			name = ""
		}
		value := f.Value
		if f.Source != "" {
			value += " (" + f.Source + ")"
		}
		rows = append(rows, []cell{{"  " + name, faint()}, {value, nil}})
	}
	return rows
}

func expiryLine(e account.Expiry, now time.Time) string {
	switch e.KindOrUnknown() {
	case account.ExpiryNever:
		return "never" + expirySource(e)
	case account.ExpiryDate:
		when := "in " + text.Remaining(e.At.Sub(now))
		if !e.At.After(now) {
			when = ago(e.At, now)
		}
		return e.At.UTC().Format(time.RFC3339) + ", " + when + expirySource(e)
	default:
		return "unknown"
	}
}

// expirySource tells in brackets who knows when a token ends.
func expirySource(e account.Expiry) string {
	if e.Source == "" {
		return ""
	}
	return " (" + e.Source + ")"
}

// known is a list in words; unknown for nil, none for an empty list.
func known(values []string, none string) string {
	switch {
	case values == nil:
		return "unknown"
	case len(values) == 0:
		return none
	default:
		return strings.Join(values, ", ")
	}
}

func organizationSections(orgs []account.Organization) [][][]cell {
	if len(orgs) == 0 {
		return nil
	}
	rows := [][]cell{title(fmt.Sprintf("Organizations (%d)", len(orgs)))}
	for _, o := range orgs {
		about := o.SubDomain
		if about == "" {
			about = o.Kind
		}
		rows = append(rows, []cell{{"  " + o.Name, nil}, {about, nil}, {o.Role, nil}, {o.ID, faint()}})
	}
	return [][][]cell{rows}
}

func linkedSections(accounts []account.LinkedAccount) [][][]cell {
	var sections [][][]cell
	for _, l := range accounts {
		rows := [][]cell{title("Linked account at " + l.IDP)}
		rows = field(rows, "subject", l.SubjectID)
		rows = field(rows, "name", l.FullName)
		rows = field(rows, "user name", l.Username)
		rows = field(rows, "e-mail", strings.Join(l.Emails, ", "))
		rows = field(rows, "entitlements", strings.Join(l.Entitlements, ", "))
		rows = field(rows, "custom", l.Custom)
		sections = append(sections, rows)
	}
	return sections
}

// verdictLine is what the service last said of the credential, where the last
// check says something else.
func verdictLine(s account.Snapshot, now time.Time) string {
	v := s.Verdict
	if v.State == "" || v.State == s.Health.State {
		return ""
	}
	said := v.State.Word()
	if !v.At.IsZero() {
		said += ", " + ago(v.At, now)
	}
	return said
}

// dueWords is the moment that matters most about a profile, and what it is.
func dueWords(d insight.Due, now time.Time) string {
	in := "in " + text.Remaining(d.At.Sub(now))
	switch d.Kind {
	case insight.DueEnd:
		if !d.At.After(now) {
			return "ended " + ago(d.At, now)
		}
		return "ends " + in
	case insight.DueNever:
		return "never"
	case insight.DueSince:
		return sinceLine(d.At, now)
	case insight.DueNext:
		return "next try " + in
	case insight.DueSnooze:
		return "snoozed until " + d.At.UTC().Format(time.RFC3339) + ", " + in
	}
	return ""
}

// sinceLine tells a moment, and how long ago it was.
func sinceLine(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	return "since " + t.UTC().Format(time.RFC3339) + ", " + ago(t, now)
}
