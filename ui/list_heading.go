package ui

import (
	"strconv"
	"time"

	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// heading draws a line that stands above others: of a section, or of an incident.
func (l *listPane) heading(s *theme.Styles, line listLine, columns listColumns, selected bool) string {
	in, lead := &s.Inks, s.Text.Render(" ")
	if selected {
		in, lead = &s.Selected, s.Selected.Muted.Render(s.Glyphs.Marker)
		if l.focused {
			lead = s.Selected.Accent.Render(s.Glyphs.Marker)
		}
	}
	if line.incident >= 0 {
		return l.incident(s, line, columns, in, lead)
	}
	w, title := max(0, l.w-2), text.Capitalized(string(line.urgency))
	if line.folded {
		title = s.Glyphs.Folded + " " + title
	}
	return draw.Pad(lead+in.Strong.Render(title)+in.Muted.Render(draw.Pad(" "+strconv.Itoa(line.profiles), w-1-draw.Width(title), "")), w, "")
}

// incident draws what keeps the profiles below from being asked, how many they are,
// and when the first of them is asked again.
func (l *listPane) incident(s *theme.Styles, line listLine, columns listColumns, in *theme.Inks, lead string) string {
	w, one, fold := max(0, l.w-2), l.selection.incidents[line.incident], s.Glyphs.Unfolded
	if line.folded {
		fold = s.Glyphs.Folded
	}
	if columns.lead > 3 {
		lead += in.Muted.Render(fold) + in.Text.Render(" ")
	}
	sev := one.State.Severity()
	lead += in.Severity(sev).Render(s.Glyphs.Mark(sev)) + in.Text.Render(" ")
	count, due := " "+strconv.Itoa(line.profiles), l.nextTry(line.incident)
	// What the due leaves of its column is the title's.
	end := " " + due + "  "
	room := w - draw.Width(lead) - draw.Width(count) - draw.Width(end)
	title := draw.Cut(one.Title, room, s.Glyphs.Tail)
	count = draw.Pad(count, w-draw.Width(lead+title+end), "")
	return draw.Pad(lead+in.Severity(sev).Render(title)+in.Muted.Render(count)+in.Text.Render(end), w, "")
}

// triesKey is all that the next tries of the incidents depend on.
type triesKey struct{ settled, looked int }

// nextTry is when the first of the profiles of an incident is asked again, in
// words.
func (l *listPane) nextTry(incident int) string {
	c := l.selection
	at := l.tries.get(triesKey{c.roster.settled, c.looked}, func() []time.Time {
		next := make([]time.Time, len(c.incidents))
		for _, r := range c.visible {
			if at := r.snap.NextAt; r.incident >= 0 && r.incident < len(next) && !at.IsZero() && (next[r.incident].IsZero() || at.Before(next[r.incident])) {
				next[r.incident] = at
			}
		}
		return next
	})[incident]
	if at.IsZero() {
		return ""
	}
	return insight.Due{Kind: insight.DueNext, At: at}.Words(c.roster.standings.at)
}
