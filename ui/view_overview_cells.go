package ui

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/ui/theme"
)

// sortKey is the value of a row in a column. Rows are ordered by the number, and
// those with the same number by the text; the rows whose value is unknown come
// last, whatever the direction.
type sortKey struct {
	number  float64
	text    string
	unknown bool
}

func (k sortKey) compare(o sortKey) int {
	return cmp.Or(cmp.Compare(k.number, o.number), strings.Compare(k.text, o.text))
}

// textKey sorts by a text, whatever its case.
func textKey(s string) sortKey { return sortKey{text: strings.ToLower(s), unknown: s == ""} }

// columnKey is the value of a row in a column that commands sort by, too.
func (r *row) columnKey(column insight.Order) sortKey {
	k := column.Key(&insight.Sortable{
		Standing: &r.standing, Label: r.config.Label, Tags: r.config.Tags, Host: r.host, Source: r.source, Snapshot: r.snap,
	})
	return sortKey{k.Number, k.Text, k.Unknown}
}

func profileCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	return r.config.Name, in.Text
}
func profileKey(r *row) sortKey { return sortKey{text: r.sortName()} }

func stateCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	return r.standing.Word(), stateInk(in, &r.standing)
}

// stateKey has the worst first.
func stateKey(r *row) sortKey {
	rank := slices.Index(account.States(), r.standing.State)
	return sortKey{number: float64(urgency(r.stands())*100 + rank)}
}

func urgencyCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	return string(r.standing.Urgency), dueInk(in, &r.standing)
}

func urgencyKey(r *row) sortKey {
	return sortKey{number: float64(slices.Index(insight.Urgencies(), r.standing.Urgency))}
}

func dueCell(r *row, c *canvas, in *theme.Inks) (string, theme.Ink) {
	return r.standing.Due.Words(c.now), dueInk(in, &r.standing)
}

// reasonCell is the due with what it is about.
func reasonCell(r *row, c *canvas, in *theme.Inks) (string, theme.Ink) {
	st := &r.standing
	return strings.TrimSpace(st.Reason(r.snap.Health, c.now) + " " + st.Due.Words(c.now)), dueInk(in, st)
}

func dueKey(r *row) sortKey {
	switch d := r.standing.Due; {
	case d.Kind == insight.DueNever:
		return sortKey{number: math.MaxFloat64}
	default:
		return sortKey{number: float64(d.At.Unix()), unknown: d.At.IsZero()}
	}
}

func tagsCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) { return r.tags(), in.Muted }
func tagsKey(r *row) sortKey                                         { return r.columnKey("tags") }

func labelCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) { return r.config.Label, in.Text }
func labelKey(r *row) sortKey                                         { return r.columnKey("label") }

func hostCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) { return r.host, in.Muted }
func hostKey(r *row) sortKey                                         { return r.columnKey("host") }

func sourceCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) { return r.source, in.Muted }
func sourceKey(r *row) sortKey                                         { return r.columnKey("source") }

func emailCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) { return r.email(), in.Text }
func emailKey(r *row) sortKey                                         { return r.columnKey("email") }

func tokenCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) { return r.token(), in.Muted }
func tokenKey(r *row) sortKey                                         { return r.columnKey("token") }

func sinceCell(r *row, c *canvas, in *theme.Inks) (string, theme.Ink) {
	if r.standing.Since.IsZero() {
		return "", in.Muted
	}
	return text.Ago(c.now.Sub(r.standing.Since)), in.Muted
}

func sinceKey(r *row) sortKey { return r.columnKey("since") }

// noteCell is why the profile stands where it does and what to do, or what somebody
// noted when it was snoozed.
func noteCell(r *row, c *canvas, in *theme.Inks) (string, theme.Ink) {
	return r.standing.Note(*r.snap, c.now), in.Text
}

func noteKey(r *row) sortKey { return r.columnKey("note") }

func serviceCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) { return r.service, in.Text }
func serviceKey(r *row) sortKey                                         { return sortKey{text: r.service, unknown: r.service == ""} }

func userCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	switch {
	case r.user() == "":
		return nobody(r.snap.Health.State), in.Muted
	case r.snap.Stale():
		return r.user(), in.Stale
	}
	return r.user(), in.Text
}

// nobody is what stands where the user is not known.
func nobody(s account.State) string {
	switch s {
	case account.Checking, account.Disabled:
		return ""
	case account.NoUser:
		return "none"
	default:
		return "unknown"
	}
}

func userKey(r *row) sortKey { return textKey(r.user()) }

func orgsCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	if r.snap.Account == nil {
		return "", in.Muted
	}
	return strconv.Itoa(r.snap.Account.CountOrganizations()), in.Text
}

func orgsKey(r *row) sortKey { return r.columnKey("orgs") }

func expiryCell(r *row, c *canvas, in *theme.Inks) (string, theme.Ink) {
	e := r.ending()
	if e.KindOrUnknown() != account.ExpiryDate {
		if r.snap.Account == nil {
			return "", in.Muted
		}
		return string(e.KindOrUnknown()), in.Muted
	}
	switch left := e.At.Sub(c.now); {
	case left <= 0:
		return "ended", in.Fail
	case r.snap.Health.State == account.Expiring || left < time.Hour:
		return text.Remaining(left), in.Warn
	default:
		return text.Remaining(left), in.Text
	}
}

func expiryKey(r *row) sortKey { return r.columnKey("expires") }

func budgetCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	l, words := r.snap.RateLimit, budgetWords(r.snap.RateLimit)
	switch {
	case l.Remaining == nil:
		return words, in.Muted
	case l.Limit == nil:
		return words, in.Text
	}
	return words, budgetInk(in, l)
}

func budgetKey(r *row) sortKey { return r.columnKey("budget") }

func latencyCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	if r.snap.Health.Latency <= 0 {
		return "", in.Muted
	}
	return text.Latency(r.snap.Health.Latency), in.Text
}

func latencyKey(r *row) sortKey { return r.columnKey("latency") }

func changedCell(r *row, c *canvas, in *theme.Inks) (string, theme.Ink) {
	at := r.changedAt()
	if at.IsZero() {
		return "", in.Muted
	}
	if r.unseen {
		return c.Glyphs.Changed + " " + text.Ago(c.now.Sub(at)), in.Accent
	}
	return text.Ago(c.now.Sub(at)), in.Muted
}

func changedKey(r *row) sortKey { return r.columnKey("changed") }
