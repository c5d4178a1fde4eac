package ui

import (
	"strconv"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// narrowLog is the width below which seconds take too much of a line.
const narrowLog = 50

func (a *activity) draw(c *canvas, l sheetLine, selected bool) string {
	switch m, hook := l.of.(*HookMsg); {
	case hook:
		return a.hookLine(c, m)
	case l.entry == nil:
		return c.heading(l)
	}
	e, g := l.entry, c.Glyphs
	lead, in := c.lead(selected)
	layout, width := time.TimeOnly, datedWidth
	if c.w < narrowLog {
		layout, width = "15:04", narrowDated
	}
	clock := e.at.In(c.now.Location()).Format(layout)
	if l.dated {
		clock = datedClock(e.at, c.now, c.w < narrowLog)
		clock = draw.Spaces(width-len(clock)) + clock
	}
	lead += in.Muted.Render(clock + "  ")
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
	lead += mark + markCell(g, in, e.row.isMarked()) + draw.Highlight(in, name, plain, c.query) + in.Text.Render("  ")
	room := c.w - draw.Width(lead)
	switch {
	case room < 1:
		return draw.Pad(lead, c.w, "")
	case e.change != nil:
		tone := in.Text
		if e.change.Kind == account.ChangeState {
			tone = in.Severity(e.change.Is.State.Severity())
		}
		return lead + tone.Render(draw.Pad(e.told(), room, g.Tail))
	case l.run != nil:
		return lead + a.runText(c, in, l.run, room)
	case l.group > 0 && room > 2:
		return lead + in.Muted.Render(g.Dot+" ") + checkText(g, in, e.check, room-2)
	}
	return lead + in.Text.Render(draw.Spaces(min(2, room))) + checkText(g, in, e.check, max(0, room-2))
}

// hookLine tells of a run of a hook that went wrong.
func (a *activity) hookLine(c *canvas, m *HookMsg) string {
	lead, in := c.lead(false)
	width := datedWidth
	if c.w < narrowLog {
		width = narrowDated
	}
	clock := datedClock(m.At, c.now, c.w < narrowLog)
	lead += in.Muted.Render(draw.Spaces(width-len(clock))+clock+"  ") + in.Warn.Render(c.Glyphs.Warn) + in.Text.Render("  ")
	room := c.w - draw.Width(lead)
	if room < 1 {
		return draw.Pad(lead, c.w, "")
	}
	return lead + in.Text.Render(draw.Pad(a.roster.cover.text(text.Printable(m.Wrong)), room, c.Glyphs.Tail))
}

// lastCheck is the room from which the last check of a run is told, too.
const lastCheck = 76

// runText fills room cells with the outcome of a run.
func (a *activity) runText(c *canvas, in *theme.Inks, r *run, room int) string {
	g, tone := c.Glyphs, in.Severity(r.first.state().Severity())
	sign := g.Folded
	if a.opened[r.first] {
		sign = g.Unfolded
	}
	told := r.told(c.now)
	if draw.Width(told) > room-2 {
		told = strconv.Itoa(r.checks) + " " + r.first.state().Word()
	}
	if room < lastCheck {
		return in.Muted.Render(draw.Cut(sign+" ", room, "")) + tone.Render(draw.Pad(told, room-2, g.Tail))
	}
	const least = 52
	last := "last " + text.Clock(r.last.at, c.now)
	if took := r.last.check.Latency; took > 0 {
		last += " " + g.Dot + " " + text.Latency(took)
	}
	if code := r.code(); code != "" {
		last += " " + g.Dot + " " + code
	}
	return in.Muted.Render(sign+" ") + tone.Render(draw.Pad(told, least, g.Tail)) + in.Muted.Render(draw.Pad(last, room-2-least, g.Tail))
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
			if draw.Width(state+rest+part) > room {
				break
			}
			rest += part
		}
		return tone.Render(state) + in.Muted.Render(draw.Pad(rest, room-draw.Width(state), ""))
	}
	rest := room - stateWidth - 16
	return tone.Render(draw.Pad(c.State.Word(), stateWidth, g.Tail)) +
		in.Text.Render("  "+draw.Pad(status, 3, "")) + in.Muted.Render(draw.Spaces(9-draw.Width(took))+took) +
		in.Text.Render(draw.Pad("  "+c.Code, rest+2, g.Tail))
}
