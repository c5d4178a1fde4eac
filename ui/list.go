package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// listPane is the pane of the profiles. It draws only the lines that are seen.
type listPane struct {
	box
	selection *selection
	window    window
	// touched and laid are the states of the selection that the window follows.
	touched, laid int
	// drawn are the drawn rows, by their index.
	drawn []memo[rowKey, string]
	memo  memo[listKey, []string]
	dues  memo[duesKey, dues]
	tries memo[triesKey, []time.Time]
}

// listKey is all that the drawn pane depends on.
type listKey struct {
	box
	window             window
	styles             *theme.Styles
	laid, frame, caret int
	input              string
	editing            bool
	titles, dues, note string
	columns            listColumns
	// rows counts the changes of the rows in sight, marks those of marks, and looked
	// those of the incidents.
	rows, marks, looked int
}

// dues are the dues of the lines that are seen, each by itself and one after the other.
type dues struct {
	each []string
	all  string
}

// duesKey is all that the dues in sight depend on.
type duesKey struct {
	from, to     int
	roster, laid int
	at           int64
}

// prepare brings the window in line with the selection. What the person scrolled to
// stays in sight while the list is arranged anew.
func (l *listPane) prepare() {
	c, w := l.selection, &l.window
	inSight := w.sees(w.cursor)
	w.fit(len(c.lines), l.h-2-c.filter.height(max(0, l.w-2)))
	if l.touched == c.touched && l.laid == c.laid {
		return
	}
	w.cursor = c.at
	if l.touched != c.touched || inSight {
		w.follow()
		l.uncover()
	}
	w.scroll(0)
	l.touched, l.laid = c.touched, c.laid
}

// uncover brings the heading of the first lines into sight with them.
func (l *listPane) uncover() {
	if w := &l.window; w.cursor == w.first(l.selection.stops) {
		w.offset = 0
	}
}

// SetSize gives the pane its size, border included.
func (l *listPane) SetSize(w, h int) {
	if l.w != w || l.h != h {
		l.w, l.h, l.touched = w, h, -1
		l.prepare()
	}
}

// HandleKey moves the selection.
func (l *listPane) HandleKey(msg tea.KeyPressMsg, k *KeyMap) bool {
	to := k.motion(msg)
	if to == noMotion {
		return false
	}
	l.step(to)
	return true
}

// step moves the selection.
func (l *listPane) step(to motion) {
	l.prepare()
	if l.window.move(to, l.selection.stops) {
		l.selection.moveTo(l.window.cursor)
	}
}

// scroll moves what is seen, not the selection.
func (l *listPane) scroll(n int) {
	l.prepare()
	l.window.scroll(n)
}

// click selects the row at line y of the pane, or folds or unfolds the heading
// there; the row is nil where there is none.
func (l *listPane) click(y int) *row {
	l.prepare()
	c := l.selection
	i, ok := l.window.lineAt(y - (l.h - l.window.height - 1))
	switch {
	case !ok:
		return nil
	case c.lines[i].row == nil:
		c.toggle(i)
		return nil
	}
	c.moveTo(i)
	return c.selected
}

// View draws the pane as it was prepared; spin is the frame of the spinner.
func (l *listPane) View(s *theme.Styles, titles []string, active, spin int) []string {
	c := l.selection
	if c.roster.busy == 0 {
		spin = 0
	}
	k := listKey{
		box: l.box, window: l.window, styles: s, laid: c.laid, frame: spin,
		caret: c.filter.line.At, input: c.filter.line.Value(), editing: c.filter.editing,
		titles: strings.Join(titles, "\n"), dues: l.duesInSight().all,
		note: c.note(s.Glyphs), columns: columnsOf(c.roster, max(0, l.w-2), c.nested),
		rows: l.changesInSight(), marks: c.marks.version, looked: c.looked,
	}
	return l.memo.get(k, func() []string { return l.draw(k, titles, active) })
}

// changesInSight counts the changes of the rows that are seen.
func (l *listPane) changesInSight() (n int) {
	from, to := l.window.inSight()
	for _, line := range l.selection.lines[from:to] {
		if line.row != nil {
			n += line.row.version
		}
	}
	return n
}

