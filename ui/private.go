package ui

import tea "charm.land/bubbletea/v2"

// togglePrivate puts stand-ins in place of names, e-mail addresses, ids and
// hosts, so that a screen can be shown to others, or takes them away again.
func (m *Model) togglePrivate() tea.Cmd {
	m.setPrivate(!m.private())
	if m.options.SetPrivate != nil {
		m.options.SetPrivate(m.private())
	}
	if m.private() {
		// What was looked for may be a name.
		m.selection.clearFilter()
		return m.say("private: names, addresses and ids are stand-ins; links are off")
	}
	return m.say("the real names are shown again")
}

func (m *Model) setPrivate(on bool) {
	m.roster.setPrivate(on)
	m.tellPrograms()
	m.views.title(&m.roster.cover)
	if m.roster.many() {
		// The order follows once all rows are shown anew.
		m.roster.backlog.late = true
		return
	}
	if m.roster.investigate(m.clock.now) {
		m.layOut()
	}
	m.selection.sort()
}
