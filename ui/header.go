package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"rollcall/client/insight"
	"rollcall/client/text"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// header is the line at the top: how many need somebody, who is next, which view,
// and what goes on.
type header struct {
	// now, waiting and fine are how many profiles there are of these
	// urgencies, asked how many of them and the others that are asked at all, week
	// how many tokens end within seven days.
	now, waiting, fine, asked, week int
	// ends is the profile whose token ends next, empty for none, and in when.
	ends, in string
	// busy is how many profiles are being checked, spin the frame of the spinner.
	busy, spin int
	// problems is how many the configuration has, problemKey shows them.
	problems   int
	problemKey string
	// next says when the next check comes; empty for none.
	next          string
	demo, private bool
	// views are the names of the views, one a line; view is the place of the
	// present one.
	views string
	view  viewID
}

// headerKey is all that the drawn header depends on.
type headerKey struct {
	header
	styles *theme.Styles
	w      int
}

// headerForm is how much the header says: the narrower the screen, the less.
type headerForm struct {
	// brand is set where the program is named.
	brand bool
	// tabs is how many views are named, the present one among them.
	tabs int
	// sums is how much is told of who needs somebody: only how many now, that and
	// how many this week, also whose token ends next and when, also how many wait. right
	// is how many words there are of what goes on.
	sums, right int
}

// allTabs is the width from which the names of all views are there.
const allTabs = 100

// headerForms are the forms of the header for a width and so many views, the fullest
// first. Where not all of these have room, some of them before and after the present one
// are named.
func headerForms(w, views int) []headerForm {
	var forms []headerForm
	named := []int{views}
	for n := min(views-1, mostTabs); n >= fewTabs; n -= 2 {
		named = append(named, n)
	}
	for _, tabs := range append(named, 1) {
		switch {
		case tabs > 1 && w < allTabs:
		case tabs > 1 && tabs < views:
			forms = append(forms, headerForm{true, tabs, 3, 1}, headerForm{true, tabs, 2, 1})
		default:
			forms = append(forms, headerForm{true, tabs, 3, 2}, headerForm{true, tabs, 3, 1}, headerForm{true, tabs, 2, 1},
				headerForm{false, tabs, 2, 1}, headerForm{false, tabs, 1, 1})
		}
	}
	return append(forms, headerForm{sums: 1, tabs: 1}, headerForm{tabs: 1})
}

// mostTabs and fewTabs are how many views are named where not all have room.
const mostTabs, fewTabs = 9, 3

// headerPart is what a click on some cells of the header is about.
type headerPart struct {
	from, to int
	// kind says what it is; view is the one that is named there, and query finds what
	// is summed up.
	kind  headerKind
	view  viewID
	query string
}

// headerKind is a kind of part of the header.
type headerKind int

// The kinds of parts that can be clicked: a view, a sum, and whose token ends next.
const (
	partView headerKind = iota
	partSum
	partEnds
)

// draw takes the fullest form that fits in w cells, and says what its parts are.
func (h *header) draw(s *theme.Styles, w int) (line string, parts []headerPart) {
	forms := headerForms(w, 1+strings.Count(h.views, "\n"))
	for i, f := range forms {
		p := headerPen{s: s}
		h.left(&p, f)
		right := h.right(s, f.right)
		if room := w - p.w - draw.Width(right); room >= 2 || i == len(forms)-1 {
			return draw.Pad(p.line.String()+draw.Spaces(room)+right, w, s.Glyphs.Tail), p.parts
		}
	}
	return "", nil
}

// headerPen writes the header from the left.
type headerPen struct {
	s     *theme.Styles
	line  strings.Builder
	w     int
	parts []headerPart
}

// write adds a text, with so many cells before it.
func (p *headerPen) write(gap int, text string, ink theme.Ink) (from, to int) {
	p.line.WriteString(draw.Spaces(gap) + ink.Render(text))
	from = p.w + gap
	p.w = from + draw.Width(text)
	return from, p.w
}

// part adds a text that can be clicked.
func (p *headerPen) part(gap int, text string, ink theme.Ink, part headerPart) {
	part.from, part.to = p.write(gap, text, ink)
	p.parts = append(p.parts, part)
}

// sum adds how many profiles a query finds.
func (p *headerPen) sum(gap int, text string, ink theme.Ink, query string) {
	p.part(gap, text, ink, headerPart{kind: partSum, query: query})
}

// left is the name, who needs somebody, and the views.
func (h *header) left(p *headerPen, f headerForm) {
	s := p.s
	if f.brand {
		p.write(1, "rollcall", s.Brand)
	}
	if h.demo {
		p.write(1, " DEMO ", s.Badge)
	}
	if h.private {
		p.write(1, " PRIVATE ", s.Badge)
	}
	gap := 1
	if p.w > 0 {
		gap = 2
	}
	h.sums(p, f, gap)
	h.tabs(p, f.tabs)
}

// tabs are the names of so many views, with the place of the present one where these are
// not all.
func (h *header) tabs(p *headerPen, n int) {
	names := strings.Split(h.views, "\n")
	at := int(h.view)
	place := fmt.Sprintf("%d/%d", at+1, len(names))
	next := headerPart{view: (h.view + 1) % viewID(len(names))}
	if n == 1 {
		p.part(3, names[at]+" "+place, p.s.TitleFocused, next)
		return
	}
	gap, from := 3, clamp(at-n/2, 0, len(names)-n)
	for i := from; i < from+n; i++ {
		ink := p.s.Muted
		if i == at {
			ink = p.s.TitleFocused
		}
		p.part(gap, names[i], ink, headerPart{view: viewID(i)})
		gap = 1
	}
	if n < len(names) {
		p.part(1, place, p.s.Muted, next)
	}
}

