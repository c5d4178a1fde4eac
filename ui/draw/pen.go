package draw

import (
	"strings"

	"rollcall/ui/theme"
)

// LabelWidth is the column in which the names of values stand.
const LabelWidth = 10

// Item is one thing in a pane that can be pointed at and copied.
type Item struct {
	// lines are as wide as the pane; height is how many there are where later writes them.
	lines  []string
	height int
	later  func() []string
	// Value is what copying gives; empty where there is nothing to copy.
	Value string
	// What names the value; empty where there is nothing to point at.
	What string
	// URL is its page; empty for none.
	URL string
}

// Height is how many lines the item has.
func (i *Item) Height() int {
	if i.later != nil {
		return i.height
	}
	return len(i.lines)
}

// Lines are those of the item, each as wide as the pane.
func (i *Item) Lines() []string {
	if i.later != nil {
		return i.later()
	}
	return i.lines
}

// Content is what a pane holds.
type Content struct {
	// Items are its parts from top to bottom.
	Items []Item
	// Count follows the title; empty for none.
	Count string
}

// Pen writes the content of a pane. Each line begins with a space, where the
// marker goes.
type Pen struct {
	*theme.Styles
	Content
	// The room, which is less wide while something stands aside.
	W, H int
	// Tone is the ink of values.
	Tone theme.Ink
	// Plain leaves the names of values out.
	Plain bool
	// aside is what is left of a block of lines that stands left of the lines to
	// come; it takes asideWidth cells until it is ended.
	aside      []string
	asideWidth int
}

// Tall reports whether there is height to break a value that is longer than a
// line.
func (p *Pen) Tall() bool { return p.H >= 8 }

// Roomy reports whether there is height for blank lines.
func (p *Pen) Roomy() bool { return p.H >= 16 }

// Left is how many lines of the pane are not written on; negative where it has
// to be scrolled.
func (p *Pen) Left() int {
	n := p.H
	for i := range p.Items {
		n -= p.Items[i].Height()
	}
	return n
}

// Add appends an item of styled lines, each at most w-1 cells wide.
func (p *Pen) Add(what, value string, lines ...string) {
	lines = filled(lines, p.W-1, p.Glyphs.Tail)
	p.putBeside(lines)
	p.Items = append(p.Items, Item{lines: lines, What: what, Value: value})
}

// AddLater is Add of so many lines, which are written when they are seen: of a list with
// thousands of items few are.
func (p *Pen) AddLater(what, value string, height int, lines func() []string) {
	if p.HasAside() {
		p.Add(what, value, lines()...)
		return
	}
	room, tail := p.W-1, p.Glyphs.Tail
	p.Items = append(p.Items, Item{height: height, What: what, Value: value, later: func() []string { return filled(lines(), room, tail) }})
}

// filled are lines made as wide as the room, which is one cell less than that of the pen.
func filled(lines []string, room int, tail string) []string {
	for i, l := range lines {
		l, w := fitted(l, max(0, room), tail)
		lines[i] = " " + l + Spaces(room-w)
	}
	return lines
}

// Link gives a page to what was added last.
func (p *Pen) Link(url string) { p.Items[len(p.Items)-1].URL = url }

// SetAside lets a block of lines, w cells wide, stand left of what comes next.
func (p *Pen) SetAside(lines []string, w int) {
	p.aside, p.asideWidth = lines, w+2
	p.W -= p.asideWidth
}

// HasAside reports whether something stands left of what comes next.
func (p *Pen) HasAside() bool { return p.asideWidth > 0 }

// putBeside puts the aside's next lines before the given ones. What is below
// it stays in line with what is beside it.
func (p *Pen) putBeside(lines []string) {
	if !p.HasAside() {
		return
	}
	for i, l := range lines {
		left := Spaces(p.asideWidth - 2)
		if len(p.aside) > 0 {
			left, p.aside = p.aside[0], p.aside[1:]
		}
		lines[i] = " " + left + " " + l
	}
}

// EndAside lets the aside stand alone to its end, and gives the pen its width
// back.
func (p *Pen) EndAside() {
	for len(p.aside) > 0 {
		p.Add("", "", "")
	}
	p.W += p.asideWidth
	p.asideWidth = 0
}

// Blank is a line with nothing on it.
func (p *Pen) Blank() { p.Items = append(p.Items, Item{lines: []string{Spaces(p.W)}}) }

