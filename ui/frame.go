package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// frame is the border around a pane, with what stands in it.
type frame struct {
	// titles are the names of the panes that share the place.
	titles []string
	// active is the place of the title whose pane is shown.
	active int
	// note follows the title of a pane that has its place for itself.
	note string
	// foot stands in the lower border.
	foot string
	// focused is set where keys go to the pane.
	focused bool
	// How many lines there are, the first that is seen, and how many are.
	total, offset, shown int
}

// draw puts the frame around lines, which are w-2 wide. The result is h lines
// of w cells.
func (f frame) draw(s *Styles, w, h int, lines []string) []string {
	if w < 2 || h < 2 {
		return blank(w, h)
	}
	line := s.border
	if f.focused {
		line = s.borderFocused
	}
	g := s.glyphs
	out := make([]string, 0, h)
	out = append(out, f.top(s, line, w))
	from, to := f.thumb(h - 2)
	empty := spaces(w - 2)
	side, thumb := line.write(g.vertical), line.write(g.thumb)
	for i := range h - 2 {
		text, right := empty, side
		if i < len(lines) {
			text = lines[i]
		}
		if i >= from && i < to {
			right = thumb
		}
		out = append(out, side+text+right)
	}
	return append(out, f.bottom(s, line, w))
}

func (f frame) top(s *Styles, line ink, w int) string {
	g := s.glyphs
	room := w - 4
	var b strings.Builder
	for i, t := range f.titles {
		if i > 0 {
			t = " " + t
		}
		t = cut(t, room, g.tail)
		if t == "" {
			break
		}
		room -= ansi.StringWidth(t)
		name := strings.TrimPrefix(t, " ")
		b.WriteString(t[:len(t)-len(name)])
		switch {
		case i == f.active && (f.focused || len(f.titles) > 1):
			b.WriteString(s.titleFocused.write(name))
		case i == f.active:
			b.WriteString(s.title.write(name))
		default:
			b.WriteString(s.muted.write(name))
		}
	}
	if len(f.titles) == 1 && f.note != "" && room > 4 {
		note := f.note
		if head, _, parted := strings.Cut(note, " "+g.dot); parted && ansi.StringWidth(note) >= room {
			note = head
		}
		t := cut(" "+note, room, g.tail)
		room -= ansi.StringWidth(t)
		b.WriteString(s.muted.write(t))
	}
	if b.Len() == 0 {
		return line.write(g.topLeft + strings.Repeat(g.horizontal, w-2) + g.topRight)
	}
	return line.write(g.topLeft) + " " + b.String() + " " +
		line.write(strings.Repeat(g.horizontal, max(0, room))+g.topRight)
}

func (f frame) bottom(s *Styles, line ink, w int) string {
	g := s.glyphs
	foot := cut(f.foot, w-6, g.tail)
	if foot == "" {
		return line.write(g.bottomLeft + strings.Repeat(g.horizontal, w-2) + g.bottomRight)
	}
	rest := w - 5 - ansi.StringWidth(foot)
	return line.write(g.bottomLeft+strings.Repeat(g.horizontal, rest)) + " " +
		s.muted.write(foot) + " " + line.write(g.horizontal+g.bottomRight)
}

// thumb is the part of the right border that shows where in the whole the
// lines are; nothing where all of them are seen.
func (f frame) thumb(h int) (from, to int) {
	if f.total <= f.shown || f.shown <= 0 || h < 2 {
		return 0, 0
	}
	size := max(1, h*f.shown/f.total)
	from = (h - size) * f.offset / max(1, f.total-f.shown)
	from = min(max(0, from), h-size)
	return from, from + size
}

// position says which of n is selected, for a foot; empty where all are seen.
func position(i, n, shown int) string {
	if n <= shown || n == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", i+1, n)
}

// blank is h lines of w cells with nothing on them.
func blank(w, h int) []string {
	out := make([]string, max(0, h))
	for i := range out {
		out[i] = spaces(w)
	}
	return out
}
