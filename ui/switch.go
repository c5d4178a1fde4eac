package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"rollcall/config"
)

// disableProfile switches the profiles that it is for off, or on again: all to one
// state, which is off where one of them is on. The screen shows them as switched before
// that is saved, so that pressing the key again takes it back at any time.
func (m *Model) disableProfile() tea.Cmd {
	if why := m.cannotKeep(); why != "" {
		return m.say(why)
	}
	rows := m.targets()
	off := slices.ContainsFunc(rows, func(r *row) bool { return !r.own.Disabled })
	var names []string
	var changed []*row
	for _, r := range rows {
		if r.own.Disabled == off {
			continue
		}
		_, saving := m.switching[r.name]
		m.switching[r.name] = off
		m.roster.switchOff(r, off)
		changed = append(changed, r)
		if !saving {
			names = append(names, r.name)
		}
	}
	m.rearrange(changed)
	return m.saveSwitches(names)
}

// saveSwitches saves what is wanted of profiles.
func (m *Model) saveSwitches(names []string) tea.Cmd {
	switch len(names) {
	case 0:
		return nil
	case 1:
		return m.saveSwitch(names[0])
	}
	all := make([]config.Edit, len(names))
	for i, name := range names {
		all[i] = m.switchEdit(name)
	}
	return m.applyAll(all)
}

// saveSwitch saves what is wanted of a profile.
func (m *Model) saveSwitch(name string) tea.Cmd { return m.apply(m.switchEdit(name), "", nil) }

// switchEdit is the edit that brings the file in line with what is wanted of a
// profile.
func (m *Model) switchEdit(name string) config.Edit {
	if m.switching[name] {
		return config.Edit{Kind: config.EditDisable, Profile: name}
	}
	return config.Edit{Kind: config.EditEnable, Profile: name}
}

// handleSwitched takes in that a profile was switched off or on, or could not
// be. Where the key was pressed again meanwhile, the opposite is saved next.
func (m *Model) handleSwitched(msg changeSavedMsg) tea.Cmd {
	c := msg.change
	r, off := m.roster.named(c.Profile), m.switching[c.Profile]
	if msg.err == nil && r != nil && off != (c.Kind == config.EditDisable) {
		return m.saveSwitch(c.Profile)
	}
	delete(m.switching, c.Profile)
	if msg.err != nil && r != nil {
		m.switchRow(r, m.config.Profiles[r.index].Disabled)
	}
	return m.handleSaved(msg)
}

// settleSwitched takes in which of the profiles that were switched together are saved
// so. Those whose key was pressed again meanwhile are saved once more, the other way
// round; those that could not be switched are shown as they were.
func (m *Model) settleSwitched(msg changesSavedMsg) tea.Cmd {
	var again []string
	for _, c := range msg.changes {
		if c.Kind != config.EditDisable && c.Kind != config.EditEnable {
			continue
		}
		failed := msg.err != nil || slices.ContainsFunc(msg.refused, func(r config.Refusal) bool { return r.Profile == c.Profile })
		r, off := m.roster.named(c.Profile), m.switching[c.Profile]
		if !failed && r != nil && off != (c.Kind == config.EditDisable) {
			again = append(again, c.Profile)
			continue
		}
		delete(m.switching, c.Profile)
		if failed && r != nil {
			m.switchRow(r, m.config.Profiles[r.index].Disabled)
		}
	}
	return m.saveSwitches(again)
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
		if r := m.roster.named(name); r != nil && r.own.Disabled != off {
			m.switchRow(r, off)
		}
	}
}
