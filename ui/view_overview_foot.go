package ui

import (
	"strings"

	"rollcall/client/insight"
	"rollcall/ui/draw"
)

// leastFooted is the height from which the overview tells more of the selected profile
// below the table, footLines how many lines that takes: no column is wide enough for
// every note.
const leastFooted, footLines = 18, 3

func (o *overview) footHeight(h int) int {
	if h < leastFooted {
		return 0
	}
	return footLines
}

// foot is why a profile stands where it does and what to do, in full after its name;
// where nothing is to be said of that, whose it is.
func (o *overview) foot(c *canvas, r *row) []string {
	a := r.standing.Advice(*r.snap, c.now)
	told := strings.Join(present(a.Explanation, a.Remedy), " ")
	if r.standing.Urgency == insight.UrgencySnoozed && r.snap.Snooze.Note != "" {
		told = r.snap.Snooze.Note
	}
	if told == "" {
		dot := " " + c.Glyphs.Dot + " "
		told = strings.Join(present(r.user(), r.email(), r.service, r.host, r.source, r.words()), dot)
	}
	g := c.Glyphs
	name := draw.Cut(r.config.Name, max(1, c.w/3), g.Tail)
	lines := []string{c.Border.Render(strings.Repeat(g.Horizontal, c.w))}
	text := draw.Wrap(name+": "+told, max(1, c.w-2))
	if len(text) > footLines-1 {
		text = append(text[:footLines-2], strings.Join(text[footLines-2:], " "))
	}
	for i := range footLines - 1 {
		line := ""
		if i < len(text) {
			line = text[i]
		}
		line = draw.Pad(" "+line, c.w, g.Tail)
		if rest, ok := strings.CutPrefix(line, " "+name); ok && i == 0 {
			lines = append(lines, c.Strong.Render(" "+name)+c.Text.Render(rest))
			continue
		}
		lines = append(lines, c.Text.Render(line))
	}
	return lines
}
