package ui

import (
	"charm.land/bubbles/v2/key"
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

// handleViewKey takes the keys that lead from one view to another.
func (m *Model) handleViewKey(msg tea.KeyPressMsg) bool {
	for id, b := range [views]key.Binding{
		m.keys.Dashboard, m.keys.Overview, m.keys.Timeline, m.keys.Activity, m.keys.People,
	} {
		if key.Matches(msg, b) {
			m.show(screen(id))
			return true
		}
	}
	return false
}

// handleSheetKey takes a key in a view that is not the dashboard.
func (m *Model) handleSheetKey(v *sheet, msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keys.Open):
		m.openLine(v)
	case key.Matches(msg, m.keys.Back) && m.list.filter.shown():
		m.list.clearFilter()
	case key.Matches(msg, m.keys.Back):
		m.show(screenDashboard)
	case v.HandleKey(msg, &m.keys):
	default:
		switch content := v.content.(type) {
		case *overview:
			return m.handleOverviewKey(content, msg)
		case *activity:
			if key.Matches(msg, m.keys.OnlyNews) {
				content.onlyNews = !content.onlyNews
			}
		}
	}
	return nil
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

func (m *Model) handleOverviewKey(o *overview, msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keys.Sort, m.keys.NextColumn, m.keys.NextPane):
		return m.say("sorted " + o.choose(1, m.width))
	case key.Matches(msg, m.keys.PrevColumn, m.keys.PrevPane):
		return m.say("sorted " + o.choose(-1, m.width))
	case key.Matches(msg, m.keys.Reverse):
		o.reversed = !o.reversed
		return m.say("sorted " + o.sorted())
	case key.Matches(msg, m.keys.Group):
		o.grouped = (o.grouped + 1) % groupings
		return m.say("grouped " + o.grouped.String())
	}
	return nil
}

// clickSheet takes a click into a view: a second one on the same line opens
// it, one on a heading of the overview sorts by it.
func (m *Model) clickSheet(v *sheet, x, y int) {
	m.list.filter.editing = false
	if o, ok := v.content.(*overview); ok && y == v.above() {
		if id, ok := o.columnAt(x, v.w); ok {
			o.reversed = o.by == id && !o.reversed
			o.by = id
		}
		return
	}
	if v.click(y) {
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

// sheetHints are the keys worth naming in a view.
func (m *Model) sheetHints(v *sheet, arrows string) []hint {
	k, ascii := &m.keys, m.styles.ascii
	back := hint{firstKey(k.Back, ascii), "dashboard"}
	if m.list.filter.shown() {
		back.does = "clear the filter"
	}
	hints := []hint{back, {firstKey(k.Open, ascii), "open"}, {arrows, "move"}}
	switch content := v.content.(type) {
	case *overview:
		hints = append(hints, hint{firstKey(k.Sort, ascii), "sort"}, hint{firstKey(k.Group, ascii), "group"},
			hint{firstKey(k.Filter, ascii), "filter"}, hint{firstKey(k.Reverse, ascii), "reverse"})
	case *activity:
		does := "changes only"
		if content.onlyNews {
			does = "checks too"
		}
		hints = append(hints, hint{firstKey(k.OnlyNews, ascii), does}, hint{firstKey(k.Filter, ascii), "filter"})
	default:
		hints = append(hints, hint{firstKey(k.Filter, ascii), "filter"})
	}
	return append(hints, hint{firstKey(k.Refresh, ascii), "refresh"}, m.viewsHint(), hint{firstKey(k.RefreshAll, ascii), "refresh all"})
}

// viewsHint names the keys of the views.
func (m *Model) viewsHint() hint {
	k, keys := &m.keys, ""
	for _, b := range []key.Binding{k.Overview, k.Timeline, k.Activity, k.People} {
		if name := firstKey(b, m.styles.ascii); name != "" {
			keys += " " + name
		}
	}
	if keys == "" {
		return hint{}
	}
	return hint{keys[1:], "views"}
}
