package ui

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// column is one column of the overview.
type column struct {
	title string
	width int
	// rank says how soon it has to go when it gets narrow; the highest goes
	// first.
	rank int
	// right sets numbers in a line; wide takes what room is left over; found
	// brings out what the filter found.
	right, wide, found bool
	cell               func(r *row, c *canvas, in *theme.Inks) (string, theme.Ink)
	// key is what the column is sorted by.
	key func(r *row) sortKey
}

// sortKey is the value of a row in a column. Rows are ordered by the number, and
// those with the same number by the text; the rows whose value is unknown come
// last, also in the reversed order.
type sortKey struct {
	number  float64
	text    string
	unknown bool
}

func (k sortKey) compare(o sortKey) int {
	return cmp.Or(cmp.Compare(k.number, o.number), strings.Compare(k.text, o.text))
}

// overviewColumns are all columns from left to right, with the widths for the
// profiles there are.
func overviewColumns(t *roster) []column {
	return []column{
		{title: "Profile", width: clamp(t.nameWidth, 8, 24), found: true, cell: profileCell, key: profileKey},
		{title: "State", width: stateWidth, rank: 1, cell: stateCell, key: stateKey},
		{title: "Service", width: clamp(t.serviceWidth, 8, 16), rank: 7, cell: serviceCell, key: serviceKey},
		{title: "User", width: 12, rank: 3, wide: true, cell: userCell, key: userKey},
		{title: "Orgs", width: 5, rank: 8, right: true, cell: orgsCell, key: orgsKey},
		{title: "Expires", width: 10, rank: 2, cell: expiryCell, key: expiryKey},
		{title: "Budget", width: 10, rank: 4, right: true, cell: budgetCell, key: budgetKey},
		{title: "Latency", width: 8, rank: 5, right: true, cell: latencyCell, key: latencyKey},
		{title: "Changed", width: 13, rank: 6, cell: changedCell, key: changedKey},
	}
}

// columnGap is between two columns; a column needs one cell for the sign of
// its order besides.
const columnGap = 2

// widestExtra is as much as a column takes of the room that is left over.
const widestExtra = 28

// fitted is a column with the width that it has on the screen.
type fitted struct {
	*column
	room int
}

// fit is the columns that w cells have room for, from left to right.
func fit(all []column, w int) []fitted {
	left, total := make([]fitted, len(all)), -columnGap
	for i := range all {
		left[i] = fitted{&all[i], all[i].width}
		total += all[i].width + columnGap
	}
	for len(left) > 1 && total > w {
		least := slices.MaxFunc(left, func(a, b fitted) int { return a.rank - b.rank })
		left = slices.DeleteFunc(left, func(f fitted) bool { return f.column == least.column })
		total -= least.width + columnGap
	}
	for i := range left {
		switch {
		case left[i].wide:
			left[i].room += clamp(w-total, 0, widestExtra)
		case len(left) == 1:
			left[i].room = w
		}
	}
	return left
}

func profileCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	return r.config.Name, in.Text
}
func profileKey(r *row) sortKey { return sortKey{text: r.sortName()} }

func stateCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	return r.snap.Health.State.Word(), in.Severity(r.severity())
}

func stateKey(r *row) sortKey {
	rank := slices.Index(account.States(), r.snap.Health.State)
	return sortKey{number: float64(urgency(r.severity())*100 + rank)}
}

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

func userKey(r *row) sortKey {
	return sortKey{text: strings.ToLower(r.user()), unknown: r.user() == ""}
}

func orgsCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	if r.snap.Account == nil {
		return "", in.Muted
	}
	return strconv.Itoa(len(r.snap.Account.Organizations)), in.Text
}

func orgsKey(r *row) sortKey {
	if r.snap.Account == nil {
		return sortKey{unknown: true}
	}
	return sortKey{number: -float64(len(r.snap.Account.Organizations))}
}

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

func expiryKey(r *row) sortKey {
	switch e := r.ending(); e.KindOrUnknown() {
	case account.ExpiryDate:
		return sortKey{number: float64(e.At.Unix())}
	case account.ExpiryNever:
		return sortKey{number: math.MaxFloat64}
	default:
		return sortKey{unknown: true}
	}
}

func budgetCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	l := r.snap.RateLimit
	switch {
	case l.Remaining == nil && l.Limit == nil:
		return "", in.Muted
	case l.Remaining == nil:
		return "limit " + number(l.Limit), in.Muted
	case l.Limit == nil:
		return number(l.Remaining) + " left", in.Text
	}
	return number(l.Remaining) + "/" + number(l.Limit), budgetInk(in, l)
}

func budgetKey(r *row) sortKey {
	l := r.snap.RateLimit
	if l.Remaining == nil || l.Limit == nil || *l.Limit <= 0 {
		return sortKey{unknown: true}
	}
	return sortKey{number: float64(*l.Remaining) / float64(*l.Limit)}
}

func latencyCell(r *row, _ *canvas, in *theme.Inks) (string, theme.Ink) {
	if r.snap.Health.Latency <= 0 {
		return "", in.Muted
	}
	return text.Latency(r.snap.Health.Latency), in.Text
}

func latencyKey(r *row) sortKey {
	return sortKey{number: -float64(r.snap.Health.Latency), unknown: r.snap.Health.Latency <= 0}
}

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

func changedKey(r *row) sortKey {
	at := r.changedAt()
	return sortKey{number: -float64(at.Unix()), unknown: at.IsZero()}
}

// cells writes the cells of a row beside each other.
func (c *canvas) cells(columns []fitted, r *row, in *theme.Inks, plain theme.Ink) string {
	var b strings.Builder
	for i, col := range columns {
		text, tone := col.cell(r, c, in)
		text = draw.Cut(text, col.room, c.Glyphs.Tail)
		room := draw.Spaces(col.room - ansi.StringWidth(text))
		switch {
		case col.right:
			b.WriteString(tone.Render(room + text))
		case col.found:
			b.WriteString(draw.Highlight(in, text, plain, c.query) + in.Text.Render(room))
		default:
			b.WriteString(tone.Render(text + room))
		}
		if i < len(columns)-1 {
			b.WriteString(in.Text.Render(draw.Spaces(columnGap)))
		}
	}
	return b.String()
}
