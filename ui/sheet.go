package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

// sheet is a view that fills the screen: lines under a heading, of which only
// those in sight are drawn. What the lines are, its content says.
type sheet struct {
	box
	title   string
	content sheetContent
	// list has the filter and the selection that all views share.
	list  *listPane
	lines []sheetLine
	// between are the places of the lines that cannot be selected.
	between []int
	// cursor is the selected line; negative for none.
	cursor, offset int
	heading        []string
	// arranged counts the arrangements.
	arranged int
	memo     memo[sheetKey, []string]
}

// sheetContent is one view.
type sheetContent interface {
	// arrange is the lines as they are now, which hold until it is called again;
	// changed is false where they are those of last time.
	arrange(c *canvas) (lines []sheetLine, changed bool)
	// head are the lines above that do not scroll.
	head(c *canvas) []string
	// draw is one line, c.w cells wide.
	draw(c *canvas, l sheetLine, selected bool) string
	// note follows the title.
	note(g *glyphs) string
	// none says why there are no lines.
	none() string
	// soonest is the next moment at which something ends that is shown to
	// the second; zero for none.
	soonest() time.Time
}

// sheetLine is one line of a view.
type sheetLine struct {
	// row is the profile that the line is about; nil for a line that cannot
	// be selected.
	row *row
	// entry is set in the activity.
	entry *entry
	// text is what a line without a profile says, severity how it looks.
	text     string
	severity account.Severity
	// place tells apart the lines of a profile that has several.
	place int
}

// canvas is what a view is drawn on.
type canvas struct {
	*Styles
	w   int
	now time.Time
	// query is what the filter looks for.
	query []string
}

// sheetKey is all that the drawn view depends on.
type sheetKey struct {
	box
	styles                           *Styles
	roster, arranged, cursor, offset int
	at                               int64
	zone                             *time.Location
	input                            string
	inputAt                          int
	editing                          bool
}

func newSheet(title string, list *listPane, content sheetContent) *sheet {
	return &sheet{title: title, list: list, content: content, cursor: -1, box: box{focused: true}}
}

// SetSize gives the view its size, border included.
func (v *sheet) SetSize(w, h int) {
	if v.w != w || v.h != h {
		v.w, v.h = w, h
		v.follow()
	}
}

func (v *sheet) canvas(s *Styles, now time.Time) *canvas {
	return &canvas{Styles: s, w: max(0, v.w-2), now: now, query: terms(v.list.filter.query())}
}

// prepare brings the lines up to date, so that keys and View see the same.
func (v *sheet) prepare(s *Styles, now time.Time) {
	c := v.canvas(s, now)
	inSight := v.cursor >= v.offset && v.cursor < v.offset+v.shown()
	was := v.current()
	lines, changed := v.content.arrange(c)
	v.heading = v.content.head(c)
	if changed {
		v.arranged++
		before := v.cursor
		v.lines, v.between = lines, v.between[:0]
		for i, l := range lines {
			if l.row == nil {
				v.between = append(v.between, i)
			}
		}
		v.find(was)
		if v.offset > 0 && was.entry != nil && v.cursor >= 0 && v.current().entry == was.entry {
			// What is read stays where it is while news come in above it.
			v.offset += v.cursor - before
		}
	}
	if is := v.current(); is.row != v.list.selected {
		v.find(is)
		inSight = inSight || v.current() != is
	}
	v.offset = clamp(v.offset, 0, max(0, len(v.lines)-v.shown()))
	if inSight || changed && was.row == nil {
		v.follow()
	}
}

// current is the selected line; empty for none.
func (v *sheet) current() sheetLine {
	if v.cursor >= 0 && v.cursor < len(v.lines) {
		return v.lines[v.cursor]
	}
	return sheetLine{}
}

// find puts the cursor on the line that was, else on the line of the selected
// profile that is nearest to where it stood, else on the first one.
func (v *sheet) find(was sheetLine) {
	best, far := -1, 0
	for i, l := range v.lines {
		if l.row == nil || l.row != v.list.selected {
			continue
		}
		if l.entry != nil && l.entry == was.entry || l.entry == nil && l.row == was.row && l.place == was.place {
			v.cursor = i
			return
		}
		d := max(i-v.cursor, v.cursor-i)
		if l.entry != nil {
			d = i
		}
		if best < 0 || d < far {
			best, far = i, d
		}
	}
	if best < 0 {
		best = v.firstSelectable()
	}
	v.cursor = best
}

// move goes to the next line that can be selected, by steps from line i.
func (v *sheet) move(i, by int) {
	for ; i >= 0 && i < len(v.lines); i += by {
		if r := v.lines[i].row; r != nil {
			v.cursor = i
			v.list.choose(r)
			v.follow()
			if by < 0 && v.firstSelectable() == i {
				v.offset = 0
			}
			return
		}
	}
}

func (v *sheet) firstSelectable() int {
	for i, l := range v.lines {
		if l.row != nil {
			return i
		}
	}
	return -1
}

