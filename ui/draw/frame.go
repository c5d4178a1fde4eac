package draw

import (
	"fmt"
	"strings"

	"rollcall/ui/theme"
)

// Frame is the border around a pane, with what stands in it.
type Frame struct {
	// Titles are the names of the panes that share the place.
	Titles []string
	// Active is the place of the title whose pane is shown.
	Active int
	// Note follows the title of a pane that has its place for itself.
	Note string
	// Foot stands in the lower border.
	Foot string
	// Focused is set where keys go to the pane.
	Focused bool
	// How many lines there are, the first that is seen, and how many are.
	Total, Offset, Shown int
}

// Draw puts the frame around lines, which are w-2 wide. The result is h lines
// of w cells.
func (f Frame) Draw(s *theme.Styles, w, h int, lines []string) []string {
	if w < 2 || h < 2 {
		return Blank(w, h)
	}
	line := s.Border
	if f.Focused {
		line = s.BorderFocused
	}
	g := s.Glyphs
	top, bottom := f.top(s, line, w), f.bottom(s, line, w)
	from, to := f.thumb(h - 2)
	empty := Spaces(w - 2)
	side, thumb := line.Render(g.Vertical), line.Render(g.Thumb)
	size := len(top) + len(bottom) + h*(2*max(len(side), len(thumb))+len(empty))
	for _, l := range lines {
		size += len(l)
	}
	var out Lines
	out.Reserve(h, size)
	out.Write(top)
	out.End()
	for i := range h - 2 {
		text, right := empty, side
		if i < len(lines) {
			text = lines[i]
		}
		if i >= from && i < to {
			right = thumb
		}
		out.Write(side)
		out.Write(text)
		out.Write(right)
		out.End()
	}
	out.Write(bottom)
	out.End()
	return out.All()
}

func (f Frame) top(s *theme.Styles, line theme.Ink, w int) string {
	g := s.Glyphs
	room := w - 4
	var b strings.Builder
	for i, t := range f.Titles {
		if i > 0 {
			t = " " + t
		}
		t = Cut(t, room, g.Tail)
		if t == "" {
			break
		}
		room -= Width(t)
		name := strings.TrimPrefix(t, " ")
		b.WriteString(t[:len(t)-len(name)])
		switch {
		case i == f.Active && (f.Focused || len(f.Titles) > 1):
			b.WriteString(s.TitleFocused.Render(name))
		case i == f.Active:
			b.WriteString(s.Title.Render(name))
		default:
			b.WriteString(s.Muted.Render(name))
		}
	}
	if len(f.Titles) == 1 && f.Note != "" && room > 4 {
		note := f.Note
		if head, _, parted := strings.Cut(note, " "+g.Dot); parted && Width(note) >= room {
			note = head
		}
		t := Cut(" "+note, room, g.Tail)
		room -= Width(t)
		b.WriteString(s.Muted.Render(t))
	}
	if b.Len() == 0 {
		return line.Render(g.TopLeft + strings.Repeat(g.Horizontal, w-2) + g.TopRight)
	}
	return line.Render(g.TopLeft) + " " + b.String() + " " +
		line.Render(strings.Repeat(g.Horizontal, max(0, room))+g.TopRight)
}

func (f Frame) bottom(s *theme.Styles, line theme.Ink, w int) string {
	g := s.Glyphs
	foot := Cut(f.Foot, w-6, g.Tail)
	if foot == "" {
		return line.Render(g.BottomLeft + strings.Repeat(g.Horizontal, w-2) + g.BottomRight)
	}
	rest := w - 5 - Width(foot)
	return line.Render(g.BottomLeft+strings.Repeat(g.Horizontal, rest)) + " " +
		s.Muted.Render(foot) + " " + line.Render(g.Horizontal+g.BottomRight)
}

// thumb is the part of the right border that shows where in the whole the
// lines are; nothing where all of them are seen.
func (f Frame) thumb(h int) (from, to int) {
	if f.Total <= f.Shown || f.Shown <= 0 || h < 2 {
		return 0, 0
	}
	size := max(1, h*f.Shown/f.Total)
	from = (h - size) * f.Offset / max(1, f.Total-f.Shown)
	from = min(max(0, from), h-size)
	return from, from + size
}

// Position says which of n is selected, for a foot; empty where all are seen.
func Position(i, n, shown int) string {
	if n <= shown || n == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", i+1, n)
}

// Blank is h lines of w cells with nothing on them.
func Blank(w, h int) []string {
	out := make([]string, max(0, h))
	for i := range out {
		out[i] = Spaces(w)
	}
	return out
}