// duesInSight are the dues of the lines that are seen: they are what time alone
// changes.
func (l *listPane) duesInSight() dues {
	c, t := l.selection, l.selection.roster
	from, to := l.window.inSight()
	return l.dues.get(duesKey{from, to, t.version, c.laid, t.standings.at.Unix()}, func() (d dues) {
		for _, line := range c.lines[from:to] {
			due := ""
			switch {
			case line.row != nil:
				due = briefDue(line.row.standing.Due, t.standings.at)
			case line.incident >= 0:
				due = l.nextTry(line.incident)
			}
			d.each = append(d.each, due)
		}
		d.all = strings.Join(d.each, "\n")
		return d
	})
}

func (l *listPane) draw(k listKey, titles []string, active int) []string {
	s, w, c := k.styles, max(0, l.w-2), l.selection
	lines := c.filter.lines(s, w)
	if len(c.visible) == 0 {
		lines = append(lines, noMatchLines(s, &c.filter, w)...)
	}
	if n := len(c.roster.rows); n > len(l.drawn) {
		l.drawn = slices.Grow(l.drawn, n-len(l.drawn))[:n]
	}
	due := l.duesInSight().each
	from, to := l.window.inSight()
	for i := from; i < to; i++ {
		if line := c.lines[i]; line.row == nil {
			lines = append(lines, l.heading(s, line, k.columns, i == l.window.cursor))
		} else {
			lines = append(lines, l.row(k, line, due[i-from], i == l.window.cursor))
		}
	}
	f := draw.Frame{
		Titles: titles, Active: active, Note: k.note, Focused: l.focused,
		Total: l.window.total, Offset: from, Shown: l.window.height, Foot: c.marks.foot(s.Glyphs, true, l.position()),
	}
	return f.Draw(s, l.w, l.h, lines[:min(len(lines), max(0, l.h-2))])
}

// position says which of the profiles is selected, where not all lines are seen.
func (l *listPane) position() string {
	w, c := l.window, l.selection
	if w.total <= w.height || w.total == 0 || slices.Contains(c.headings, w.cursor) {
		return ""
	}
	before, _ := slices.BinarySearch(c.headings, w.cursor)
	return fmt.Sprintf("%d/%d", w.cursor-before+1, w.total-len(c.headings))
}

// row draws the line of a profile.
func (l *listPane) row(in listKey, line listLine, due string, selected bool) string {
	r, c, now := line.row, l.selection, l.selection.roster.standings.at
	k := rowKey{
		row: r, styles: in.styles, version: r.version, w: max(0, l.w-2), number: r.number(), columns: in.columns,
		due: due, nested: line.incident >= 0,
		marked: r.isMarked(), selected: selected, focused: l.focused && selected, query: strings.Join(c.filter.words, " "),
	}
	if in.columns.full {
		k.reason = r.standing.FullReason(r.snap.Health, now)
	} else {
		k.reason = r.standing.Reason(r.snap.Health, now)
	}
	if r.snap.Busy {
		k.spin = in.frame
	}
	return l.drawn[r.index].get(k, func() string { return drawRow(in.styles, k, c.filter.words) })
}

// number is the digit that goes to the profile; zero for none. It belongs to the
// place of the profile in the file, wherever that stands in the list.
func (r *row) number() int {
	if r.index < 9 {
		return r.index + 1
	}
	return 0
}

// noMatchLines are what stands in a list of which the filter leaves nothing.
func noMatchLines(s *theme.Styles, f *filter, w int) []string {
	told := append([]string{""}, draw.Wrap("No profile matches "+s.Glyphs.Quote(f.told)+".", w-2)...)
	var lines []string
	for _, t := range append(told, "", "esc clears the filter") {
		lines = append(lines, s.Muted.Render(draw.Pad(" "+t, w, s.Glyphs.Tail)))
	}
	return lines
}

// period is how often the lines in sight change with time alone.
func (l *listPane) period(now time.Time) (often time.Duration) {
	from, to := l.window.inSight()
	for _, line := range l.selection.lines[from:to] {
		if line.row != nil {
			often = sooner(often, pace(now, line.row.standing.Due.At))
		}
	}
	return often
}
