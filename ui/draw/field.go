package draw

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"rollcall/ui/theme"
)

// Field is one thing that a form asks for.
type Field struct {
	// Key tells it from the other fields of its form.
	Key string
	// Label names it.
	Label string
	// Line is the text where one is written.
	Line Line
	// Choices are all that can be chosen; nil where a text is written.
	Choices []Choice
	// Chosen is the place of the one that is chosen.
	Chosen int
	// Hidden is set where what is written must not be seen.
	Hidden bool
	// Left is set when the field was left once, from when on its faults show.
	Left bool
	// Was is the value at first.
	Was string
	// Offers are texts that may be meant, of which the right arrow takes one at the
	// end of the line, and the next one when it is pressed again.
	Offers []string
	// begun is what was written before an offer was taken; taken is that offer.
	begun, taken string
}

// Choice is a value with the word that is shown for it.
type Choice struct {
	Value, Word string
	// Not is why it cannot be chosen; empty where it can.
	Not string
}

// maxField is enough for a long address, a command and any token.
const maxField = 8192

// Value is what is chosen or written.
func (fd *Field) Value() string {
	if fd.Choices != nil {
		return fd.Choices[fd.Chosen].Value
	}
	return fd.Line.Value()
}

// Trimmed is the value without spaces around it.
func (fd *Field) Trimmed() string { return strings.TrimSpace(fd.Value()) }

// Press takes one key.
func (fd *Field) Press(msg tea.KeyPressMsg) {
	switch {
	case fd.Choices == nil && msg.Code == tea.KeyRight && msg.Mod == 0 && fd.take():
	case fd.Choices == nil:
		fd.Line.Press(msg)
	case msg.Code == tea.KeyLeft:
		fd.Turn(-1)
	case msg.Code == tea.KeyRight, msg.Code == tea.KeySpace:
		fd.Turn(1)
	}
}

// Turn takes another choice, past those that cannot be chosen.
func (fd *Field) Turn(by int) {
	n := len(fd.Choices)
	for range n {
		if fd.Chosen = (fd.Chosen + by + n) % n; fd.Choices[fd.Chosen].Not == "" {
			return
		}
	}
}

// offered are the offers for what is written.
func (fd *Field) offered() []string {
	if len(fd.Offers) == 0 {
		return nil
	}
	written := fd.Line.Value()
	if fd.taken != "" && written == fd.taken {
		written = fd.begun
	}
	var all []string
	for _, o := range fd.Offers {
		if len(o) >= len(written) && strings.EqualFold(o[:len(written)], written) {
			all = append(all, o)
		}
	}
	return all
}

// take writes the next offer in the place of what is written, and reports whether
// there was one.
func (fd *Field) take() bool {
	all := fd.offered()
	if len(all) == 0 || fd.Line.At < len(fd.Line.text) {
		return false
	}
	if fd.taken == "" || fd.Line.Value() != fd.taken {
		fd.begun = fd.Line.Value()
	}
	// One that is not among them is in the place before the first.
	fd.taken = all[(slices.Index(all, fd.Line.Value())+1)%len(all)]
	fd.Line = LineOf(fd.taken)
	return true
}

// LineOf is a line with a text, to be written on at its end.
func LineOf(text string) Line {
	l := Line{limit: maxField}
	l.Insert(text)
	return l
}

// Paste writes a text; a line break at its end is none of it.
func (fd *Field) Paste(text string) {
	if fd.Choices == nil {
		fd.Line.Insert(strings.TrimSpace(text))
	}
}

// Forget leaves nothing of what was written where it was.
func (fd *Field) Forget() {
	clear(fd.Line.text[:cap(fd.Line.text)])
	fd.Line = Line{limit: maxField}
}

// shown is what is seen in w cells: of what is hidden, only that it is there.
func (fd *Field) shown(w int, tail string) (text string, cursor int) {
	switch {
	case fd.Choices != nil:
		return "< " + fd.Choices[fd.Chosen].Word + " >", -1
	case fd.Hidden:
		hidden := Line{text: []rune(strings.Repeat("*", len(fd.Line.text))), At: fd.Line.At}
		text, cursor = hidden.Window(w, "")
	default:
		text, cursor = fd.Line.Window(w, tail)
	}
	return strings.TrimRight(text, " "), cursor
}

// Notes are what is said about a field.
type Notes struct {
	// Label names it.
	Label string
	// Otherwise is what holds while it is empty.
	Otherwise string
	// Advice is what to know while it is written.
	Advice string
	// Wrong is what is wrong with it, which shows once it was left.
	Wrong string
}

// Lines are the field, w cells wide, and below it what is wrong with it, or
// what to know.
func (fd *Field) Lines(s *theme.Styles, w int, current bool, n Notes) []string {
	lead, in := "  ", s.Text
	if current {
		lead, in = s.Accent.Render(s.Glyphs.Marker)+" ", s.Strong
	}
	room := w - LabelWidth - 2
	text, _ := fd.shown(room, s.Glyphs.Tail)
	if text == "" && !current {
		in, text = s.Muted, n.Otherwise
	}
	lines := []string{lead + s.Muted.Render(Pad(n.Label, LabelWidth, "")) + in.Render(Pad(text, room, s.Glyphs.Tail))}
	look, note := s.Muted, n.Advice
	if all := fd.offered(); len(all) > 0 {
		note = "set here, right takes one: " + strings.Join(all, ", ")
	}
	switch {
	case n.Wrong != "" && fd.Left:
		look, note = s.Fail, n.Wrong
	case !current:
		note = ""
	}
	for _, l := range Wrap(note, room) {
		lines = append(lines, Spaces(LabelWidth+2)+look.Render(l))
	}
	for _, c := range fd.Choices {
		if !current || c.Not == "" {
			continue
		}
		for _, l := range Wrap(c.Word+": "+c.Not, room) {
			lines = append(lines, Spaces(LabelWidth+2)+s.Muted.Render(l))
		}
	}
	return lines
}

// Cursor is the cell in which the next character goes, in a field w cells wide.
func (fd *Field) Cursor(w int, tail string) int {
	_, at := fd.shown(w-LabelWidth-2, tail)
	return LabelWidth + 2 + at
}
