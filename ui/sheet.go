package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// sheet is a view that fills the screen below the header: a heading, and lines
// of which only those in sight are drawn. The content of the sheet says what
// the lines are.
type sheet struct {
	box
	title   string
	content sheetContent
	// selection is the one that all views share.
	selection *selection
	lines     []sheetLine
	// between are the indexes of the lines that cannot be selected.
	between []int
	window  window
	heading []string
	// arranged counts the arrangements.
	arranged int
	memo     memo[sheetKey, []string]
}

// sheetContent is one view.
type sheetContent interface {
	// arrange returns the lines as they are now, which are valid until it is
	// called again; changed is false where they are the same as last time.
	arrange(c *canvas) (lines []sheetLine, changed bool)
	// head are the lines above that do not scroll.
	head(c *canvas) []string
	// draw is one line, c.w cells wide.
	draw(c *canvas, l sheetLine, selected bool) string
	// note follows the title.
	note(g *theme.Glyphs) string
	// none says why there are no lines.
	none() string
	// soonest is when the next token that the view shows ends, since the time
	// until then is shown to the second; zero for never.
	soonest() time.Time
}

// sheetLine is one line of a view.
type sheetLine struct {
	// row is the profile that the line is about; nil for a line that cannot
	// be selected.
	row *row
	// entry is set in the activity; run is, where the line stands for several.
	entry *entry
	run   *run
	// text is what a line without a profile says, severity how it looks.
	text     string
	severity account.Severity
	// dated is set in the activity where the line tells its day by itself.
	dated bool
	// group is the one that the line stands in: a profile can have a line in
	// several.
	group int
	// of is what the content alone knows of the line; nil for nothing.
	of any
}

// canvas is what a view is drawn on.
type canvas struct {
	*theme.Styles
	w   int
	now time.Time
	// query is what the filter looks for.
	query []string
}

// sheetKey is all that the drawn view depends on.
type sheetKey struct {
	box
	window           window
	styles           *theme.Styles
	roster, arranged int
	at               int64
	zone             *time.Location
	input            string
	caret            int
	editing          bool
	// marks counts their changes.
	marks int
}

func newSheet(title string, s *selection, content sheetContent) *sheet {
	return &sheet{title: title, selection: s, content: content, window: window{cursor: -1}, box: box{focused: true}}
}

// SetSize gives the view its size, border included.
func (v *sheet) SetSize(w, h int) {
	if v.w != w || v.h != h {
		v.w, v.h = w, h
		v.fit()
		v.window.follow()
	}
}

func (v *sheet) canvas(s *theme.Styles, now time.Time) *canvas {
	return &canvas{Styles: s, w: max(0, v.w-2), now: now, query: v.selection.filter.words}
}

// fit takes in how many lines there are, and how many there is room for below
// the heading.
func (v *sheet) fit() { v.window.fit(len(v.lines), v.h-2-v.above()-v.below()) }

// prepare brings the lines up to date, so that keys and View see the same.
func (v *sheet) prepare(s *theme.Styles, now time.Time) {
	c := v.canvas(s, now)
	v.fit()
	w := &v.window
	inSight, stood := w.sees(w.cursor), w.cursor
	was := v.current()
	lines, changed := v.content.arrange(c)
	v.heading = v.content.head(c)
	if changed {
		v.arranged++
		before := w.cursor
		v.take(lines)
		v.find(was)
		if w.offset > 0 && was.entry != nil && w.cursor >= 0 && v.current().entry == was.entry {
			// What is read stays where it is while news come in above it.
			w.offset += w.cursor - before
		}
	}
	v.fit()
	if is := v.current(); is.row != v.selection.selected {
		v.find(is)
		inSight = inSight || v.current() != is
	}
	w.scroll(0)
	if inSight || changed && was.row == nil {
		w.follow()
		if w.cursor != stood && was.entry == nil {
			v.withHeading()
		}
	}
}

