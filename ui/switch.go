package ui

import (
	tea "charm.land/bubbletea/v2"

	"rollcall/config"
)

// disableProfile switches the selected profile off, or on again. The screen
// shows the profile as switched before that is saved, so that pressing the key
// again takes it back at any time.
func (m *Model) disableProfile() tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	r := m.current()
	_, saving := m.switching[r.name]
	m.switching[r.name] = !r.own.Disabled
	m.switchRow(r, !r.own.Disabled)
	if saving {
		return nil
	}
	return m.saveSwitch(r.name)
}

// saveSwitch saves what is wanted of a profile.
func (m *Model) saveSwitch(name string) tea.Cmd {
	a := config.EditEnable
	if m.switching[name] {
		a = config.EditDisable
	}
	return m.apply(config.Edit{Kind: a, Profile: name}, "", nil)
}

// handleSwitched takes in that a profile was switched off or on, or could not
// be. Where the key was pressed again meanwhile, the opposite is saved next.
func (m *Model) handleSwitched(msg changeSavedMsg) tea.Cmd {
	c := msg.change
	r, off := m.roster.byName[c.Profile], m.switching[c.Profile]
	if msg.err == nil && r != nil && off != (c.Kind == config.EditDisable) {
		return m.saveSwitch(c.Profile)
	}
	delete(m.switching, c.Profile)
	if msg.err != nil && r != nil {
		m.switchRow(r, m.config.Profiles[r.index].Disabled)
	}
	return m.handleSaved(msg)
}

// switchRow shows a profile as switched off or on.
func (m *Model) switchRow(r *row, off bool) {
	m.roster.switchOff(r, off)
	m.rearrange([]*row{r})
}

// keepSwitched shows the profiles whose switching is not saved yet as they will
// be, although the configuration that was just loaded says otherwise.
func (m *Model) keepSwitched() {
	for name, off := range m.switching {
		if r := m.roster.byName[name]; r != nil && r.own.Disabled != off {
			m.switchRow(r, off)
		}
	}
}
