package ui

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// rowKey is all that a drawn row depends on.
type rowKey struct {
	row                      *row
	styles                   *theme.Styles
	version, w, number, spin int
	nameWidth                int
	selected, focused        bool
	query                    string
}

// nameRoom is the room for names in rows w cells wide. The mark of the
// active one is behind its name, which most often is not the longest.
func nameRoom(t *roster, w int) int {
	n := t.nameWidth
	if r := t.byName[t.active]; r != nil {
		n = max(n, ansi.StringWidth(r.config.Name)+2)
	}
	return min(n, max(6, (w-4)*45/100))
}

// drawRow draws number, mark, name, and who or what is wrong.
func drawRow(s *theme.Styles, k rowKey, query []string) string {
	r, g, in, marker := k.row, s.Glyphs, &s.Inks, " "
	if k.selected {
		in, marker = &s.Selected, g.Marker
	}
	lead := in.Muted.Render(marker)
	if k.focused {
		lead = in.Accent.Render(marker)
	}
	left := 4 + k.nameWidth
	if k.w >= 28 {
		number := " "
		if k.number > 0 {
			number = strconv.Itoa(k.number)
		}
		lead += in.Muted.Render(number + " ")
		left += 2
	}
	name, active := draw.Cut(r.config.Name, k.nameWidth, g.Tail), ""
	if r.active {
		active = " " + g.Active
		name = draw.Cut(r.config.Name, k.nameWidth-2, g.Tail)
	}
	plain := in.Text
	if k.selected {
		plain = in.Strong
	}
	lead += in.Severity(r.severity()).Render(g.Mark(r.severity())) + in.Text.Render(" ") +
		draw.Highlight(in, name, plain, query) + in.Accent.Render(active) +
		in.Text.Render(draw.Spaces(k.nameWidth-ansi.StringWidth(name+active)+1))
	end := " "
	if r.unseen {
		end = g.Changed
	}
	if r.snap.Busy {
		end = g.Spinner[k.spin%len(g.Spinner)]
	}
	room := k.w - left - 2
	if room < 0 {
		return draw.Cut(lead, k.w, "")
	}
	return lead + rowText(g, in, r, room) + in.Accent.Render(" "+end)
}

// rowText fills room cells with what is wrong, who it is, and, where there is
// room left, the label and tags.
func rowText(g *theme.Glyphs, in *theme.Inks, r *row, room int) string {
	user := r.user()
	stale := r.snap.Stale() && user != ""
	meta := strings.TrimSpace(strings.Join(append([]string{r.config.Label}, r.config.Tags...), " "))
	if stale {
		meta = "stale"
	}
	text, tone := user, in.Text
	if stale {
		tone = in.Stale
	}
	rest := ""
	if r.severity() != account.SeverityOK {
		text, tone = r.snap.Health.State.Word(), in.Severity(r.severity())
		if user != "" {
			rest = " " + g.Dot + " " + user
		}
	}
	text, meta = draw.Cut(text, room, g.Tail), draw.Cut(meta, room, g.Tail)
	left := room - ansi.StringWidth(text)
	if m := ansi.StringWidth(meta); m > 0 && left >= m+2 && (stale || left >= m+2+ansi.StringWidth(rest)) {
		left -= m
	} else {
		meta = ""
	}
	if left < 8 {
		rest = ""
	}
	if meta != "" {
		rest = draw.Pad(draw.Cut(rest, left-1, g.Tail), left, g.Tail)
		return tone.Render(text) + in.Muted.Render(rest+meta)
	}
	return tone.Render(text) + in.Muted.Render(draw.Pad(rest, left, g.Tail))
}
