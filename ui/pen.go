package ui

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// labelWidth is the column in which the names of values stand.
const labelWidth = 10

// item is one thing in a pane that can be pointed at and copied.
type item struct {
	// lines are as wide as the pane.
	lines []string
	// value is what copying gives; empty where there is nothing to copy.
	value string
	// what names the value; empty where there is nothing to point at.
	what string
	// url is its page; empty for none.
	url string
}

// content is what a pane holds.
type content struct {
	// items are its parts from top to bottom.
	items []item
	// count follows the title; empty for none.
	count string
}

// pen writes the content of a pane. Each line begins with a space, where the
// marker goes.
type pen struct {
	*Styles
	content
	// The room, which is less wide while something stands aside.
	w, h int
	// tone is the ink of values.
	tone ink
	// plain leaves the names of values out.
	plain bool
	// aside is what is left of a block of lines that stands left of the lines to
	// come; it takes asideWidth cells until it is ended.
	aside      []string
	asideWidth int
}

// roomy reports whether there is height for blank lines.
func (p *pen) roomy() bool { return p.h >= 16 }

// left is how many lines of the pane are not written on; negative where it has
// to be scrolled.
func (p *pen) left() int {
	n := p.h
	for _, i := range p.items {
		n -= len(i.lines)
	}
	return n
}

// add appends an item of styled lines, each at most w-1 cells wide.
func (p *pen) add(what, value string, lines ...string) {
	for i, l := range lines {
		l = cut(l, max(0, p.w-1), p.glyphs.tail)
		lines[i] = pad(" "+l, p.w, "")
	}
	p.putBeside(lines)
	p.items = append(p.items, item{lines: lines, what: what, value: value})
}

// link gives a page to what was added last.
func (p *pen) link(url string) { p.items[len(p.items)-1].url = url }

// setAside lets a block of lines, w cells wide, stand left of what comes next.
func (p *pen) setAside(lines []string, w int) {
	p.aside, p.asideWidth = lines, w+2
	p.w -= p.asideWidth
}

// hasAside reports whether something stands left of what comes next.
func (p *pen) hasAside() bool { return p.asideWidth > 0 }

// putBeside puts the aside's next lines before the given ones. What is below
// it stays in line with what is beside it.
func (p *pen) putBeside(lines []string) {
	if !p.hasAside() {
		return
	}
	for i, l := range lines {
		left := spaces(p.asideWidth - 2)
		if len(p.aside) > 0 {
			left, p.aside = p.aside[0], p.aside[1:]
		}
		lines[i] = " " + left + " " + l
	}
}

// endAside lets the aside stand alone to its end, and gives the pen its width
// back.
func (p *pen) endAside() {
	for len(p.aside) > 0 {
		p.add("", "", "")
	}
	p.w += p.asideWidth
	p.asideWidth = 0
}

// blank is a line with nothing on it.
func (p *pen) blank() { p.items = append(p.items, item{lines: []string{spaces(p.w)}}) }

// gap is a blank line, where there is room and something above it.
func (p *pen) gap() {
	if p.roomy() && len(p.items) > 0 {
		p.blank()
	}
}

// note says that there is nothing to show, and why.
func (p *pen) note(s string) { p.sentence(p.muted, s) }

// sentence writes a text, broken at words.
func (p *pen) sentence(k ink, s string) {
	if lines := sentence(p.Styles, k, s, p.w-2); lines != nil {
		p.add("", "", lines...)
	}
}

// field is a named value on one line; a value which is not known is left out.
func (p *pen) field(label, value string) { p.fieldIn(p.tone, label, value) }

// fieldIn is a named value in an ink of its own.
func (p *pen) fieldIn(k ink, label, value string) {
	if value != "" {
		shown := cut(value, p.valueWidth(), p.glyphs.tail)
		p.add(label, value, p.label(label)+k.write(shown))
	}
}

// spoken is a named value that does not speak for itself where names are left out.
func (p *pen) spoken(label, value string) {
	name := p.label(label)
	room := p.valueWidth()
	if p.plain {
		name = p.muted.write(label + " ")
		room -= len(label) + 1
	}
	p.add(label, value, name+p.tone.write(cut(value, room, p.glyphs.tail)))
}

// list are values with one name, each on its line.
func (p *pen) list(label string, values []string) {
	for i, v := range values {
		name := label
		if i > 0 {
			name = ""
		}
		p.add(label, v, p.label(name)+p.tone.write(cut(v, p.valueWidth(), p.glyphs.tail)))
	}
}

// paragraph is a named text broken at words.
func (p *pen) paragraph(k ink, label, text string) {
	if lines := p.labelled(k, label, text); lines != nil {
		p.add(label, text, lines...)
	}
}

// sourced is a paragraph with who said so beside it or below.
func (p *pen) sourced(k ink, label, value, source string) {
	room := p.valueWidth()
	lines := p.labelled(k, label, value)
	switch {
	case source == "" || lines == nil:
	case ansi.StringWidth(value+source)+3 <= room:
		lines[0] += p.muted.write(" (" + source + ")")
	default:
		lines = append(lines, p.label("")+p.muted.write(cut("says the "+source, room, p.glyphs.tail)))
	}
	if lines != nil {
		p.add(label, value, lines...)
	}
}

// labelled is a text broken at words, with its name before the first line.
func (p *pen) labelled(k ink, label, text string) []string {
	var lines []string
	for i, l := range wrap(text, p.valueWidth()) {
		name := label
		if i > 0 {
			name = ""
		}
		lines = append(lines, p.label(name)+k.write(l))
	}
	return lines
}

// valueWidth is the room beside the name of a value.
func (p *pen) valueWidth() int {
	if p.plain {
		return p.w - 1
	}
	return p.w - labelWidth - 2
}

// label is the name of a value as it stands before it.
func (p *pen) label(s string) string {
	if p.plain {
		return ""
	}
	return p.muted.write(pad(cut(s, labelWidth-1, p.glyphs.tail), labelWidth, ""))
}

// fitting is the first of the texts that fits on a line, else the last.
func (p *pen) fitting(texts ...string) string {
	for _, t := range texts {
		if ansi.StringWidth(t) <= p.w-2 {
			return t
		}
	}
	return texts[len(texts)-1]
}

// columns lays cells side by side, each padded to its width; those without a
// width are left out.
func (p *pen) columns(widths []int, cells []string, tones []ink) string {
	var b strings.Builder
	gap := 0
	for i, c := range cells {
		if widths[i] == 0 {
			continue
		}
		c = cut(c, widths[i], p.glyphs.tail)
		b.WriteString(spaces(gap) + tones[i].write(c))
		gap = widths[i] - ansi.StringWidth(c) + 2
	}
	return b.String()
}
