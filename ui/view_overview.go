package ui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// overview is the view of all profiles in one table.
type overview struct {
	roster    *roster
	selection *selection
	columns   []column
	// by is the title of the column that sorts, asListed for none; reversed
	// turns it round.
	by       string
	reversed bool
	grouped  grouping
	// sorted are the visible rows in their order as of made, lines what that
	// comes to.
	sorted []*row
	lines  []sheetLine
	made   overviewKey
	// drawn are the drawn rows, by their index.
	drawn []memo[tableKey, string]
	// known is what the order was made of, by the index of the rows.
	known []standing
	// next is the soonest end of a token that lies ahead, as of endings.
	next    time.Time
	endings int
}

// overviewKey is all that the lines depend on, but for the rows themselves.
type overviewKey struct {
	list, accounts int
	by             string
	reversed       bool
	grouped        grouping
	made           bool
}

// standing is all that the position of a row in the table depends on.
type standing struct {
	key      sortKey
	severity account.Severity
}

// asListed sorts by no column, but as the list of profiles does.
const asListed = ""

func newOverview(s *selection) sheetContent {
	return &overview{roster: s.roster, selection: s, columns: overviewColumns(s.roster)}
}

// reload brings the columns in line with profiles that changed.
func (o *overview) reload() { o.columns, o.made = overviewColumns(o.roster), overviewKey{} }

// sorter is the column that sorts; nil for none.
func (o *overview) sorter() *column {
	for i := range o.columns {
		if o.columns[i].title == o.by {
			return &o.columns[i]
		}
	}
	return nil
}

func (o *overview) arrange(c *canvas) ([]sheetLine, bool) {
	k := overviewKey{list: o.selection.arranged, by: o.by, reversed: o.reversed, grouped: o.grouped, made: true}
	if o.grouped == byPerson {
		o.roster.meet()
		k.accounts = o.roster.accounts
	}
	rows, all := o.roster.takeChanged()
	if o.endings != o.roster.endings || o.made.list != k.list || !o.next.IsZero() && !o.next.After(c.now) {
		o.look(c.now)
	}
	switch {
	case o.made != k:
		o.made, o.sorted = k, append(o.sorted[:0], o.selection.visible...)
		if o.reversed {
			slices.Reverse(o.sorted)
		}
		o.sort()
	case all:
		o.sort()
	case !o.moved(rows):
		return nil, false
	}
	if o.grouped != byNothing {
		o.lines = groupLines(o.lines[:0], o.sorted, o.grouped, o.roster.people.all, c.Glyphs)
		return o.lines, true
	}
	o.lines = o.lines[:0]
	for _, r := range o.sorted {
		o.lines = append(o.lines, sheetLine{row: r})
	}
	return o.lines, true
}

// look finds the soonest end of a token that lies ahead.
func (o *overview) look(now time.Time) {
	o.next, o.endings = time.Time{}, o.roster.endings
	for _, r := range o.selection.visible {
		if at := r.ending().At; at.After(now) && (o.next.IsZero() || at.Before(o.next)) {
			o.next = at
		}
	}
}

// standing is what the position of a row depends on now, by the column that
// sorts.
func (o *overview) standing(r *row, by *column) (s standing) {
	if by != nil {
		s.key = by.key(r)
	}
	if o.grouped != byNothing {
		s.severity = r.severity()
	}
	return s
}

// sort brings all rows into order.
func (o *overview) sort() {
	o.known = slices.Grow(o.known[:0], len(o.roster.rows))[:len(o.roster.rows)]
	by := o.sorter()
	for _, r := range o.sorted {
		o.known[r.index] = o.standing(r, by)
	}
	if o.by != asListed && !slices.IsSortedFunc(o.sorted, o.compare) {
		slices.SortFunc(o.sorted, o.compare)
	}
}

// moved moves rows that changed to where they belong now, and reports whether
// the lines are other ones because of that.
func (o *overview) moved(rows []*row) bool {
	changed, by := false, o.sorter()
	for _, r := range rows {
		i, is := slices.Index(o.sorted, r), o.standing(r, by)
		if i < 0 || is == o.known[r.index] {
			continue
		}
		changed = true
		o.known[r.index] = is
		if o.by != asListed {
			o.sorted = slices.Delete(o.sorted, i, i+1)
			i, _ = slices.BinarySearchFunc(o.sorted, r, o.compare)
			o.sorted = slices.Insert(o.sorted, i, r)
		}
	}
	return changed
}

