package ui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

// order is how the list is sorted.
type order int

const (
	byConfig order = iota
	bySeverity
	byName
	orders
)

func (o order) String() string {
	return [...]string{"as configured", "by severity", "by name"}[o]
}

// listPane is the list of profiles. It draws only the rows that are seen.
type listPane struct {
	box
	roster *roster
	filter filter
	order  order
	// sorted are all rows in that order; visible those that the filter leaves.
	sorted, visible []*row
	// selected stays while a filter hides it; cursor is its place in visible.
	selected       *row
	cursor, offset int
	// arranged counts the changes of visible.
	arranged int
	memo     memo[listKey, []string]
}

// listKey is all that the drawn pane depends on.
type listKey struct {
	box
	styles                                  *Styles
	roster, arranged, cursor, offset, frame int
	position                                int
	input                                   string
	editing                                 bool
	titles                                  string
}

func newListPane(t *roster) listPane {
	l := listPane{roster: t}
	l.sort()
	return l
}

// current is the selected row; nil where none is to be seen.
func (l *listPane) current() *row {
	if l.cursor < len(l.visible) {
		return l.visible[l.cursor]
	}
	return nil
}

// setOrder sorts the list anew.
func (l *listPane) setOrder(o order) {
	l.order = o
	l.sort()
}

func (l *listPane) sort() {
	l.sorted = slices.Clone(l.roster.rows)
	switch l.order {
	case bySeverity:
		slices.SortStableFunc(l.sorted, func(a, b *row) int { return urgency(a.severity()) - urgency(b.severity()) })
	case byName:
		slices.SortStableFunc(l.sorted, func(a, b *row) int { return strings.Compare(a.fields[0], b.fields[0]) })
	}
	l.arrange()
}

// urgency puts what needs somebody's attention first.
func urgency(s account.Severity) int {
	switch s {
	case account.SeverityFail:
		return 0
	case account.SeverityWarn:
		return 1
	case account.SeverityNone:
		return 2
	default:
		return 3
	}
}

// arrange makes visible out of sorted, best matches first, and keeps the
// selection on its row where that is still there.
func (l *listPane) arrange() {
	l.arranged++
	query := l.filter.query()
	if query == "" {
		l.visible = l.sorted
	} else {
		var found [noMatch][]*row
		for _, r := range l.sorted {
			if m := r.answers(query); m < noMatch {
				found[m] = append(found[m], r)
			}
		}
		l.visible = slices.Concat(found[:]...)
	}
	if i := slices.Index(l.visible, l.selected); i >= 0 {
		l.cursor = i
	} else {
		l.cursor = 0
	}
	l.follow()
}

// search takes the best match of a changed query.
func (l *listPane) search() {
	l.arrange()
	if l.filter.query() != "" {
		l.moveTo(0)
	}
}

func (l *listPane) clearFilter() {
	l.filter = filter{}
	l.arrange()
}

// selectName selects a profile by its name.
func (l *listPane) selectName(name string) {
	if i := slices.IndexFunc(l.visible, func(r *row) bool { return r.name == name }); i >= 0 {
		l.moveTo(i)
	}
}

func (l *listPane) moveTo(i int) {
	if len(l.visible) == 0 {
		return
	}
	l.cursor = min(max(0, i), len(l.visible)-1)
	l.selected = l.visible[l.cursor]
	l.follow()
}

// choose selects a row, also one that the filter hides.
func (l *listPane) choose(r *row) {
	l.selected = r
	if i := slices.Index(l.visible, r); i >= 0 {
		l.cursor = i
		l.follow()
	}
}

// follow brings the selected row into view.
func (l *listPane) follow() {
	n := l.shown()
	l.offset = min(l.offset, l.cursor)
	l.offset = max(l.offset, l.cursor-n+1)
	l.offset = max(0, min(l.offset, len(l.visible)-n))
}

// scroll moves what is seen, not the selection.
func (l *listPane) scroll(n int) {
	l.offset = max(0, min(l.offset+n, len(l.visible)-l.shown()))
}

// shown is how many rows there is room for.
func (l *listPane) shown() int {
	n := l.h - 2
	if l.filter.shown() {
		n--
	}
	return max(0, n)
}

// SetSize gives the pane its size, border included.
func (l *listPane) SetSize(w, h int) {
	if l.w != w || l.h != h {
		l.w, l.h = w, h
		l.follow()
	}
}

// HandleKey moves the selection.
func (l *listPane) HandleKey(msg tea.KeyPressMsg, k *KeyMap) bool {
	switch {
	case key.Matches(msg, k.Up):
		l.moveTo(l.cursor - 1)
	case key.Matches(msg, k.Down):
		l.moveTo(l.cursor + 1)
	case key.Matches(msg, k.PageUp):
		l.moveTo(l.cursor - max(1, l.shown()-1))
	case key.Matches(msg, k.PageDown):
		l.moveTo(l.cursor + max(1, l.shown()-1))
	case key.Matches(msg, k.Top):
		l.moveTo(0)
	case key.Matches(msg, k.Bottom):
		l.moveTo(len(l.visible) - 1)
	default:
		return false
	}
	return true
}

// click selects the row at line y of the pane; nil where there is none.
func (l *listPane) click(y int) *row {
	y -= l.h - l.shown() - 1
	if i := l.offset + y; y >= 0 && y < l.shown() && i < len(l.visible) {
		l.moveTo(i)
		return l.selected
	}
	return nil
}

// View draws the pane; frame is the spinner's.
func (l *listPane) View(s *Styles, titles []string, active, frame int) []string {
	if l.roster.busy == 0 {
		frame = 0
	}
	k := listKey{
		box: l.box, styles: s, roster: l.roster.version, arranged: l.arranged,
		cursor: l.cursor, offset: l.offset, frame: frame, position: l.filter.line.at,
		input: l.filter.line.value(), editing: l.filter.editing, titles: strings.Join(titles, "\n"),
	}
	return l.memo.get(k, func() []string { return l.draw(s, titles, active, frame) })
}

func (l *listPane) draw(s *Styles, titles []string, active, spin int) []string {
	w := max(0, l.w-2)
	var lines []string
	if l.filter.shown() {
		line, _ := l.filter.view(s, w)
		lines = append(lines, line)
	}
	if len(l.visible) == 0 {
		lines = append(lines, l.noMatch(s, w)...)
	}
	end := min(len(l.visible), l.offset+l.shown())
	query := terms(l.filter.query())
	for i := l.offset; i < end; i++ {
		lines = append(lines, l.row(s, i, w, spin, query))
	}
	f := frame{
		titles: titles, active: active, note: l.note(s.glyphs), focused: l.focused,
		total: len(l.visible), offset: l.offset, shown: l.shown(),
		foot: position(l.cursor, len(l.visible), l.shown()),
	}
	return f.draw(s, l.w, l.h, lines[:min(len(lines), max(0, l.h-2))])
}

func (l *listPane) note(g *glyphs) string {
	note := strconv.Itoa(len(l.sorted))
	if l.filter.query() != "" {
		note = fmt.Sprintf("%d/%d", len(l.visible), len(l.sorted))
	}
	if l.order != byConfig {
		note += " " + g.dot + " " + l.order.String()
	}
	return note
}

func (l *listPane) noMatch(s *Styles, w int) []string {
	text := "No profile matches " + s.glyphs.quote(l.filter.query()) + "."
	var lines []string
	for _, t := range append(append([]string{""}, wrap(text, w-2)...), "", "esc clears the filter") {
		lines = append(lines, s.muted.write(pad(" "+t, w, s.glyphs.tail)))
	}
	return lines
}
