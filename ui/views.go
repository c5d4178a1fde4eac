package ui

import (
	tea "charm.land/bubbletea/v2"
)

// screen is what fills the terminal below any overlay.
type screen int

// The dashboard and the other views, in the order of their names in the
// header; and the screen of who has no profiles.
const (
	screenDashboard screen = iota
	screenOverview
	screenTimeline
	screenActivity
	screenPeople
	views
	screenWelcome
)

// viewNames are what the views are called.
func viewNames() [views]string {
	return [views]string{"Dashboard", "Overview", "Timeline", "Activity", "People"}
}

// newSheets makes the views beside the dashboard.
func newSheets(t *roster, l *listPane) [views]*sheet {
	names := viewNames()
	return [views]*sheet{
		screenOverview: newSheet(names[screenOverview], l, newOverview(t, l)),
		screenTimeline: newSheet(names[screenTimeline], l, &timeline{roster: t, list: l}),
		screenActivity: newSheet(names[screenActivity], l, &activity{roster: t, list: l}),
		screenPeople:   newSheet(names[screenPeople], l, &peopleView{roster: t, list: l}),
	}
}

func (m *Model) screen() screen {
	if m.options.FirstRun || len(m.roster.rows) == 0 {
		return screenWelcome
	}
	return m.chosen
}

// sheet is the view that is shown; nil on the dashboard.
func (m *Model) sheet() *sheet {
	if id := m.screen(); id < views {
		return m.sheets[id]
	}
	return nil
}

// show goes to a view, with the selected profile in sight.
func (m *Model) show(id screen) {
	m.chosen = id
	if id == screenDashboard {
		m.list.follow()
		return
	}
	v := m.sheets[id]
	v.prepare(m.styles, m.clock.now)
	v.find(v.current())
	v.follow()
}

// open goes to the dashboard with the profile of the selected line.
func (m *Model) open(r *row) {
	if r != nil && r.match == noMatch && m.list.filter.query() != "" {
		m.list.clearFilter()
	}
	if r != nil {
		m.list.choose(r)
	}
	m.setFocus(paneProfiles)
	m.show(screenDashboard)
}

// current is the profile that keys are about; nil for none.
func (m *Model) current() *row {
	if v := m.sheet(); v != nil {
		return v.current().row
	}
	return m.list.current()
}

// openLine looks closer at the selected line of a view.
func (m *Model) openLine(v *sheet) {
	switch l := v.current(); {
	case l.entry != nil:
		m.push(newEntryDetail(l.entry, m.clock.now.Location(), m.styles))
	case l.row != nil:
		m.open(l.row)
	}
}

// table is the content of the overview.
func (m *Model) table() *overview { return m.sheets[screenOverview].content.(*overview) }

func (m *Model) nextColumn() tea.Cmd { return m.columnBy(1) }
func (m *Model) prevColumn() tea.Cmd { return m.columnBy(-1) }

// columnBy sorts the overview by another column.
func (m *Model) columnBy(n int) tea.Cmd { return m.say("sorted " + m.table().choose(n, m.width)) }

func (m *Model) reverse() tea.Cmd {
	o := m.table()
	o.reversed = !o.reversed
	return m.say("sorted " + o.sorted())
}

func (m *Model) group() tea.Cmd {
	o := m.table()
	o.grouped = (o.grouped + 1) % groupings
	return m.say("grouped " + o.grouped.String())
}

// onlyNews leaves the checks out of the activity, or brings them back.
func (m *Model) onlyNews() tea.Cmd {
	a := m.sheets[screenActivity].content.(*activity)
	a.onlyNews = !a.onlyNews
	return nil
}

// clickSheet takes a click into a view: a second one on the same line soon
// after opens it, one on a heading of the overview sorts by it.
func (m *Model) clickSheet(v *sheet, x, y int) {
	m.list.filter.editing = false
	if o, ok := v.content.(*overview); ok && y == v.above() {
		if id, ok := o.columnAt(x, v.w); ok {
			o.reversed = o.by == id && !o.reversed
			o.by = id
		}
		return
	}
	if l := v.click(y); l.row != nil && m.doubleClick(l) {
		m.openLine(v)
	}
}

// tabGap stands between two names in the header.
const tabGap = "  "

// tabs are the names of the views, the present one marked.
func (m *Model) tabs() string {
	s, text := m.styles, ""
	for id, name := range viewNames() {
		if id > 0 {
			text += tabGap
		}
		if screen(id) == m.screen() {
			text += s.titleFocused.write(name)
		} else {
			text += s.muted.write(name)
		}
	}
	return text
}

// clickAbove takes a click into the header or the line of incidents.
func (m *Model) clickAbove(x, y int) {
	if y > 0 && m.broken != "" {
		m.push(newProblems(m))
		return
	}
	if y > 0 {
		m.push(newIncidents(m.roster.incidents, m.styles))
		return
	}
	_, at := m.drawHeader(m.headerKey())
	if at < 0 {
		return
	}
	for id, name := range viewNames() {
		if x >= at && x < at+len(name) {
			m.show(screen(id))
			return
		}
		at += len(name) + len(tabGap)
	}
}