// compare orders two rows by the column that sorts, then as they are in the
// configuration. Those of which nothing is known come last.
func (o *overview) compare(a, b *row) int {
	ka, kb := &o.known[a.index].key, &o.known[b.index].key
	switch {
	case ka.unknown && kb.unknown:
	case ka.unknown:
		return 1
	case kb.unknown:
		return -1
	case o.reversed:
		return cmp.Or(kb.compare(*ka), a.index-b.index)
	default:
		return cmp.Or(ka.compare(*kb), a.index-b.index)
	}
	return a.index - b.index
}

// choose sorts by the column that is n further than the present one among
// those that are seen.
func (o *overview) choose(n, w int) string {
	titles := []string{asListed}
	for _, c := range fit(o.columns, w-2) {
		titles = append(titles, c.title)
	}
	i := max(0, slices.Index(titles, o.by))
	o.by, o.reversed = titles[(i+n+len(titles))%len(titles)], false
	return o.inWords()
}

// reverse turns the order round.
func (o *overview) reverse() string {
	o.reversed = !o.reversed
	return o.inWords()
}

// group groups by the next thing that can be grouped by.
func (o *overview) group() string {
	o.grouped = (o.grouped + 1) % groupings
	return o.grouped.String()
}

// inWords is the order in words.
func (o *overview) inWords() string {
	text := "as listed"
	if o.by != asListed {
		text = "by " + strings.ToLower(o.by)
	}
	if o.reversed {
		text += ", reversed"
	}
	return text
}

func (o *overview) note(g *theme.Glyphs) string {
	note := o.selection.note(g)
	if o.by != asListed || o.reversed {
		note += " " + g.Dot + " " + o.inWords()
	}
	if o.grouped != byNothing {
		note += " " + g.Dot + " grouped " + o.grouped.String()
	}
	return note
}

func (o *overview) none() string { return "No profile matches the filter. Esc clears it." }

func (o *overview) soonest() time.Time { return o.next }

// beforeColumns is how many cells stand left of the columns.
const beforeColumns = 3

func (o *overview) head(c *canvas) []string {
	var b strings.Builder
	b.WriteString(draw.Spaces(beforeColumns))
	for _, col := range fit(o.columns, c.w-beforeColumns-1) {
		title, tone := col.title, c.Muted
		if title == o.by {
			sign := c.Glyphs.Up
			if o.reversed {
				sign = c.Glyphs.Down
			}
			title, tone = title+sign, c.Accent
		}
		title = draw.Cut(title, col.room, c.Glyphs.Tail)
		room := draw.Spaces(col.room - ansi.StringWidth(title))
		if col.right {
			title, room = room+title, ""
		}
		b.WriteString(tone.Render(title) + room + draw.Spaces(columnGap))
	}
	return []string{draw.Pad(strings.TrimRight(b.String(), " "), c.w, "")}
}

// clickHead sorts by the column whose heading is at cell x of a view w wide; a
// second click turns the order round.
func (o *overview) clickHead(x, w int) {
	at := 1 + beforeColumns
	for _, c := range fit(o.columns, w-2-beforeColumns-1) {
		if x >= at && x < at+c.room+columnGap {
			o.reversed = o.by == c.title && !o.reversed
			o.by = c.title
			return
		}
		at += c.room + columnGap
	}
}

// tableKey is all that a drawn row of the table depends on.
type tableKey struct {
	row        *row
	styles     *theme.Styles
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
	k := tableKey{r, c.Styles, r.version, c.w, selected, r.moment(c.now), strings.Join(c.query, " ")}
	if n := len(o.roster.rows); n > len(o.drawn) {
		o.drawn = slices.Grow(o.drawn, n-len(o.drawn))[:n]
	}
	return o.drawn[r.index].get(k, func() string {
		lead, in := c.lead(selected)
		plain := in.Text
		if selected {
			plain = in.Strong
		}
		sev := r.severity()
		lead += in.Severity(sev).Render(c.Glyphs.Mark(sev)) + in.Text.Render(" ")
		lead += c.cells(fit(o.columns, c.w-beforeColumns-1), r, in, plain)
		return lead + in.Text.Render(draw.Spaces(c.w-ansi.StringWidth(lead)))
	})
}

// moment is the time as far as the drawn row of the table depends on it: in
// seconds while the row shows seconds, else in minutes, which are negative so
// that they are never the same number.
func (r *row) moment(now time.Time) int64 {
	left := r.ending().At.Sub(now)
	if left > 0 && left < time.Hour || now.Sub(r.changedAt()) < time.Minute {
		return now.Unix()
	}
	return -now.Unix() / 60
}
