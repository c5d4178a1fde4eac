package ui

import tea "charm.land/bubbletea/v2"

// copy puts what the person points at on the clipboard; in the list that is
// the user's id, or the profile's name where there is no user.
func (m *Model) copy() tea.Cmd {
	if m.welcomes() {
		return tea.Batch(tea.SetClipboard(sampleConfig+"\n"), m.say("copied the sample configuration"))
	}
	value, what := "", ""
	if m.area() == onPane || m.area() == onOpened {
		value, what = m.dashboard.pane().copied()
	} else if r := m.current(); r != nil {
		value, what = r.config.Name, "profile name"
		if a := r.snap.Account; a != nil && a.User.ID != "" {
			value, what = a.User.ID, "user id"
		}
	}
	if value == "" {
		return m.say("nothing to copy here")
	}
	return tea.Batch(tea.SetClipboard(value), m.say("copied "+what+": "+value))
}
