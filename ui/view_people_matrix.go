package ui

import (
	"fmt"
	"strings"

	"rollcall/client/insight"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// personBlock compares the profiles of a person: a line a fact, a column a profile.
type personBlock struct {
	rows   []*row
	matrix *insight.Matrix
	// label is the width of the longest fact, details are by profile those of the longest
	// text beside a sign.
	label   int
	details []int
	kept    memo[blockKey, blockLayout]
}

// factLine is a line of a block: a fact, or a kind of facts, or else the names of the
// profiles.
type factLine struct {
	block *personBlock
	fact  *insight.Fact
	kind  string
}

// blockKey is all that the places of the columns depend on.
type blockKey struct{ w, shift int }

// blockLayout is where the columns are: those of the profiles from one to before
// another, with their widths. most is the last profile that can be the first in sight.
type blockLayout struct {
	label, from, to, most int
	widths                []int
}

const (
	// factLead is the width of what stands before a fact: the sign that it differs.
	factLead = 5
	// leastLabel is the width of facts that leaves room to profiles, mostColumn the width
	// of a profile's name that leaves room to others.
	leastLabel, mostColumn = 20, 16
	// leastColumnWidth is that of a sign in words.
	leastColumnWidth = 3
)

func newPersonBlock(rows []*row, m *insight.Matrix) *personBlock {
	b := &personBlock{rows: rows, matrix: m, details: make([]int, len(rows))}
	for i := range m.Rows {
		f := &m.Rows[i]
		b.label = max(b.label, draw.Width(f.Label))
		m.Details(f, func(profile int, detail string) {
			b.details[profile] = max(b.details[profile], draw.Width(detail))
		})
	}
	return b
}

// lines adds a line with the profiles, and below it the facts by their kinds, or those
// that differ.
func (b *personBlock) lines(lines []sheetLine, differing bool) []sheetLine {
	begun, kind := false, insight.FactKind(-1)
	for i := range b.matrix.Rows {
		f := &b.matrix.Rows[i]
		if differing && !f.Differs {
			continue
		}
		if !begun {
			begun = true
			lines = append(lines, sheetLine{of: &factLine{block: b}})
		}
		if f.Kind != kind {
			kind = f.Kind
			lines = append(lines, sheetLine{of: &factLine{block: b, kind: kind.Title()}})
		}
		lines = append(lines, sheetLine{of: &factLine{block: b, fact: f}})
	}
	return lines
}

// arrange gives the columns their places on lines of w cells.
func (b *personBlock) arrange(w, shift int) blockLayout {
	return b.kept.get(blockKey{w, shift}, func() blockLayout { return b.place(w-factLead-1, shift) })
}

func (b *personBlock) place(w, shift int) blockLayout {
	least, whole := 0, 0
	widths, wants := make([]int, len(b.rows)), make([]int, len(b.rows))
	for i, r := range b.rows {
		name := draw.Width(r.config.Name)
		widths[i] = clamp(name, leastColumnWidth, mostColumn)
		wants[i] = max(name, leastColumnWidth)
		if b.details[i] > 0 {
			wants[i] = max(wants[i], leastColumnWidth+1+b.details[i])
		}
		least += widths[i] + columnGap
		whole += wants[i] + columnGap
	}
	l := blockLayout{to: len(b.rows), widths: widths, label: min(b.label, max(leastLabel, w-least))}
	switch room := w - l.label; {
	case whole <= room:
		l.widths = wants
		return l
	case least <= room:
		room -= least
		for i := range widths {
			more := min(room, wants[i]-widths[i])
			widths[i] += more
			room -= more
		}
		return l
	}
	l.label = min(b.label, max(leastLabel, w*2/5))
	room := w - l.label
	l.most = len(b.rows) - 1
	for total := widths[l.most] + columnGap; l.most > 0 && total+widths[l.most-1]+columnGap <= room; {
		l.most--
		total += widths[l.most] + columnGap
	}
	l.from = clamp(shift, 0, l.most)
	l.to = l.from
	for total := 0; l.to < len(b.rows) && total+widths[l.to]+columnGap <= room; l.to++ {
		total += widths[l.to] + columnGap
	}
	l.to = max(l.to, l.from+1)
	return l
}

// draw is one line: the names of the profiles with the keys that lead to more of them,
// a kind of facts, or a fact.
func (b *personBlock) draw(c *canvas, l *factLine, shift int, keys string, selected *row) string {
	at := b.arrange(c.w, shift)
	var line strings.Builder
	switch {
	case l.fact != nil:
		b.fact(&line, c, l.fact, at, selected)
	case l.kind != "":
		line.WriteString(c.Muted.Render("   " + l.kind))
	default:
		says := ""
		if at.most > 0 {
			says = fmt.Sprintf("profiles %d-%d of %d", at.from+1, at.to, len(b.rows))
			if draw.Width(says+keys)+1 <= at.label {
				says += " " + keys
			}
		}
		line.WriteString(draw.Spaces(factLead) + c.Muted.Render(draw.Pad(says, at.label, c.Glyphs.Tail)))
		for i := at.from; i < at.to; i++ {
			ink := c.Muted
			if b.rows[i] == selected {
				ink = c.Accent
			}
			line.WriteString(draw.Spaces(columnGap) + ink.Render(draw.Pad(b.rows[i].config.Name, at.widths[i], c.Glyphs.Tail)))
		}
	}
	return draw.Pad(line.String(), c.w, "")
}

// fact is what each profile has of it.
func (b *personBlock) fact(line *strings.Builder, c *canvas, f *insight.Fact, at blockLayout, selected *row) {
	sign, ink := draw.Spaces(1), c.Text
	if f.Differs {
		sign = c.Warn.Render(differsSign(c.Styles))
	}
	line.WriteString("   " + sign + " " + ink.Render(draw.Pad(f.Label, at.label, c.Glyphs.Tail)))
	for i := at.from; i < at.to; i++ {
		is, detail := b.matrix.Cell(f, i)
		ink := c.Text
		switch {
		case b.rows[i] == selected:
			ink = c.Accent
		case is != insight.Present:
			ink = c.Muted
		}
		text := presenceSign(c.Styles, is)
		if detail != "" && draw.Width(text)+1 < at.widths[i] {
			text += " " + detail
		}
		line.WriteString(draw.Spaces(columnGap) + ink.Render(draw.Pad(text, at.widths[i], c.Glyphs.Tail)))
	}
}

// presenceSign is the sign of a presence; a word where there are few characters.
func presenceSign(s *theme.Styles, p insight.Presence) string {
	if s.ASCII {
		return [...]string{"no", "yes", "?", ""}[p]
	}
	return [...]string{"–", s.Glyphs.OK, "?", ""}[p]
}

// differsSign is before what differs.
func differsSign(s *theme.Styles) string {
	if s.ASCII {
		return "!"
	}
	return "≠"
}
