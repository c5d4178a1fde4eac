package ui

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// overview is the view of all profiles in one table.
type overview struct {
	roster    *roster
	selection *selection
	columns   []column
	// shown are the names of the columns that the person has chosen; none for those
	// that fit best.
	shown []string
	// widths are those of the texts that the columns were made for, remade counts
	// the makings.
	widths listWidths
	remade int
	// by is the name of the column that sorts, asListed for none; falling is set
	// where the highest value comes first.
	by      string
	falling bool
	grouped grouping
	// scope is that of the saved view that the table is; nil for the program's own. cover
	// has its texts as they may be shown.
	scope *scope
	cover *cover
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
	falling        bool
	grouped        grouping
	shown          string
	made           bool
}

// standing is all that the position of a row in the table depends on.
type standing struct {
	key      sortKey
	urgency  insight.Urgency
	severity account.Severity
}

// asListed sorts by no column, but as the list of profiles does.
const asListed = ""

func newOverview(s *selection) sheetContent {
	return &overview{roster: s.roster, selection: s, columns: overviewColumns(s.roster), widths: s.roster.widths}
}

// reload brings the columns in line with profiles that changed.
func (o *overview) reload() {
	o.made = overviewKey{}
	o.remake()
}

// remake makes the columns for the texts that there are by now.
func (o *overview) remake() {
	o.columns, o.widths = overviewColumns(o.roster), o.roster.widths
	o.remade++
}

// sorter is the column that sorts; nil for none.
func (o *overview) sorter() *column { return o.named(o.by) }

func (o *overview) arrange(c *canvas) ([]sheetLine, bool) {
	if o.widths != o.roster.widths {
		o.remake()
	}
	k := overviewKey{list: o.selection.arranged, by: o.by, falling: o.falling, grouped: o.grouped, shown: o.shownText(), made: true}
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
		if o.falling {
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
		s.urgency, s.severity = r.standing.Urgency, r.stands()
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
	case o.falling:
		return cmp.Or(kb.compare(*ka), a.index-b.index)
	default:
		return cmp.Or(ka.compare(*kb), a.index-b.index)
	}
	return a.index - b.index
}

// choose sorts by the column that is n further than the present one among
// those that are seen.
func (o *overview) choose(n, w int) string {
	names := []string{asListed}
	seen, _ := o.seen(w - 2)
	for _, c := range seen {
		names = append(names, c.name)
	}
	i := max(0, slices.Index(names, o.by))
	o.by, o.falling = "", false
	return o.sortBy(names[(i+n+len(names))%len(names)])
}

// sortBy sorts by a column; by the same again, in the other direction.
func (o *overview) sortBy(name string) string {
	if name == o.by && name != asListed {
		return o.reverse()
	}
	o.by, o.falling = name, false
	if c := o.sorter(); c != nil {
		o.falling = c.falls
	}
	return o.inWords()
}

// reverse turns the order round.
func (o *overview) reverse() string {
	o.falling = !o.falling
	return o.inWords()
}

// group groups by the next thing that can be grouped by.
func (o *overview) group() string {
	o.grouped = (o.grouped + 1) % groupings
	return o.grouped.String()
}

// inWords is the order in words.
func (o *overview) inWords() string {
	switch {
	case o.by == asListed && o.falling:
		return "as listed, reversed"
	case o.by == asListed:
		return "as listed"
	case o.falling:
		return "by " + o.by + ", falling"
	}
	return "by " + o.by + ", rising"
}

// key is the order in one word, with a "-" before it where it falls; empty for the
// usual one.
func (o *overview) key() string {
	if o.falling {
		return "-" + o.by
	}
	return o.by
}

// put sorts as a key says that names a column.
func (o *overview) put(key string) {
	by, falling := strings.CutPrefix(key, "-")
	if was := o.by; by != asListed {
		if o.by = by; o.sorter() == nil {
			o.by = was
			return
		}
	}
	o.by, o.falling = by, falling
}

// arrow is the direction in which the values of the column go that sorts.
func (o *overview) arrow(g *theme.Glyphs) string {
	if o.falling {
		return g.Down
	}
	return g.Up
}

func (o *overview) note(g *theme.Glyphs) string {
	note := o.selection.note(g)
	if o.scope != nil && o.by != asListed {
		note = o.selection.tally()
	}
	switch {
	case o.by != asListed:
		note += " " + g.Dot + " by " + o.by + " " + o.arrow(g)
	case o.falling:
		note += " " + g.Dot + " reversed"
	}
	if o.grouped != byNothing {
		note += " " + g.Dot + " grouped " + o.grouped.String()
	}
	if asks := o.query(); asks != "" {
		note += " " + g.Dot + " " + asks
	}
	return note
}

func (o *overview) none() string {
	if o.scope != nil {
		return o.nobody()
	}
	return "No profile matches the filter. Esc clears it."
}

func (o *overview) soonest() time.Time { return o.next }

// beforeColumns is how many cells stand left of the columns.
const beforeColumns = 3

func (o *overview) head(c *canvas) []string {
	var b strings.Builder
	b.WriteString(draw.Spaces(beforeColumns))
	seen, left := o.seen(c.w)
	for _, col := range seen {
		title, tone := col.title, c.Muted
		if col.name == o.by {
			title, tone = title+o.arrow(c.Glyphs), c.Accent
		}
		title = draw.Cut(title, col.room, c.Glyphs.Tail)
		room := draw.Spaces(col.room - draw.Width(title))
		if col.right {
			title, room = room+title, ""
		}
		b.WriteString(tone.Render(title) + room + draw.Spaces(columnGap))
	}
	return []string{leftSign(c.Styles, strings.TrimRight(b.String(), " "), left, c.w)}
}

// clickHead sorts by the column whose heading is at cell x of a view w wide; a
// second click turns the order round.
func (o *overview) clickHead(x, w int) {
	at := 1 + beforeColumns
	seen, _ := o.seen(w - 2)
	for _, c := range seen {
		if x >= at && x < at+c.room+columnGap {
			o.sortBy(c.name)
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
	remade     int
	selected   bool
	marked     bool
	at         int64
	query      string
}

func (o *overview) draw(c *canvas, l sheetLine, selected bool) string {
	if l.row == nil {
		return c.heading(l)
	}
	r := l.row
	k := tableKey{r, c.Styles, r.version, c.w, o.remade, selected, r.isMarked(), r.moment(c.now), strings.Join(c.query, " ")}
	if n := len(o.roster.rows); n > len(o.drawn) {
		o.drawn = slices.Grow(o.drawn, n-len(o.drawn))[:n]
	}
	return o.drawn[r.index].get(k, func() string {
		lead, in := c.lead(selected)
		plain := in.Text
		if selected {
			plain = in.Strong
		}
		lead += r.mark(c.Glyphs, in) + markCell(c.Glyphs, in, k.marked)
		seen, _ := o.seen(c.w)
		lead += c.cells(seen, r, in, plain)
		return lead + in.Text.Render(draw.Spaces(c.w-draw.Width(lead)))
	})
}