// follow brings the selected line into sight.
func (v *sheet) follow() {
	if v.cursor < 0 {
		return
	}
	n := max(1, v.shown())
	v.offset = max(0, min(v.offset, v.cursor), v.cursor-n+1)
}

func (v *sheet) scroll(n int) { v.offset = clamp(v.offset+n, 0, max(0, len(v.lines)-v.shown())) }

// above is how many lines stand above those that scroll.
func (v *sheet) above() int {
	n := len(v.heading)
	if v.list.filter.shown() {
		n++
	}
	return n
}

// shown is how many lines there is room for.
func (v *sheet) shown() int { return max(0, v.h-2-v.above()) }

// HandleKey moves the selection.
func (v *sheet) HandleKey(msg tea.KeyPressMsg, k *KeyMap) bool {
	page, last := max(1, v.shown()-1), len(v.lines)-1
	switch {
	case key.Matches(msg, k.Up):
		v.move(v.cursor-1, -1)
	case key.Matches(msg, k.Down):
		v.move(v.cursor+1, 1)
	case key.Matches(msg, k.PageUp):
		v.move(clamp(v.cursor-page, v.firstSelectable(), max(0, last)), -1)
	case key.Matches(msg, k.PageDown):
		v.jump(min(v.cursor+page, last))
	case key.Matches(msg, k.Top):
		v.move(0, 1)
		v.offset = 0
	case key.Matches(msg, k.Bottom):
		v.move(last, -1)
	default:
		return false
	}
	return true
}

// jump goes to line i, or the next after it that can be selected, or the last.
func (v *sheet) jump(i int) {
	before := v.cursor
	if v.move(i, 1); v.cursor == before {
		v.move(len(v.lines)-1, -1)
	}
}

// click selects the line at line y of the view; empty where there is none.
func (v *sheet) click(y int) sheetLine {
	i := y - 1 - v.above() + v.offset
	if y-1 < v.above() || y-1-v.above() >= v.shown() || i >= len(v.lines) || v.lines[i].row == nil {
		return sheetLine{}
	}
	v.cursor = i
	v.list.choose(v.lines[i].row)
	return v.lines[i]
}

// View draws the view as it was prepared.
func (v *sheet) View(s *Styles, now time.Time) []string {
	f := &v.list.filter
	k := sheetKey{
		box: v.box, styles: s, roster: v.list.roster.version, arranged: v.arranged,
		cursor: v.cursor, offset: v.offset, at: now.Unix(), zone: now.Location(),
		input: f.line.value(), inputAt: f.line.at, editing: f.editing,
	}
	return v.memo.get(k, func() []string { return v.draw(v.canvas(s, now)) })
}

func (v *sheet) draw(c *canvas) []string {
	var lines []string
	if v.list.filter.shown() {
		line, _ := v.list.filter.view(c.Styles, c.w)
		lines = append(lines, line)
	}
	lines = append(lines, v.heading...)
	if len(v.lines) == 0 {
		for _, l := range append([]string{""}, wrap(v.content.none(), min(c.w-2, maxOverlay))...) {
			lines = append(lines, c.muted.write(pad(" "+l, c.w, c.glyphs.tail)))
		}
	}
	end := min(len(v.lines), v.offset+v.shown())
	for i := v.offset; i < end; i++ {
		lines = append(lines, v.content.draw(c, v.lines[i], i == v.cursor))
	}
	f := frame{
		titles: []string{v.title}, note: strings.TrimSpace(v.content.note(c.glyphs)), focused: v.focused,
		total: len(v.lines), offset: v.offset, shown: v.shown(),
		foot: v.position(),
	}
	return f.draw(c.Styles, v.w, v.h, lines[:min(len(lines), max(0, v.h-2))])
}

// position says which of the lines that can be selected is, where not all are
// seen.
func (v *sheet) position() string {
	if v.cursor < 0 || len(v.lines) <= v.shown() {
		return ""
	}
	before, _ := slices.BinarySearch(v.between, v.cursor)
	return fmt.Sprintf("%d/%d", v.cursor-before+1, len(v.lines)-len(v.between))
}

// lead begins a line that can be selected: the marker, and the inks to go on
// with.
func (c *canvas) lead(selected bool) (string, *inks) {
	if selected {
		return c.selected.accent.write(c.glyphs.marker), &c.selected
	}
	return " ", &c.inks
}

// heading is a line that stands between others.
func (c *canvas) heading(l sheetLine) string {
	title, rest, _ := strings.Cut(l.text, "\n")
	title = cut(title, max(0, c.w-1), c.glyphs.tail)
	line := " " + c.strong.write(title)
	room := c.w - 1 - ansi.StringWidth(title)
	if rest != "" && room > 3 {
		return line + c.muted.write(pad("  "+rest, room, c.glyphs.tail))
	}
	return cut(line+spaces(room), c.w, "")
}