// withHeading brings the heading right above the selected line into sight, where
// the line is the first one that is seen.
func (v *sheet) withHeading() {
	w := &v.window
	if i := w.cursor; i > 0 && i == w.offset && i < len(v.lines) && w.height > 1 && !v.selectable(i-1) {
		w.reveal(i-1, i+1)
	}
}

// take takes over other lines.
func (v *sheet) take(lines []sheetLine) {
	v.lines, v.between = lines, v.between[:0]
	for i, l := range lines {
		if l.row == nil {
			v.between = append(v.between, i)
		}
	}
	v.fit()
}

// current is the selected line; empty for none.
func (v *sheet) current() sheetLine {
	if i := v.window.cursor; i >= 0 && i < len(v.lines) {
		return v.lines[i]
	}
	return sheetLine{}
}

// find puts the cursor on the line that was the selected one. Where that line
// is gone, the cursor goes to the nearest line of the selected profile, and
// where there is none either, to the first line that can be selected.
func (v *sheet) find(was sheetLine) {
	at, best, far := v.window.cursor, -1, 0
	for i, l := range v.lines {
		if l.row == nil || l.row != v.selection.selected {
			continue
		}
		if l.entry != nil && l.entry == was.entry && l.group == was.group || l.entry == nil && l.row == was.row && l.group == was.group {
			v.window.cursor = i
			return
		}
		d := max(i-at, at-i)
		if l.entry != nil {
			d = i
		}
		if best < 0 || d < far {
			best, far = i, d
		}
	}
	if best < 0 {
		best = v.window.first(v.selectable)
	}
	v.window.cursor = best
}

// selectable reports whether a line is about a profile.
func (v *sheet) selectable(i int) bool { return v.lines[i].row != nil }

func (v *sheet) scroll(n int) {
	v.fit()
	v.window.scroll(n)
}

// above is how many lines stand above those that scroll.
func (v *sheet) above() int {
	return len(v.heading) + v.selection.filter.height(max(0, v.w-2))
}

// footed is a content that tells more of the selected profile below the lines.
type footed interface {
	// foot is as many lines as footHeight says for a view h lines high.
	foot(c *canvas, r *row) []string
	footHeight(h int) int
}

// below is how many lines stand below those that scroll.
func (v *sheet) below() int {
	if f, ok := v.content.(footed); ok && len(v.lines) > 0 {
		return f.footHeight(v.h)
	}
	return 0
}

// HandleKey moves the selection.
func (v *sheet) HandleKey(msg tea.KeyPressMsg, k *KeyMap) bool {
	to := k.motion(msg)
	if to == noMotion {
		return false
	}
	v.step(to)
	return true
}

// click selects the line at line y of the view; empty where there is none.
func (v *sheet) click(y int) sheetLine {
	v.fit()
	i, ok := v.window.lineAt(y - 1 - v.above())
	if !ok || !v.selectable(i) {
		return sheetLine{}
	}
	v.window.cursor = i
	v.selection.choose(v.lines[i].row)
	return v.lines[i]
}

// View draws the view as it was prepared.
func (v *sheet) View(s *theme.Styles, now time.Time) []string {
	f := &v.selection.filter
	k := sheetKey{
		box: v.box, window: v.window, styles: s, roster: v.selection.roster.version, arranged: v.arranged,
		at: now.Unix(), zone: now.Location(), input: f.line.Value(), caret: f.line.At, editing: f.editing,
		marks: v.selection.marks.version,
	}
	return v.memo.get(k, func() []string { return v.draw(v.canvas(s, now)) })
}

