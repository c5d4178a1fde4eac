package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
)

// field is one thing that a form asks for.
type field struct {
	// key tells it from the other fields of its form.
	key string
	// label names it.
	label string
	// line is the text where one is written.
	line line
	// choices are all that can be chosen; nil where a text is written.
	choices []choice
	// choice is the place of the one that is chosen.
	choice int
	// hidden is set where what is written must not be seen.
	hidden bool
	// left is set when the field was left once, from when on its faults show.
	left bool
	// was is the value at first.
	was string
}

// choice is a value with the word that is shown for it.
type choice struct{ value, word string }

// maxField is enough for a long address, a command and any token.
const maxField = 8192

// value is what is chosen or written.
func (fd *field) value() string {
	if fd.choices != nil {
		return fd.choices[fd.choice].value
	}
	return fd.line.value()
}

// trimmed is the value without spaces around it.
func (fd *field) trimmed() string { return strings.TrimSpace(fd.value()) }

// press takes one key.
func (fd *field) press(msg tea.KeyPressMsg) {
	switch {
	case fd.choices == nil:
		fd.line.press(msg)
	case msg.Code == tea.KeyLeft:
		fd.turn(-1)
	case msg.Code == tea.KeyRight, msg.Code == tea.KeySpace:
		fd.turn(1)
	}
}

// turn takes another choice.
func (fd *field) turn(by int) {
	n := len(fd.choices)
	fd.choice = (fd.choice + by + n) % n
}

// lineOf is a line with a text, to be written on at its end.
func lineOf(text string) line {
	l := line{limit: maxField}
	l.insert(text)
	return l
}

// paste writes a text; a line break at its end is none of it.
func (fd *field) paste(text string) {
	if fd.choices == nil {
		fd.line.insert(strings.TrimSpace(text))
	}
}

// forget leaves nothing of what was written where it was.
func (fd *field) forget() {
	clear(fd.line.text[:cap(fd.line.text)])
	fd.line = line{limit: maxField}
}

// shown is what is seen in w cells: of what is hidden, only that it is there.
func (fd *field) shown(w int, tail string) (text string, cursor int) {
	switch {
	case fd.choices != nil:
		return "< " + fd.choices[fd.choice].word + " >", -1
	case fd.hidden:
		hidden := line{text: []rune(strings.Repeat("*", len(fd.line.text))), at: fd.line.at}
		text, cursor = hidden.window(w, "")
	default:
		text, cursor = fd.line.window(w, tail)
	}
	return strings.TrimRight(text, " "), cursor
}

// fieldNotes are what is said about a field.
type fieldNotes struct {
	// label names it.
	label string
	// otherwise is what holds while it is empty.
	otherwise string
	// advice is what to know while it is written.
	advice string
	// wrong is what is wrong with it, which shows once it was left.
	wrong string
}

// lines are the field, w cells wide, and below it what is wrong with it, or
// what to know.
func (fd *field) lines(s *Styles, w int, current bool, n fieldNotes) []string {
	lead, in := "  ", s.text
	if current {
		lead, in = s.accent.write(s.glyphs.marker)+" ", s.strong
	}
	room := w - labelWidth - 2
	text, _ := fd.shown(room, s.glyphs.tail)
	if text == "" && !current {
		in, text = s.muted, n.otherwise
	}
	lines := []string{lead + s.muted.write(pad(n.label, labelWidth, "")) + in.write(pad(text, room, s.glyphs.tail))}
	look, note := s.muted, n.advice
	switch {
	case n.wrong != "" && fd.left:
		look, note = s.fail, n.wrong
	case !current:
		note = ""
	}
	for _, l := range wrap(note, room) {
		lines = append(lines, spaces(labelWidth+2)+look.write(l))
	}
	return lines
}

// cursor is the cell in which the next character goes, in a field w cells wide.
func (fd *field) cursor(w int, tail string) int {
	_, at := fd.shown(w-labelWidth-2, tail)
	return labelWidth + 2 + at
}
