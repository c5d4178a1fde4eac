package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// listPane is the pane of the profiles. It draws only the rows that are seen.
type listPane struct {
	box
	selection *selection
	window    window
	// touched is the state of the selection that the window follows.
	touched int
	// drawn are the drawn rows, by their index.
	drawn []memo[rowKey, string]
	memo  memo[listKey, []string]
}

// listKey is all that the drawn pane depends on.
type listKey struct {
	box
	window                         window
	styles                         *theme.Styles
	roster, arranged, frame, caret int
	input                          string
	editing                        bool
	titles                         string
}

// prepare brings the window in line with the selection.
func (l *listPane) prepare() {
	l.window.fit(len(l.selection.visible), l.h-2-l.selection.filter.height(max(0, l.w-2)))
	if l.touched != l.selection.touched {
		l.touched, l.window.cursor = l.selection.touched, l.selection.at
		l.window.follow()
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
	l.prepare()
	l.window.move(to, anyLine)
	l.selection.moveTo(l.window.cursor)
	return true
}

// scroll moves what is seen, not the selection.
func (l *listPane) scroll(n int) {
	l.prepare()
	l.window.scroll(n)
}

// click selects the row at line y of the pane; nil where there is none.
func (l *listPane) click(y int) *row {
	l.prepare()
	i, ok := l.window.lineAt(y - (l.h - l.window.height - 1))
	if !ok {
		return nil
	}
	l.selection.moveTo(i)
	return l.selection.selected
}

// View draws the pane as it was prepared; spin is the frame of the spinner.
func (l *listPane) View(s *theme.Styles, titles []string, active, spin int) []string {
	c := l.selection
	if c.roster.busy == 0 {
		spin = 0
	}
	k := listKey{
		box: l.box, window: l.window, styles: s, roster: c.roster.version, arranged: c.arranged, frame: spin,
		caret: c.filter.line.At, input: c.filter.line.Value(), editing: c.filter.editing,
		titles: strings.Join(titles, "\n"),
	}
	return l.memo.get(k, func() []string { return l.draw(s, titles, active, spin) })
}

func (l *listPane) draw(s *theme.Styles, titles []string, active, spin int) []string {
	w, c := max(0, l.w-2), l.selection
	lines := c.filter.lines(s, w)
	if len(c.visible) == 0 {
		lines = append(lines, noMatchLines(s, c.filter.told, w)...)
	}
	if n := len(c.roster.rows); n > len(l.drawn) {
		l.drawn = slices.Grow(l.drawn, n-len(l.drawn))[:n]
	}
	from, to := l.window.inSight()
	for i := from; i < to; i++ {
		lines = append(lines, l.row(s, i, w, spin, c.filter.words))
	}
	f := draw.Frame{
		Titles: titles, Active: active, Note: c.note(s.Glyphs), Focused: l.focused,
		Total: l.window.total, Offset: from, Shown: l.window.height,
		Foot: draw.Position(l.window.cursor, l.window.total, l.window.height),
	}
	return f.Draw(s, l.w, l.h, lines[:min(len(lines), max(0, l.h-2))])
}

// row draws the visible row with an index.
func (l *listPane) row(s *theme.Styles, i, w, spin int, query []string) string {
	r := l.selection.visible[i]
	selected := i == l.window.cursor
	k := rowKey{
		row: r, styles: s, version: r.version, w: w, number: i + 1, nameWidth: nameRoom(l.selection.roster, w),
		selected: selected, focused: l.focused && selected, query: strings.Join(query, " "),
	}
	// Only nine rows have a number, and only a busy one turns.
	if k.number > 9 {
		k.number = 0
	}
	if r.snap.Busy {
		k.spin = spin
	}
	return l.drawn[r.index].get(k, func() string { return drawRow(s, k, query) })
}

// noMatchLines are what stands in a list of which the filter leaves nothing.
func noMatchLines(s *theme.Styles, query string, w int) []string {
	text := "No profile matches " + s.Glyphs.Quote(query) + "."
	var lines []string
	for _, t := range append(append([]string{""}, draw.Wrap(text, w-2)...), "", "esc clears the filter") {
		lines = append(lines, s.Muted.Render(draw.Pad(" "+t, w, s.Glyphs.Tail)))
	}
	return lines
}