func (v *sheet) draw(c *canvas) []string {
	lines := append(v.selection.filter.lines(c.Styles, c.w), v.heading...)
	if len(v.lines) == 0 {
		for _, l := range append([]string{""}, draw.Wrap(v.content.none(), min(c.w-2, maxOverlay))...) {
			lines = append(lines, c.Muted.Render(draw.Pad(" "+l, c.w, c.Glyphs.Tail)))
		}
	}
	from, to := v.window.inSight()
	for i := from; i < to; i++ {
		l := v.lines[i]
		if p, ok := v.content.(passed); ok && i == from {
			if above, ok := p.stays(v.lines, i); ok {
				l = above
			}
		}
		lines = append(lines, v.content.draw(c, l, i == v.window.cursor))
	}
	if n := v.below(); n > 0 {
		for len(lines) < v.h-2-n {
			lines = append(lines, draw.Spaces(c.w))
		}
		if r := v.current().row; r != nil {
			lines = append(lines, v.content.(footed).foot(c, r)...)
		}
	}
	f := draw.Frame{
		Titles: []string{v.title}, Note: strings.TrimSpace(v.content.note(c.Glyphs)), Focused: v.focused,
		Total: v.window.total, Offset: from, Shown: v.window.height, Foot: v.selection.marks.foot(c.Glyphs, false, v.position()),
	}
	return f.Draw(c.Styles, v.w, v.h, lines[:min(len(lines), max(0, v.h-2))])
}

// position says which of the lines that can be selected is, where not all are
// seen.
func (v *sheet) position() string {
	w := v.window
	if w.cursor < 0 || w.total <= w.height {
		return ""
	}
	before, _ := slices.BinarySearch(v.between, w.cursor)
	return fmt.Sprintf("%d/%d", w.cursor-before+1, w.total-len(v.between))
}

// rowsInSight are the profiles whose lines are seen.
func (v *sheet) rowsInSight() []*row { return v.rowsFrom(v.window.inSight()) }

// rowsFrom are the profiles of the lines from one to before another.
func (v *sheet) rowsFrom(from, to int) (rows []*row) {
	for _, l := range v.lines[min(from, len(v.lines)):min(to, len(v.lines))] {
		if l.row != nil {
			rows = append(rows, l.row)
		}
	}
	return rows
}

// lead begins a line that can be selected: the marker, and the inks to go on
// with.
func (c *canvas) lead(selected bool) (string, *theme.Inks) {
	if selected {
		return c.Selected.Accent.Render(c.Glyphs.Marker), &c.Selected
	}
	return " ", &c.Inks
}

// heading is a line that stands between others.
func (c *canvas) heading(l sheetLine) string {
	title, rest, _ := strings.Cut(l.text, "\n")
	if title == "" {
		return c.Muted.Render(draw.Pad(" "+rest, c.w, c.Glyphs.Tail))
	}
	title = draw.Cut(title, max(0, c.w-1), c.Glyphs.Tail)
	line := " " + c.Strong.Render(title)
	room := c.w - 1 - draw.Width(title)
	if rest != "" && room > 3 {
		return line + c.Muted.Render(draw.Pad("  "+rest, room, c.Glyphs.Tail))
	}
	return draw.Cut(line+draw.Spaces(room), c.w, "")
}

// touch has the view drawn anew, since its content shows something else.
func (v *sheet) touch() { v.arranged++ }

// show brings the line of the selected profile into sight.
func (v *sheet) show(s *theme.Styles, now time.Time) {
	v.prepare(s, now)
	v.find(v.current())
	if _, ok := v.content.(interface{ opensAtTop() }); ok {
		v.window.offset = 0
		return
	}
	v.window.follow()
	v.withHeading()
}

// clickHead takes a click on the lines above those that scroll, which the
// content may have a use for. It reports whether it has.
func (v *sheet) clickHead(x, y int) bool {
	c, ok := v.content.(interface{ clickHead(x, w int) })
	if ok = ok && y == v.above(); ok {
		c.clickHead(x, v.w)
	}
	return ok
}

// cursor is where the filter is written, in cells of the view.
func (v *sheet) cursor(s *theme.Styles) (x, y int) {
	_, x = v.selection.filter.draw(s, max(0, v.w-2))
	return 1 + x, 1
}

// period is how often the view changes with time alone.
func (v *sheet) period(now time.Time) time.Duration {
	often := sooner(coarse, pace(now, v.content.soonest()))
	for _, r := range v.rowsInSight() {
		often = sooner(often, r.pace(now))
	}
	return often
}
