package ui

import "strings"

// filter is the line that narrows the list.
type filter struct {
	line    line
	editing bool
}

// shown reports whether the line is on the screen.
func (f *filter) shown() bool { return f.editing || f.query() != "" }

func (f *filter) query() string { return strings.TrimSpace(f.line.value()) }

// changed does something to the line, and reports whether that changed the
// query.
func (f *filter) changed(do func(*line)) bool {
	before := f.query()
	do(&f.line)
	return f.query() != before
}

// draw draws the line w cells wide, and says in which cell the cursor is.
func (f *filter) draw(s *Styles, w int) (line string, cursor int) {
	lead := " " + s.glyphs.prompt + " "
	text, at := f.line.window(max(0, w-len(lead)), s.glyphs.tail)
	cursor = min(w-1, len(lead)+at)
	return s.accent.write(cut(lead, w, "")) + s.text.write(text), max(0, cursor)
}
