package ui

import tea "charm.land/bubbletea/v2"

// here is where the person is.
func (m *Model) here() place {
	return place{m.views.chosen, m.dashboard.opened && m.views.chosen == viewDashboard, m.dashboard.focus}
}

// visit goes to another place, with a way back.
func (m *Model) visit(to place) {
	if from := m.here(); !from.same(to) {
		m.views.places.leave(from, to)
	}
	m.arrive(to)
}

// arrive is at another place, with the selected profile in sight.
func (m *Model) arrive(at place) {
	m.views.chosen, m.dashboard.opened = at.view, at.opened
	m.selection.enter(m.views.scope())
	m.setFocus(at.focus)
	if v := m.views.sheet(); v != nil {
		v.show(m.styles, m.clock.now)
		return
	}
	m.selection.touched++
}

// show goes to a view.
func (m *Model) show(id viewID) {
	to := place{view: id, focus: m.dashboard.focus}
	if m.dashboard.opened {
		to.focus = paneProfiles
	}
	m.visit(to)
}

// openProfile opens a profile in full.
func (m *Model) openProfile(r *row) {
	if r != nil {
		m.selection.bring(r)
	}
	m.visit(place{view: viewDashboard, opened: true, focus: paneFull})
}

// way is where going back leads out of a view or an opened profile; ok is false on
// the dashboard, where all ways end.
func (m *Model) way() (to place, ok bool) {
	if m.here().same(place{}) {
		return place{}, false
	}
	if n := len(m.views.places.back); n > 0 {
		return m.views.places.back[n-1], true
	}
	return place{}, true
}

// back undoes the last step inwards: out of a pane into the list, out of the marks and
// the filter, and out of a view or an opened profile to where that was opened.
func (m *Model) back() tea.Cmd {
	to, out := m.way()
	switch {
	case !out && !m.dashboard.inList():
		m.setFocus(paneProfiles)
	case m.unmark():
	case m.selection.filter.shown() && !m.dashboard.opened:
		m.selection.clearFilter()
	case out:
		p := &m.views.places
		p.before, p.been = m.here(), true
		p.back = p.back[:max(0, len(p.back)-1)]
		m.arrive(to)
	}
	return nil
}

// backHint is what going back does; empty where it does nothing.
func (m *Model) backHint() string {
	to, out := m.way()
	switch {
	case !out && !m.dashboard.inList():
		return "profiles"
	case m.marking() && m.selection.marks.span.in != nil:
		return "call it off"
	case m.marking():
		return "unmark"
	case m.selection.filter.shown() && !m.dashboard.opened:
		return "clear the filter"
	case !out:
		return ""
	case to.opened:
		return "profile"
	case to.same(place{}) && m.dashboard.opened:
		return "profiles"
	}
	return m.viewCalled(m.views.name(to.view))
}

// lastView goes to the view before the present one, and from there back again.
func (m *Model) lastView() tea.Cmd {
	if !m.views.places.been {
		return m.say("there is no view before this one")
	}
	m.visit(m.views.places.before)
	return nil
}

func (m *Model) nextTab() tea.Cmd { return m.tabBy(1) }
func (m *Model) prevTab() tea.Cmd { return m.tabBy(-1) }

// tabBy goes to another view, in the order of their names.
func (m *Model) tabBy(n int) tea.Cmd {
	all := len(m.views.all)
	m.show(viewID((int(m.views.chosen) + n + all) % all))
	return nil
}
