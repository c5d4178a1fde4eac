package ui

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
)

// overview is the view of all profiles in one table.
type overview struct {
	roster  *roster
	list    *listPane
	columns [columnCount]column
	// by is the column that sorts, reversed turns it round.
	by       columnID
	reversed bool
	grouped  grouping
	// order is all rows in their order as of made.
	order []*row
	made  overviewKey
	next  time.Time
}

// overviewKey is all that the lines depend on.
type overviewKey struct {
	version, list int
	by            columnID
	reversed      bool
	grouped       grouping
	made          bool
}

func newOverview(t *roster, l *listPane) *overview {
	return &overview{roster: t, list: l, by: asListed, columns: t.columns()}
}

func (o *overview) arrange(c *canvas) ([]sheetLine, bool) {
	version := o.roster.endings
	if o.by != asListed || o.grouped != byNothing {
		version = o.roster.version
	}
	k := overviewKey{version, o.list.arranged, o.by, o.reversed, o.grouped, true}
	if o.made == k && (o.next.IsZero() || o.next.After(c.now)) {
		return nil, false
	}
	if o.made.list != k.list || !o.made.made {
		o.order = slices.Clone(o.list.visible)
	}
	o.made = k
	if o.grouped == byPerson {
		o.roster.meet()
	}
	o.sort()
	o.next = time.Time{}
	for _, r := range o.order {
		if at := r.ending().At; at.After(c.now) && (o.next.IsZero() || at.Before(o.next)) {
			o.next = at
		}
	}
	if o.grouped == byNothing {
		lines := make([]sheetLine, len(o.order))
		for i, r := range o.order {
			lines[i].row = r
		}
		return lines, true
	}
	return o.groups(c.glyphs), true
}

// sort brings the rows into order. Most often one has changed, and they are
// in order still.
func (o *overview) sort() {
	if o.by == asListed {
		o.order = append(o.order[:0], o.list.visible...)
		if o.reversed {
			slices.Reverse(o.order)
		}
		return
	}
	keys := make([]sortKey, len(o.roster.rows))
	for _, r := range o.order {
		keys[r.index] = o.columns[o.by].key(r)
	}
	compare := func(a, b *row) int { return compareRows(a, b, keys, o.reversed) }
	if !slices.IsSortedFunc(o.order, compare) {
		slices.SortFunc(o.order, compare)
	}
}

func compareRows(a, b *row, keys []sortKey, reversed bool) int {
	ka, kb := &keys[a.index], &keys[b.index]
	switch {
	case ka.unknown && kb.unknown:
		return a.index - b.index
	case ka.unknown:
		return 1
	case kb.unknown:
		return -1
	}
	n := ka.compare(*kb)
	if reversed {
		n = -n
	}
	if n == 0 {
		return a.index - b.index
	}
	return n
}

// choose sorts by the column that is n further than the present one among
// those that are seen.
func (o *overview) choose(n, w int) string {
	ids, _ := fit(o.columns, w-2)
	ids = append([]columnID{asListed}, ids...)
	i := max(0, slices.Index(ids, o.by))
	o.by, o.reversed = ids[(i+n+len(ids))%len(ids)], false
	return o.sorted()
}

func (o *overview) sorted() string {
	text := "as listed"
	if o.by != asListed {
		text = "by " + strings.ToLower(o.columns[o.by].title)
	}
	if o.reversed {
		text += ", reversed"
	}
	return text
}

func (o *overview) note(g *glyphs) string {
	note := o.list.note(g)
	if o.by != asListed || o.reversed {
		note += " " + g.dot + " " + o.sorted()
	}
	if o.grouped != byNothing {
		note += " " + g.dot + " grouped " + o.grouped.String()
	}
	return note
}

func (o *overview) none() string { return "No profile matches the filter. Esc clears it." }

func (o *overview) soonest() time.Time { return o.next }

// beforeColumns is how many cells stand left of the columns.
const beforeColumns = 3

func (o *overview) head(c *canvas) []string {
	ids, widths := fit(o.columns, c.w-beforeColumns-1)
	var b strings.Builder
	b.WriteString(spaces(beforeColumns))
	for i, id := range ids {
		title, tone := o.columns[id].title, c.muted
		if id == o.by {
			sign := c.glyphs.up
			if o.reversed {
				sign = c.glyphs.down
			}
			title, tone = title+sign, c.accent
		}
		title = cut(title, widths[i], c.glyphs.tail)
		room := spaces(widths[i] - ansi.StringWidth(title))
		if o.columns[id].right {
			title, room = room+title, ""
		}
		b.WriteString(tone.write(title) + room + spaces(columnGap))
	}
	return []string{pad(strings.TrimRight(b.String(), " "), c.w, "")}
}

// columnAt is the column whose heading is at cell x of a view w wide.
func (o *overview) columnAt(x, w int) (columnID, bool) {
	ids, widths := fit(o.columns, w-2-beforeColumns-1)
	at := 1 + beforeColumns
	for i, id := range ids {
		if x >= at && x < at+widths[i]+columnGap {
			return id, true
		}
		at += widths[i] + columnGap
	}
	return 0, false
}

// tableKey is all that a drawn row of the table depends on.
type tableKey struct {
	styles     *Styles
	version, w int
	selected   bool
	at         int64
	query      string
}

func (o *overview) draw(c *canvas, l sheetLine, selected bool) string {
	if l.row == nil {
		return c.heading(l)
	}
	r := l.row
	k := tableKey{c.Styles, r.version, c.w, selected, r.moment(c.now), strings.Join(c.query, " ")}
	return r.table.get(k, func() []string {
		lead, in := c.lead(selected)
		plain := in.text
		if selected {
			plain = in.strong
		}
		sev := r.severity()
		ids, widths := fit(o.columns, c.w-beforeColumns-1)
		lead += in.severity(sev).write(c.glyphs.mark(sev)) + in.text.write(" ")
		lead += c.cells(&o.columns, ids, widths, r, in, plain)
		return []string{lead + in.text.write(spaces(c.w-ansi.StringWidth(lead)))}
	})[0]
}

// moment is the time as far as the drawn row depends on it: to the second
// while seconds are shown, else to the minute.
func (r *row) moment(now time.Time) int64 {
	left := r.ending().At.Sub(now)
	if left > 0 && left < time.Hour || now.Sub(r.changedAt()) < time.Minute {
		return now.Unix()
	}
	return -now.Unix() / 60
}

// counts is how many there are of each severity, with their marks.
func counts(g *glyphs, rows []*row) string {
	var n [4]int
	severities := []client.Severity{client.SeverityOK, client.SeverityWarn, client.SeverityFail, client.SeverityNone}
	for _, r := range rows {
		n[slices.Index(severities, r.severity())]++
	}
	return marked(g, n, severities)
}
