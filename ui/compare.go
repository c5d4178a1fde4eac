package ui

import tea "charm.land/bubbletea/v2"

// openPerson tells all of the person whom the selected profile belongs to.
func (m *Model) openPerson() tea.Cmd {
	r := m.current()
	if r == nil || r.person == 0 || r.person > len(m.roster.people.all) {
		return m.say("no profile is selected")
	}
	p := &m.roster.people.all[r.person-1]
	m.overlays.push(newPersonDetail(p, m.roster.people.compare(p.rows), m.styles))
	return nil
}

// onlyDifferences leaves out what the profiles of a person have in common, or brings it
// back.
func (m *Model) onlyDifferences() tea.Cmd {
	v := m.views.people()
	v.differing = !v.differing
	return nil
}

// moreLeft and moreRight move among the profiles of a person that are compared.
func (m *Model) moreLeft() tea.Cmd  { return m.moveProfiles(-1) }
func (m *Model) moreRight() tea.Cmd { return m.moveProfiles(1) }

func (m *Model) moveProfiles(by int) tea.Cmd {
	if !m.views.people().move(by) {
		return m.say("no more profiles stand there")
	}
	m.views.sheet().touch()
	return nil
}
