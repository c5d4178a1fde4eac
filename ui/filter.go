package ui

import (
	"errors"
	"strings"

	"rollcall/client/insight"
	"rollcall/config/query"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// filter is the line that narrows the list.
type filter struct {
	line    draw.Line
	editing bool
	offers  offers
	// wrong is what is wrong with what is written; nil for nothing. A term of which
	// something is wrong asks nothing meanwhile.
	wrong *query.Error
	// asked is what is asked, and told the same as a text. words are its plain words,
	// rest is the query without them.
	asked, rest query.Query
	told        string
	words       []string
	// about is the profile that is asked about just now.
	about insight.Subject
}

// vocabulary are the words of queries that are no texts to look for.
func vocabulary() query.Vocabulary {
	states, severities, urgencies := insight.Words()
	return query.Vocabulary{States: states, Severities: severities, Urgencies: urgencies}
}

// query is what is written.
func (f *filter) query() string { return strings.TrimSpace(f.line.Value()) }

// read takes the terms of what is written of which nothing is wrong for the query.
func (f *filter) read() {
	q, err := query.Readable(f.line.Value(), vocabulary())
	f.wrong = nil
	errors.As(err, &f.wrong)
	f.asked, f.rest, f.told, f.words = q, q.WithoutWords(), q.String(), q.Words()
}

// set writes a query for the person.
func (f *filter) set(text string) {
	*f = filter{line: draw.LineOf(text)}
	f.read()
}

// sought are the words of what is written, without those of a term of which
// something is wrong.
func (f *filter) sought() string {
	if f.wrong != nil {
		return f.told
	}
	return f.query()
}

// changed does something to the line, and reports whether that changed the
// query.
func (f *filter) changed(do func(*draw.Line)) bool {
	before := f.query()
	do(&f.line)
	if f.query() == before {
		return false
	}
	f.read()
	return true
}

// shown reports whether the line is on the screen.
func (f *filter) shown() bool { return f.editing || f.query() != "" }

// mostMessageLines is how many lines say what is wrong.
const mostMessageLines = 2

// height is how many lines the filter takes, w cells wide.
func (f *filter) height(w int) int {
	if !f.shown() {
		return 0
	}
	return 1 + len(f.message(w))
}

// message says what is wrong, in lines for w cells, and what is shown meanwhile.
func (f *filter) message(w int) []string {
	if f.wrong == nil {
		return nil
	}
	lines := draw.Wrap(f.wrong.Message, max(0, w-2))
	if n := len(lines); n > mostMessageLines {
		lines = append(lines[:mostMessageLines-1], strings.Join(lines[mostMessageLines-1:], " "))
	}
	shown := "all are shown until then"
	if f.told != "" {
		shown = "shown until then: " + f.told
	}
	return append(lines, shown)
}

// lines draws the filter, w cells wide.
func (f *filter) lines(s *theme.Styles, w int) (lines []string) {
	if !f.shown() {
		return nil
	}
	line, _ := f.draw(s, w)
	lines = append(lines, line)
	for _, t := range f.message(w) {
		lines = append(lines, s.Warn.Render(draw.Pad(" "+t, w, s.Glyphs.Tail)))
	}
	return lines
}

// draw draws the line w cells wide, and says in which cell the cursor is.
func (f *filter) draw(s *theme.Styles, w int) (line string, cursor int) {
	lead := " " + s.Glyphs.Prompt + " "
	room := max(0, w-len(lead))
	text, at := f.line.Window(room, s.Glyphs.Tail)
	cursor = min(w-1, len(lead)+at)
	offered, written := f.offered(s, room-draw.Width(f.line.Value())), s.Text.Render(text)
	if offered != "" {
		written = draw.Pad(s.Text.Render(f.line.Value())+offered, room, "")
	}
	return s.Accent.Render(draw.Cut(lead, w, "")) + written, max(0, cursor)
}
