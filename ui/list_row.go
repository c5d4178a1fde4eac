package ui

import (
	"strconv"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// rowKey is all that a drawn row depends on.
type rowKey struct {
	row                       *row
	styles                    *theme.Styles
	version, w, number, spin  int
	columns                   listColumns
	reason, due               string
	selected, focused, marked bool
	// nested is set where the row stands under an incident.
	nested bool
	query  string
}

// rowPen writes the cells of a row.
type rowPen struct {
	rowKey
	g  *theme.Glyphs
	in *theme.Inks
	s  string
}

// drawRow draws marker, digit, mark, name and the columns after it.
func drawRow(s *theme.Styles, k rowKey, query []string) string {
	p := rowPen{rowKey: k, g: s.Glyphs, in: &s.Inks}
	if p.goesOn() {
		p.spread()
	}
	r, c, marker := k.row, p.columns, " "
	if k.selected {
		p.in, marker = &s.Selected, p.g.Marker
	}
	tone := p.in.Muted
	if k.focused {
		tone = p.in.Accent
	}
	p.s = tone.Render(marker)
	if c.lead > 3 {
		p.number()
	}
	p.mark()
	p.name(query)
	user, ink := p.user()
	p.lend(draw.Width(user))
	c = p.columns
	p.cell(user, c.user, ink)
	p.cell(r.service, c.service, p.in.Muted)
	p.cell(r.words(), c.words, p.in.Muted)
	p.cell(r.source, c.source, p.in.Muted)
	// What room is left over stands before the reason, so that the due is at the end.
	p.s += p.in.Text.Render(draw.Spaces(k.w - draw.Width(p.s) - p.tail()))
	if c.reason > 0 && !p.goesOn() {
		// What the due leaves free is the reason's.
		room := c.reason + c.due - draw.Width(k.due)
		if k.due == "" {
			room++
		}
		// A long name has taken some of it.
		left := k.w - draw.Width(p.s+k.due) - 3
		if k.due != "" {
			left--
		}
		p.cell(k.reason, min(clamp(draw.Width(k.reason), c.reason, room), left), p.tone())
	}
	p.due()
	return draw.Pad(p.s, k.w, "")
}

// tail is how many cells the reason and what follows take.
func (p *rowPen) tail() int {
	n := 1 + p.columns.due + 2
	if p.columns.reason > 0 && !p.goesOn() {
		n += 1 + p.columns.reason
	}
	return n
}

// cell writes a column, with a space before it.
func (p *rowPen) cell(text string, w int, ink theme.Ink) {
	if w > 0 {
		p.s += p.in.Text.Render(" ") + ink.Render(draw.Pad(text, w, p.g.Tail))
	}
}

func (p *rowPen) number() {
	number := " "
	if p.rowKey.number > 0 {
		number = strconv.Itoa(p.rowKey.number)
	}
	p.s += p.in.Muted.Render(number + " ")
}

// stands is the severity of what the row tells of the token. One that is urgent is
// no good one, whatever the last check found.
func (r *row) stands() account.Severity {
	sev := r.standing.State.Severity()
	if u := r.standing.Urgency; sev == account.SeverityOK && (u == insight.UrgencyNow || u == insight.UrgencySoon) {
		return account.SeverityWarn
	}
	return sev
}

// mark is dimmed where it is what the service said before it could not be asked
// any more.
func (p *rowPen) mark() {
	ink := p.in.Severity(p.row.stands())
	if p.row.standing.Stale {
		ink = p.in.Stale
	}
	if p.nested {
		p.s += p.in.Text.Render(" ")
	}
	p.s += ink.Render(p.g.Mark(p.row.stands())) + markCell(p.g, p.in, p.marked)
}

func (p *rowPen) name(query []string) {
	plain, w, active := p.in.Text, p.columns.name, ""
	if p.selected {
		plain = p.in.Strong
	}
	if p.nested {
		w--
	}
	if p.row.active {
		active = " " + p.g.Active
	}
	if long := draw.Width(p.row.config.Name + active); long > w && p.columns.user == 0 {
		w = max(w, min(long, p.free()))
	}
	name := draw.Cut(p.row.config.Name, w-draw.Width(active), p.g.Tail)
	p.s += draw.Highlight(p.in, name, plain, query) + p.in.Accent.Render(active) +
		p.in.Text.Render(draw.Spaces(w-draw.Width(name+active)))
}

// free is how many cells the name can take where no column is beside it but what the
// row says at its end.
func (p *rowPen) free() int {
	free := p.w - draw.Width(p.s) - 2
	for _, text := range []string{p.reason, p.rowKey.due} {
		if text != "" {
			free -= 1 + draw.Width(text)
		}
	}
	return free
}

// goesOn reports whether the column before the reason may take its room: the row says
// nothing there.
func (p *rowPen) goesOn() bool { return p.reason == "" && p.columns.reason > 0 }

// spread gives the last column before the reason all the room up to the due, or up to
// the end where the row has none.
func (p *rowPen) spread() {
	c := &p.columns
	last, room := &c.name, p.w-c.lead-c.name-2
	for _, column := range []*int{&c.user, &c.service, &c.words, &c.source} {
		if *column > 0 {
			last, room = column, room-1-*column
		}
	}
	if p.rowKey.due != "" {
		room -= 1 + draw.Width(p.rowKey.due)
	}
	*last += max(0, room)
}

// lend gives a user's name that is too long what the columns after it do not need in
// this row: nothing is cut beside free cells.
func (p *rowPen) lend(wants int) {
	c, r := &p.columns, p.row
	if c.user == 0 {
		return
	}
	for _, after := range []struct {
		column *int
		text   string
	}{{&c.service, r.service}, {&c.words, r.words()}, {&c.source, r.source}} {
		if missing := wants - c.user; missing > 0 && *after.column > 0 {
			free := min(missing, max(0, *after.column-draw.Width(after.text)))
			*after.column -= free
			c.user += free
		}
	}
	left := p.w - draw.Width(p.s) - p.tail()
	for _, column := range []int{c.user, c.service, c.words, c.source} {
		if column > 0 {
			left -= 1 + column
		}
	}
	c.user += clamp(wants-c.user, 0, max(0, left))
}

// user is whom the profile belongs to, as far as that was ever known.
func (p *rowPen) user() (string, theme.Ink) {
	r := p.row
	switch {
	case r.user() != "" && r.snap.Stale():
		return r.user(), p.in.Stale
	case r.user() != "":
		return r.user(), p.in.Text
	case nobody(r.snap.Health.State) != "":
		return p.g.Missing, p.in.Muted
	}
	return "", p.in.Muted
}

// tone is the ink of what the due is about.
func (p *rowPen) tone() theme.Ink {
	s, h := &p.row.standing, p.row.snap.Health
	ink := p.in.Severity(p.row.stands())
	if s.Unasked {
		ink = p.in.Severity(h.State.Severity())
	}
	if s.Urgency == insight.UrgencySnoozed || s.Urgency == insight.UrgencyOff {
		ink = p.in.Muted
	}
	return ink
}

// due is the moment that matters most, at the end of the row, and whether there are
// news or something goes on.
func (p *rowPen) due() {
	ink := p.in.Muted
	switch p.row.standing.Urgency {
	case insight.UrgencyNow:
		ink = p.in.Strong
	case insight.UrgencySoon, insight.UrgencyWaiting:
		ink = p.in.Text
	}
	due := draw.Cut(p.rowKey.due, p.columns.due, p.g.Tail)
	end := " "
	if p.row.unseen {
		end = p.g.Changed
	}
	if p.row.snap.Busy {
		end = p.g.Spinner[p.spin%len(p.g.Spinner)]
	}
	p.s += p.in.Text.Render(draw.Spaces(p.w-draw.Width(p.s+due)-2)) + ink.Render(due) + p.in.Accent.Render(" "+end)
}