// weekQuery finds the tokens that end within seven days.
const weekQuery = "ends>=0s ends<=7d !snoozed !off"

// sums are how many need somebody, and who is next. What is none is left out.
func (h *header) sums(p *headerPen, f headerForm, gap int) {
	s := p.s
	if h.now > 0 {
		p.sum(gap, strconv.Itoa(h.now)+" now", s.Fail, string(insight.UrgencyNow))
		gap = 2
	}
	if h.week > 0 && (f.sums > 0 || h.now == 0) {
		p.sum(gap, strconv.Itoa(h.week)+" this week", s.Warn, weekQuery)
		gap = 2
	}
	switch {
	case h.now > 0 || h.week > 0:
	case h.asked > 0 && h.fine == h.asked:
		p.write(gap, fmt.Sprintf("all %d fine", h.fine), s.OK)
		gap = 2
	case h.fine > 0:
		p.sum(gap, strconv.Itoa(h.fine)+" fine", s.OK, string(insight.UrgencyFine))
		gap = 2
	}
	if h.waiting > 0 && (f.sums > 2 || h.now+h.week == 0) {
		p.sum(gap, strconv.Itoa(h.waiting)+" waiting", s.Text, string(insight.UrgencyWaiting))
		gap = 2
	}
	if h.ends == "" || f.sums < 2 {
		return
	}
	p.part(gap, "next "+h.ends+" in "+h.in, s.Text, headerPart{kind: partEnds})
}

// partAt is what is at cell x of the header drawn w cells wide.
func (h *header) partAt(s *theme.Styles, x, w int) (part headerPart, ok bool) {
	_, parts := h.draw(s, w)
	for _, part := range parts {
		if x >= part.from && x < part.to {
			return part, true
		}
	}
	return headerPart{}, false
}

// right is what goes on and what comes next, in so many words.
func (h *header) right(s *theme.Styles, words int) string {
	var parts []string
	if h.problems > 0 {
		phrase := s.Glyphs.Warn + " " + strconv.Itoa(h.problems)
		if words > 0 {
			phrase = s.Glyphs.Warn + " " + text.Plural(h.problems, "problem") + " (" + h.problemKey + ")"
		}
		parts = append(parts, s.Problem.Render(phrase))
	}
	if h.busy > 0 {
		text := " " + strconv.Itoa(h.busy)
		if words == 2 {
			text = " checking" + text
		}
		parts = append(parts, s.Accent.Render(s.Glyphs.Spinner[h.spin%len(s.Glyphs.Spinner)])+s.Text.Render(text))
	}
	if h.next != "" && (words > 0 || h.busy == 0) {
		lead := ""
		if words == 2 {
			lead = "next check "
		}
		parts = append(parts, s.Muted.Render(lead)+s.Text.Render(h.next))
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "  ") + " "
}

// headerNow is what the line at the top tells.
func (m *Model) headerNow() header {
	t, now := m.roster, m.clock.now
	o := t.outlook()
	h := header{
		now: o.Counts[insight.UrgencyNow], waiting: o.Counts[insight.UrgencyWaiting],
		fine: o.Counts[insight.UrgencyFine], asked: len(t.rows) - o.Counts[insight.UrgencyOff] - o.Counts[insight.UrgencySnoozed],
		week: o.Week, problems: m.faults.count(), problemKey: draw.FirstKey(m.keys.Problems, m.styles.ASCII),
		demo: m.options.Demo, private: m.private(), views: m.views.names, view: m.views.chosen,
	}
	if t.busy > 0 && !m.terminal.blurred {
		h.busy, h.spin = t.busy, m.clock.spin
	}
	if r := t.endsNext(&o); r != nil {
		h.ends, h.in = draw.Cut(r.config.Name, 20, m.styles.Glyphs.Tail), text.Remaining(o.Ends.Sub(now))
	}
	if left := t.next.Sub(now); !t.next.IsZero() && (!m.terminal.blurred || left > 2*unseen) {
		h.next = text.Countdown(left)
		if left <= imminent {
			h.next = "now"
		}
	}
	return h
}

// imminent is how soon the next check comes of which no seconds are counted: with many
// profiles it is always as near, and the count would only flicker.
const imminent = 2 * time.Second

// clickHeader goes to what is named at cell x: a view, the profiles that are summed
// up, or the profile whose token ends next.
func (m *Model) clickHeader(x int) {
	h := m.headerNow()
	part, ok := h.partAt(m.styles, x, m.terminal.width)
	if !ok {
		return
	}
	switch part.kind {
	case partView:
		m.show(part.view)
	case partSum:
		m.sift(part.query)
	case partEnds:
		o := m.roster.outlook()
		if r := m.roster.endsNext(&o); r != nil {
			m.point(r)
		}
	}
}

// sift shows the profiles that a query finds; all of them where it was these already.
// What does not list each profile gives way to the dashboard.
func (m *Model) sift(query string) {
	if m.dashboard.opened || !m.listsProfiles() {
		m.show(viewDashboard)
	}
	m.setFocus(paneProfiles)
	if f := &m.selection.filter; f.query() == query {
		m.selection.clearFilter()
		return
	}
	m.selection.filter.set(query)
	m.selection.search()
}

// point selects a profile where it is listed; one that is selected already is opened
// in full.
func (m *Model) point(r *row) {
	switch {
	case m.dashboard.opened, m.listsProfiles() && m.selection.current() == r:
		m.openProfile(r)
	case m.listsProfiles():
		m.setFocus(paneProfiles)
		m.selection.bring(r)
	default:
		m.open(r)
	}
}

// listsProfiles reports whether the view has a line for each profile.
func (m *Model) listsProfiles() bool {
	return m.shows(viewDashboard) || m.shows(viewOverview) || m.shows(viewTimeline)
}