// Gap is a blank line, where there is room and something above it.
func (p *Pen) Gap() {
	if p.Roomy() && len(p.Items) > 0 {
		p.Blank()
	}
}

// Note says that there is nothing to show, and why.
func (p *Pen) Note(s string) { p.Write(p.Muted, s) }

// Write writes a text, broken at words.
func (p *Pen) Write(k theme.Ink, s string) {
	if lines := WrapIn(k, s, p.W-2); lines != nil {
		p.Add("", "", lines...)
	}
}

// Fact is a named value on one line; a value which is not known is left out.
func (p *Pen) Fact(label, value string) { p.FactIn(p.Tone, label, value) }

// FactIn is a named value in an ink of its own.
func (p *Pen) FactIn(k theme.Ink, label, value string) {
	if value == "" {
		return
	}
	if p.Tall() {
		p.Paragraph(k, label, value)
		return
	}
	p.Add(label, value, p.Label(label)+k.Render(Cut(value, p.ValueWidth(), p.Glyphs.Tail)))
}

// Spoken is a named value that does not speak for itself where names are left out.
func (p *Pen) Spoken(label, value string) {
	name := p.Label(label)
	room := p.ValueWidth()
	if p.Plain {
		name = p.Muted.Render(label + " ")
		room -= len(label) + 1
	}
	p.Add(label, value, name+p.Tone.Render(Cut(value, room, p.Glyphs.Tail)))
}

// List are values with one name, each on its line.
func (p *Pen) List(label string, values []string) {
	for i, v := range values {
		name := label
		if i > 0 {
			name = ""
		}
		lines := []string{p.Label(name) + p.Tone.Render(Cut(v, p.ValueWidth(), p.Glyphs.Tail))}
		if p.Tall() {
			lines = p.labelled(p.Tone, name, v)
		}
		p.Add(label, v, lines...)
	}
}

// Paragraph is a named text broken at words.
func (p *Pen) Paragraph(k theme.Ink, label, text string) {
	if lines := p.labelled(k, label, text); lines != nil {
		p.Add(label, text, lines...)
	}
}

// Sourced is a paragraph with who said so beside it or below.
func (p *Pen) Sourced(k theme.Ink, label, value, source string) {
	room := p.ValueWidth()
	lines := p.labelled(k, label, value)
	switch {
	case source == "" || lines == nil:
	case Width(value+source)+3 <= room:
		lines[0] += p.Muted.Render(" (" + source + ")")
	default:
		lines = append(lines, p.Label("")+p.Muted.Render(Cut("says the "+source, room, p.Glyphs.Tail)))
	}
	if lines != nil {
		p.Add(label, value, lines...)
	}
}

// labelled is a text broken at words, with its name before the first line.
func (p *Pen) labelled(k theme.Ink, label, text string) []string {
	var lines []string
	for i, l := range Wrap(text, p.ValueWidth()) {
		name := label
		if i > 0 {
			name = ""
		}
		lines = append(lines, p.Label(name)+k.Render(l))
	}
	return lines
}

// ValueWidth is the room beside the name of a value.
func (p *Pen) ValueWidth() int {
	if p.Plain {
		return p.W - 1
	}
	return p.W - LabelWidth - 2
}

// Label is the name of a value as it stands before it.
func (p *Pen) Label(s string) string {
	if p.Plain {
		return ""
	}
	return p.Muted.Render(Pad(Cut(s, LabelWidth-1, p.Glyphs.Tail), LabelWidth, ""))
}

// Fitting is the first of the texts that fits on a line, else the last.
func (p *Pen) Fitting(texts ...string) string {
	for _, t := range texts {
		if Width(t) <= p.W-2 {
			return t
		}
	}
	return texts[len(texts)-1]
}

// Columns lays cells side by side, each padded to its width; those without a
// width are left out.
func (p *Pen) Columns(widths []int, cells []string, tones []theme.Ink) string {
	var b strings.Builder
	gap := 0
	for i, c := range cells {
		if widths[i] == 0 {
			continue
		}
		c = Cut(c, widths[i], p.Glyphs.Tail)
		b.WriteString(Spaces(gap) + tones[i].Render(c))
		gap = widths[i] - Width(c) + 2
	}
	return b.String()
}
