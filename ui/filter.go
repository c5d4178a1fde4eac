package ui

import (
	"strings"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// filter is the line that narrows the list.
type filter struct {
	line    draw.Line
	editing bool
}

// shown reports whether the line is on the screen.
func (f *filter) shown() bool { return f.editing || f.query() != "" }

func (f *filter) query() string { return strings.TrimSpace(f.line.Value()) }

// changed does something to the line, and reports whether that changed the
// query.
func (f *filter) changed(do func(*draw.Line)) bool {
	before := f.query()
	do(&f.line)
	return f.query() != before
}

// draw draws the line w cells wide, and says in which cell the cursor is.
func (f *filter) draw(s *theme.Styles, w int) (line string, cursor int) {
	lead := " " + s.Glyphs.Prompt + " "
	text, at := f.line.Window(max(0, w-len(lead)), s.Glyphs.Tail)
	cursor = min(w-1, len(lead)+at)
	return s.Accent.Render(draw.Cut(lead, w, "")) + s.Text.Render(text), max(0, cursor)
}
