package cmd

import (
	"cmp"
	"fmt"
	"io"
	"slices"
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
	service  account.ServiceInfo
	snapshot account.Snapshot
	standing insight.Standing
	active   bool
	// source is where the credential is.
	source string
	// advice is what to do, also for a profile that nobody is to be called for, and
	// command the command line that does it; empty for none.
	advice  account.Advice
	command string
}

// newAccountPage makes the page of a profile. warning is how long before its end a token
// is to be renewed.
func (a *app) newAccountPage(p config.Profile, s account.Snapshot, warning time.Duration) accountPage {
	shown, st := a.named(p), insight.StandingOf(&s, a.now(), warning)
	advice := st.Advice(s, a.now())
	if st.Urgency == insight.UrgencySnoozed {
		advice = s.Advice(a.now())
	}
	return accountPage{shown, a.services.Info(p.Provider), s, st, false, a.source(p), advice, a.commandFor(shown.Name, advice)}
}

// writeAccount prints an account as paragraphs of a name and a value a line: what to
// do first, then who that is, and then the rest.
func writeAccount(w io.Writer, sc screen, now time.Time, p accountPage) error {
	s := p.snapshot
	sections := [][][]cell{headSection(sc, now, p)}
	if s.Account != nil {
		sections = append(sections, userSection(s, now))
	}
	sections = append(sections, tokenSection(s, now))
	if s.Account != nil {
		sections = append(sections, organizationSections(text.Capitalized(p.service.Groups()), *s.Account)...)
		sections = append(sections, linkedSections(s.Account.LinkedAccounts)...)
	}
	sections = append(sections, profileSection(p), checkSection(s, now))
	// A title alone tells nothing.
	sections = slices.DeleteFunc(sections, func(rows [][]cell) bool { return len(rows) == 1 && len(rows[0]) == 1 })
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

// headSection is how the profile is, and what to do about it.
func headSection(sc screen, now time.Time, p accountPage) [][]cell {
	s, st := p.snapshot, p.standing
	severity := st.State.Severity()
	style := severityStyle(severity)
	if st.Stale {
		style = faint()
	}
	name := p.profile.Name
	if p.active {
		name += " " + theme.ActiveMark(sc.ascii)
	}
	rows := [][]cell{{{theme.Mark(severity, sc.ascii) + " " + name, bold()}, {st.Word(), style}}}
	rows = field(rows, "urgency", string(st.Urgency))
	rows = field(rows, "due", dueLine(st.Due, now))
	rows = field(rows, "explanation", p.advice.Explanation)
	rows = field(rows, "remedy", p.advice.Remedy)
	if !strings.Contains(p.advice.Remedy, p.command) {
		rows = field(rows, "command", p.command)
	}
	if st.Urgency == insight.UrgencySnoozed {
		rows = field(rows, "ends sooner", endsSooner(s.Snooze))
		rows = field(rows, "note", s.Snooze.Note)
	}
	return rows
}

// profileSection is what the configuration says.
func profileSection(p accountPage) [][]cell {
	rows := [][]cell{title("Profile")}
	rows = field(rows, "label", p.profile.Label)
	rows = field(rows, "tags", strings.Join(p.profile.Tags, ", "))
	rows = field(rows, "service", cmp.Or(p.service.Title, p.profile.Provider))
	rows = field(rows, "address", p.snapshot.Address())
	return field(rows, "source", p.source)
}

// checkSection is what the last check found.
func checkSection(s account.Snapshot, now time.Time) [][]cell {
	h := s.Health
	rows := [][]cell{title("Check")}
	rows = field(rows, "state", h.State.Word())
	rows = field(rows, "since", sinceLine(s.Since, now))
	rows = field(rows, "verdict", verdictLine(s, now))
	rows = field(rows, "checked", ago(h.CheckedAt, now))
	if h.HTTPStatus != 0 {
		rows = field(rows, "status", fmt.Sprint(h.HTTPStatus))
	}
	rows = field(rows, "code", h.Code)
	rows = field(rows, "description", h.Description)
	if h.Latency > 0 {
		rows = field(rows, "latency", latencyWords(h.Latency))
	}
	if h.Attempts > 1 {
		rows = field(rows, "attempts", fmt.Sprint(h.Attempts))
	}
	if h.RetryAt.After(now) {
		rows = field(rows, "asked again", "in "+text.Countdown(h.RetryAt.Sub(now)))
	}
	if s.Stale() {
		rows = field(rows, "last good", ago(s.AccountAt, now))
	}
	return rows
}

func userSection(s account.Snapshot, now time.Time) [][]cell {
	u := s.Account.User
	rows := [][]cell{title("User")}
	rows = field(rows, "name", u.Name())
	rows = field(rows, "id", u.ID)
	rows = field(rows, "username", u.Username)
	rows = field(rows, "email", strings.Join(u.Emails, ", "))
	rows = field(rows, "created", date(u.CreatedAt))
	rows = field(rows, "page", u.URL)
	rows = field(rows, "picture", u.AvatarURL)
	if u.BasicAuthEnabled != nil {
		rows = field(rows, "password", map[bool]string{true: "may be used", false: "may not be used"}[*u.BasicAuthEnabled])
	}
	return rows
}

func tokenSection(s account.Snapshot, now time.Time) [][]cell {
	rows := [][]cell{title("Token")}
	if t, ok := s.Token(); ok {
		rows = field(rows, "name", t.Name)
		rows = field(rows, "id", t.ID)
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
	name := "budget"
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
		return e.At.In(now.Location()).Format(text.DateLayout(0)) + ", " + when + expirySource(e)
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

// organizationSections lists organizations under the word of the service for them.
func organizationSections(word string, a account.Account) [][][]cell {
	if len(a.Organizations) == 0 {
		return nil
	}
	rows := [][]cell{title(fmt.Sprintf("%s (%d)", word, a.CountOrganizations()))}
	for _, o := range a.Organizations {
		about := o.SubDomain
		if about == "" {
			about = o.Kind
		}
		rows = append(rows, []cell{{"  " + cmp.Or(o.Name, o.ID), nil}, {about, nil}, {o.Standing(), nil}, {o.ID, faint()}})
	}
	if more := a.CountOrganizations() - len(a.Organizations); more > 0 {
		rows = append(rows, []cell{{fmt.Sprintf("  and %d more", more), faint()}})
	}
	return [][][]cell{rows}
}

func linkedSections(accounts []account.LinkedAccount) [][][]cell {
	var sections [][][]cell
	for _, l := range accounts {
		rows := [][]cell{title("Linked account at " + l.IDP)}
		rows = field(rows, "subject", l.SubjectID)
		rows = field(rows, "name", l.FullName)
		rows = field(rows, "username", l.Username)
		rows = field(rows, "email", strings.Join(l.Emails, ", "))
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

// dueLine is the moment that matters most about a profile, what it is, and the time
// of the clock.
func dueLine(d insight.Due, now time.Time) string {
	said := d.Phrase(now)
	at := map[insight.DueKind]string{insight.DueEnd: "on", insight.DueSince: "since", insight.DueSnooze: "until"}[d.Kind]
	if at == "" || d.At.IsZero() {
		return said
	}
	return said + ", " + at + " " + d.At.In(now.Location()).Format(text.DateLayout(0))
}

// sinceLine tells a moment, and how long ago it was.
func sinceLine(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(now.Location()).Format(text.DateLayout(0)) + ", " + ago(t, now)
}
