package ui

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

// rowKey is all that a drawn row depends on.
type rowKey struct {
	row                      *row
	styles                   *Styles
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
func drawRow(s *Styles, k rowKey, query []string) string {
	r, g, in, marker := k.row, s.glyphs, &s.inks, " "
	if k.selected {
		in, marker = &s.selected, g.marker
	}
	lead := in.muted.write(marker)
	if k.focused {
		lead = in.accent.write(marker)
	}
	left := 4 + k.nameWidth
	if k.w >= 28 {
		number := " "
		if k.number > 0 {
			number = strconv.Itoa(k.number)
		}
		lead += in.muted.write(number + " ")
		left += 2
	}
	name, active := cut(r.config.Name, k.nameWidth, g.tail), ""
	if r.active {
		active = " " + g.active
		name = cut(r.config.Name, k.nameWidth-2, g.tail)
	}
	plain := in.text
	if k.selected {
		plain = in.strong
	}
	lead += in.severity(r.severity()).write(g.mark(r.severity())) + in.text.write(" ") +
		highlight(in, name, plain, query) + in.accent.write(active) +
		in.text.write(spaces(k.nameWidth-ansi.StringWidth(name+active)+1))
	end := " "
	if r.unseen {
		end = g.changed
	}
	if r.snap.Busy {
		end = g.spinner[k.spin%len(g.spinner)]
	}
	room := k.w - left - 2
	if room < 0 {
		return cut(lead, k.w, "")
	}
	return lead + rowText(g, in, r, room) + in.accent.write(" "+end)
}

// rowText fills room cells with what is wrong, who it is, and, where there is
// room left, the label and tags.
func rowText(g *glyphs, in *inks, r *row, room int) string {
	user := r.user()
	stale := r.snap.Stale() && user != ""
	meta := strings.TrimSpace(strings.Join(append([]string{r.config.Label}, r.config.Tags...), " "))
	if stale {
		meta = "stale"
	}
	text, tone := user, in.text
	if stale {
		tone = in.stale
	}
	rest := ""
	if r.severity() != account.SeverityOK {
		text, tone = r.snap.Health.State.Word(), in.severity(r.severity())
		if user != "" {
			rest = " " + g.dot + " " + user
		}
	}
	text, meta = cut(text, room, g.tail), cut(meta, room, g.tail)
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
		rest = pad(cut(rest, left-1, g.tail), left, g.tail)
		return tone.write(text) + in.muted.write(rest+meta)
	}
	return tone.write(text) + in.muted.write(pad(rest, left, g.tail))
}
