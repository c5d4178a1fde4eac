package ui

import (
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
)

// labelWidth is the column of names in a detail pane.
const labelWidth = 10

// pen writes the content of a detail pane. Each line begins with a space,
// where the marker goes.
type pen struct {
	*Styles
	w, h int
	now  time.Time
	row  *row
	content
	avatars *avatars
	// aside stands left of the lines to come, until endAside.
	aside aside
	// plain leaves the names of fields out.
	plain bool
}

// roomy reports whether there is height for blank lines.
func (p *pen) roomy() bool { return p.h >= 16 }

// add appends an item of styled lines, each at most w-1 cells wide.
func (p *pen) add(what, value string, lines ...string) {
	for i, l := range lines {
		l = cut(l, max(0, p.w-1), p.glyphs.tail)
		lines[i] = pad(" "+l, p.w, "")
	}
	p.putBeside(lines)
	p.items = append(p.items, item{lines: lines, what: what, value: value})
}

// aside is a block of lines that stands left of others and takes w cells.
type aside struct {
	lines []string
	w     int
}

// setAside lets a block stand left of what comes next.
func (p *pen) setAside(a aside) {
	p.aside = a
	p.w -= a.w
}

// putBeside puts the aside's next lines before the given ones. What is below
// it stays in line with what is beside it.
func (p *pen) putBeside(lines []string) {
	if p.aside.w == 0 {
		return
	}
	for i, l := range lines {
		left := spaces(p.aside.w - 2)
		if len(p.aside.lines) > 0 {
			left, p.aside.lines = p.aside.lines[0], p.aside.lines[1:]
		}
		lines[i] = " " + left + " " + l
	}
}

// endAside lets the aside stand alone to its end, and gives the pen its width
// back.
func (p *pen) endAside() {
	for len(p.aside.lines) > 0 {
		p.add("", "", "")
	}
	p.w += p.aside.w
	p.aside = aside{}
}

// gap is a blank line, where there is room and something above it.
func (p *pen) gap() {
	if p.roomy() && len(p.items) > 0 {
		p.items = append(p.items, item{lines: []string{spaces(p.w)}})
	}
}

// note says that there is nothing to show, and why.
func (p *pen) note(s string) { p.sentence(p.muted, s) }

// sentence is a text broken at words.
func (p *pen) sentence(k ink, s string) {
	var lines []string
	for _, l := range wrap(s, p.w-2) {
		lines = append(lines, k.write(l))
	}
	if lines != nil {
		p.add("", "", lines...)
	}
}

// field is a named value on one line; a value which is not known is left out.
func (p *pen) field(label, value string) { p.fieldIn(p.tone(), label, value) }

// spoken is a field that does not speak for itself where names are left out.
func (p *pen) spoken(label, value string) {
	name := p.label(label)
	room := p.valueWidth()
	if p.plain {
		name = p.muted.write(label + " ")
		room -= len(label) + 1
	}
	p.add(label, value, name+p.tone().write(cut(value, room, p.glyphs.tail)))
}

func (p *pen) fieldIn(k ink, label, value string) {
	if value != "" {
		shown := cut(value, p.valueWidth(), p.glyphs.tail)
		p.add(label, value, p.label(label)+k.write(shown))
	}
}

// list is a named list, one value a line.
func (p *pen) list(label string, values []string) {
	for i, v := range values {
		name := label
		if i > 0 {
			name = ""
		}
		line := p.label(name) + p.tone().write(cut(v, p.valueWidth(), p.glyphs.tail))
		p.add(label, v, line)
	}
}

// paragraph is a named text broken at words.
func (p *pen) paragraph(k ink, label, text string) {
	var lines []string
	for i, l := range wrap(text, p.valueWidth()) {
		name := label
		if i > 0 {
			name = ""
		}
		lines = append(lines, p.label(name)+k.write(l))
	}
	if lines != nil {
		p.add(label, text, lines...)
	}
}

// valueWidth is the room beside the name of a field.
func (p *pen) valueWidth() int {
	if p.plain {
		return p.w - 1
	}
	return p.w - labelWidth - 2
}

func (p *pen) label(s string) string {
	if p.plain {
		return ""
	}
	return p.muted.write(pad(cut(s, labelWidth-1, p.glyphs.tail), labelWidth, ""))
}

// tone is the ink of values: another where they come from an earlier answer.
func (p *pen) tone() ink {
	if p.row != nil && p.row.snap.Stale() {
		return p.stale
	}
	return p.inks.text
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
