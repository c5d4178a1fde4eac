package ui

import (
	"slices"
	"strings"

	"rollcall/client/insight"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// column is one column of the overview.
type column struct {
	// name is what queries, files and commands call it, letter chooses it in the
	// menu; title is its heading.
	name, letter, title string
	// width is the least that it needs; where there is room, it grows to most, and to
	// whole, where that is more, once no other has use for the room. One of no width
	// has nothing to show of any profile.
	width, most, whole int
	// rank says how soon it has to go when it gets narrow; the highest goes
	// first.
	rank int
	// right sets numbers in a line; found brings out what the filter found; falls
	// is set where the highest comes first when the column begins to sort.
	right, found, falls bool
	cell                func(r *row, c *canvas, in *theme.Inks) (string, theme.Ink)
	// first says what comes first when the column begins to sort; empty for the
	// letters from a on.
	first string
	// key is what the column is sorted by.
	key func(r *row) sortKey
}

// overviewColumns are all columns, which [insight.Columns] names, from left to right, with the widths for the
// profiles there are.
func overviewColumns(t *roster) []column {
	w := &t.widths
	labels, tags, hosts := w.label, w.tags, w.host
	// The mark of the active profile is behind its name.
	name := max(t.nameWidth, 6) + 2
	return []column{
		{name: "profile", letter: "p", title: "Profile", width: min(name, 26), most: name, found: true, cell: profileCell, key: profileKey},
		{name: "due", letter: "d", title: "Due", first: "the earliest first", width: dueWidth + 1, cell: dueCell, key: dueKey},
		{name: "state", letter: "t", title: "State", first: "the worst first", width: stateWidth, most: stateWidth + len(", stale"), whole: w.state, rank: 1, cell: stateCell, key: stateKey},
		{name: "urgency", letter: "u", title: "Urgency", first: "the most urgent first", width: 8, rank: 18, cell: urgencyCell, key: urgencyKey},
		{name: "user", letter: "e", title: "User", width: clamp(w.user, len("unknown"), 18), most: w.user, whole: w.wholeUser, rank: 2, cell: userCell, key: userKey},
		{name: "service", letter: "s", title: "Service", width: clamp(t.serviceWidth, 8, 16), most: t.serviceWidth, rank: 3, cell: serviceCell, key: serviceKey},
		{name: "tags", letter: "g", title: "Tags", width: min(tags, 18), most: tags, rank: 5, cell: tagsCell, key: tagsKey},
		{name: "label", letter: "l", title: "Label", width: min(labels, 20), most: labels, rank: 7, cell: labelCell, key: labelKey},
		{name: "orgs", letter: "o", title: "Orgs", first: "the most first", width: 5, rank: 11, right: true, falls: true, cell: orgsCell, key: orgsKey},
		{name: "expires", letter: "x", title: "Expires", first: "the earliest first", width: 8, rank: 12, cell: expiryCell, key: expiryKey},
		{name: "budget", letter: "b", title: "Budget", first: "the least left first", width: 10, whole: w.budget, rank: 8, right: true, cell: budgetCell, key: budgetKey},
		{name: "latency", letter: "y", title: "Latency", first: "the slowest first", width: 8, rank: 10, right: true, falls: true, cell: latencyCell, key: latencyKey},
		{name: "since", letter: "i", title: "Since", first: "the latest first", width: 8, rank: 6, cell: sinceCell, key: sinceKey},
		{name: "changed", letter: "c", title: "Changed", first: "the latest first", width: 10, rank: 9, cell: changedCell, key: changedKey},
		{name: "email", letter: "m", title: "E-mail", width: 16, most: 32, whole: w.email, rank: 13, cell: emailCell, key: emailKey},
		{name: "host", letter: "h", title: "Host", width: min(hosts, 16), most: hosts, rank: 14, cell: hostCell, key: hostKey},
		{name: "token", letter: "k", title: "Token", width: 10, most: 24, whole: w.token, rank: 15, cell: tokenCell, key: tokenKey},
		{name: "source", letter: "r", title: "Source", width: min(w.source, 14), most: w.source, whole: w.wholeSource, rank: 16, cell: sourceCell, key: sourceKey},
		{name: "note", letter: "n", title: "Note", width: leastNote, most: mostNote, rank: 4, cell: noteCell, key: noteKey},
	}
}

const (
	// columnGap is between two columns; a column needs one cell for the sign of
	// its order besides.
	columnGap = 2
	// leastNote is the width from which a note says something, mostNote that of a
	// long one.
	leastNote, mostNote = 24, 90
	// noteShare is the part of a wide screen that notes have before there are more
	// columns.
	noteShare = 3
	// readableText is the width that texts other than notes have before there are
	// columns beyond usualRank.
	readableText, usualRank = 18, 7
)

// least is the width without which the column is not there on w cells.
func (c *column) least(w int) int {
	if c.name == insight.ColumnNote {
		return max(c.width, w/noteShare)
	}
	return c.width
}

// readable is the width in which most of its texts are whole. Those of states are
// so already.
func (c *column) readable(w int) int {
	if c.name == insight.ColumnState {
		return c.least(w)
	}
	return max(c.least(w), min(c.most, readableText))
}

// fitted is a column with the width that it has on the screen.
type fitted struct {
	*column
	room int
}

// fit is the columns that w cells have room for, from left to right. Before there
// are more than the usual ones, their texts have the room to be read. Those that
// are cut most get what is left over, the note the rest.
func fit(all []column, w int) []fitted {
	var left []fitted
	for i := range all {
		if all[i].width > 0 {
			left = append(left, fitted{&all[i], all[i].readable(w)})
		}
	}
	roomy := true
	total := taken(left)
	for total > w {
		least := -1
		for i := range left {
			if left[i].rank > 0 && (least < 0 || left[i].rank > left[least].rank) {
				least = i
			}
		}
		if least < 0 && !roomy {
			break
		}
		if roomy && (least < 0 || left[least].rank <= usualRank) {
			roomy = false
			for i := range left {
				left[i].room = left[i].least(w)
			}
		} else {
			left = slices.Delete(left, least, least+1)
		}
		total = taken(left)
	}
	if last := len(all) - 1; all[last].name == insight.ColumnNote && !has(left, insight.ColumnNote) && w-total >= leastNote+columnGap {
		// What the others leave is enough for a part of it.
		left = append(left, fitted{&all[last], leastNote})
		total = taken(left)
	}
	grow(left, w-total)
	tellReasons(left)
	return left
}

// tellReasons has the due say what it is about where no state stands beside it.
func tellReasons(columns []fitted) {
	if has(columns, insight.ColumnState) {
		return
	}
	for i, c := range columns {
		if c.name == insight.ColumnDue {
			due := *c.column
			due.cell = reasonCell
			columns[i].column = &due
		}
	}
}

// taken is how many cells columns take.
func taken(columns []fitted) int {
	total := -columnGap
	for _, c := range columns {
		total += c.room + columnGap
	}
	return total
}

// grow shares out what is left over: to the note, until long ones are whole, then to
// those that miss most, and then to what few cells are too long for. The note, or the
// due where it is the last, has the rest. Of what is missing, the profiles give way.
func grow(columns []fitted, room int) {
	if room < 0 {
		columns[0].room += room
		return
	}
	last := &columns[len(columns)-1]
	if last.name == insight.ColumnNote {
		room -= last.take(last.most, room)
	}
	room = widen(columns, room, func(c *column) int { return c.most }, false)
	room = widen(columns, room, func(c *column) int { return max(c.most, c.whole) }, true)
	if last.name == insight.ColumnNote || last.name == insight.ColumnDue {
		last.room += room
	}
}

// take makes the column wider, up to a width that it wants and by no more than room.
func (c *fitted) take(wants, room int) (taken int) {
	taken = min(max(0, wants-c.room), room)
	c.room += taken
	return taken
}

// widen gives room to the columns but the note that want more: to those first that miss
// most, or least. It returns what nobody wants.
func widen(columns []fitted, room int, wants func(*column) int, leastFirst bool) (left int) {
	var order []*fitted
	for i := range columns {
		if columns[i].name != insight.ColumnNote {
			order = append(order, &columns[i])
		}
	}
	missing := func(c *fitted) int { return wants(c.column) - c.room }
	slices.SortStableFunc(order, func(a, b *fitted) int {
		if leastFirst {
			return missing(a) - missing(b)
		}
		return missing(b) - missing(a)
	})
	for _, c := range order {
		room -= c.take(wants(c.column), room)
	}
	return room
}

// has reports whether a column is there.
func has(columns []fitted, name string) bool {
	for _, c := range columns {
		if c.name == name {
			return true
		}
	}
	return false
}

// cells writes the cells of a row beside each other.
func (c *canvas) cells(columns []fitted, r *row, in *theme.Inks, plain theme.Ink) string {
	var b strings.Builder
	for i, col := range columns {
		text, tone := col.cell(r, c, in)
		star := ""
		if col.found && r.active {
			star = " " + c.Glyphs.Active
		}
		text = draw.Cut(text, col.room-draw.Width(star), c.Glyphs.Tail)
		room := draw.Spaces(col.room - draw.Width(text+star))
		switch {
		case col.right:
			b.WriteString(tone.Render(room + text))
		case col.found:
			b.WriteString(draw.Highlight(in, text, plain, c.query) + in.Accent.Render(star) + in.Text.Render(room))
		default:
			b.WriteString(tone.Render(text + room))
		}
		if i < len(columns)-1 {
			b.WriteString(in.Text.Render(draw.Spaces(columnGap)))
		}
	}
	return b.String()
}
