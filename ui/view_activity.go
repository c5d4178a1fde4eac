package ui

import (
	"strconv"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// activity is the view of the log, newest first.
type activity struct {
	roster    *roster
	selection *selection
	// onlyNews leaves out the checks.
	onlyNews bool
	lines    memo[activityKey, []sheetLine]
	// found counts the entries that the filter leaves.
	found int
}

func newActivity(s *selection) sheetContent { return &activity{roster: s.roster, selection: s} }

// activityKey is all that the lines depend on.
type activityKey struct {
	version  int
	query    string
	onlyNews bool
	today    string
}

func (a *activity) arrange(c *canvas) ([]sheetLine, bool) {
	k := activityKey{a.roster.log.version, a.selection.filter.query(), a.onlyNews, c.now.Format(time.DateOnly)}
	return a.lines.renew(k, func() []sheetLine { return a.entries(c, k.query) })
}

// entries are those that the filter leaves, newest first, with a line at each
// day before today.
func (a *activity) entries(c *canvas, query string) []sheetLine {
	log := &a.roster.log
	a.found = 0
	lines := make([]sheetLine, 0, len(log.entries))
	year, month, day := c.now.Date()
	for i := len(log.entries) - 1; i >= 0; i-- {
		e := log.entries[i]
		if a.onlyNews && e.change == nil || !e.answers(query) {
			continue
		}
		at := e.at.In(c.now.Location())
		if y, m, d := at.Date(); d != day || m != month || y != year {
			year, month, day = y, m, d
			lines = append(lines, sheetLine{text: at.Format("Monday, 2 January 2006")})
		}
		a.found++
		lines = append(lines, sheetLine{row: e.row, entry: e})
	}
	return lines
}

func (a *activity) head(*canvas) []string { return nil }

func (a *activity) note(g *theme.Glyphs) string {
	note := text.Plural(a.found, "entry")
	if a.found != 1 {
		note = strconv.Itoa(a.found) + " entries"
	}
	if a.onlyNews {
		note = g.Dot + " changes only " + g.Dot + " " + strconv.Itoa(a.found)
	}
	return note
}

func (a *activity) none() string {
	switch {
	case a.selection.filter.query() != "":
		return "Nothing here matches the filter. Esc clears it."
	case a.onlyNews:
		return "Nothing has changed as far as is remembered."
	default:
		return "Nothing has been checked yet."
	}
}

func (a *activity) soonest() time.Time { return time.Time{} }

// narrowLog is the width below which seconds take too much of a line.
const narrowLog = 50

func (a *activity) draw(c *canvas, l sheetLine, selected bool) string {
	if l.entry == nil {
		return c.heading(l)
	}
	e, g := l.entry, c.Glyphs
	lead, in := c.lead(selected)
	clock := time.TimeOnly
	if c.w < narrowLog {
		clock = "15:04"
	}
	lead += in.Muted.Render(e.at.In(c.now.Location()).Format(clock) + "  ")
	name := draw.Pad(e.row.config.Name, min(a.roster.nameWidth, max(6, c.w/4)), g.Tail)
	mark := in.Accent.Render(g.Changed)
	if e.change == nil {
		sev := e.state().Severity()
		mark = in.Severity(sev).Render(g.Mark(sev))
	}
	plain := in.Text
	if selected {
		plain = in.Strong
	}
	lead += mark + in.Text.Render(" ") + draw.Highlight(in, name, plain, c.query) + in.Text.Render("  ")
	room := c.w - ansi.StringWidth(lead)
	if room < 1 {
		return draw.Pad(lead, c.w, "")
	}
	if e.change != nil {
		tone := in.Text
		if e.change.Kind == account.ChangeState {
			tone = in.Severity(e.change.Is.State.Severity())
		}
		return lead + tone.Render(draw.Pad(e.told(), room, g.Tail))
	}
	return lead + checkText(g, in, e.check, room)
}

// checkText fills room cells with the outcome of a check.
func checkText(g *theme.Glyphs, in *theme.Inks, c account.Check, room int) string {
	status := ""
	if c.HTTPStatus > 0 {
		status = strconv.Itoa(c.HTTPStatus)
	}
	took := ""
	if c.Latency > 0 {
		took = text.Latency(c.Latency)
	}
	tone := in.Severity(c.State.Severity())
	if room < stateWidth+16 {
		state, rest := draw.Cut(c.State.Word(), room, g.Tail), ""
		for _, part := range present(status, took) {
			// A number that is cut is another number.
			part = " " + g.Dot + " " + part
			if ansi.StringWidth(state+rest+part) > room {
				break
			}
			rest += part
		}
		return tone.Render(state) + in.Muted.Render(draw.Pad(rest, room-ansi.StringWidth(state), ""))
	}
	rest := room - stateWidth - 16
	return tone.Render(draw.Pad(c.State.Word(), stateWidth, g.Tail)) +
		in.Text.Render("  "+draw.Pad(status, 3, "")) + in.Muted.Render(draw.Spaces(9-ansi.StringWidth(took))+took) +
		in.Text.Render(draw.Pad("  "+c.Code, rest+2, g.Tail))
}
