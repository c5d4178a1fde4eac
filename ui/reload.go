package ui

import (
	tea "charm.land/bubbletea/v2"

	"rollcall/client/text"
)

func (m *Model) handleActive(msg ActiveMsg) tea.Cmd {
	if msg.Profile != m.options.Active {
		m.mark(msg.Profile)
	}
	if msg.Problem == "" {
		return nil
	}
	return m.say(m.told(text.Printable(msg.Problem)))
}

// handleConfig takes over a changed configuration. What is known of the
// profiles that stay, and how the person looks at them, stays with them.
func (m *Model) handleConfig(msg ConfigMsg) tea.Cmd {
	m.overlays.reloaded()
	if msg.Err != nil {
		m.faults.broken = text.Printable(msg.Err.Error())
		m.layOut()
		return m.say(m.told(m.faults.broken) + ": the last good one is used")
	}
	if msg.Config == nil {
		return nil
	}
	before := m.config
	if m.faults.broken != "" {
		// It may still say what is wrong with the file.
		m.notice.clear()
	}
	m.config = msg.Config
	if msg.Services != nil {
		m.roster.services = msg.Services
	}
	m.options.FirstRun = false
	m.keys = DefaultKeyMap()
	m.faults.take(m.config, m.bindKeys())
	if m.config.UI.Mouse != before.UI.Mouse {
		m.terminal.mouse = m.config.UI.Mouse
	}
	m.restyle()
	for _, o := range m.overlays.all {
		if f, ok := o.(*profileForm); ok {
			f.reload(m.config)
		}
	}
	m.reloadRows()
	m.layOut()
	// Where the last profile is gone, what the machine has is offered as at first.
	return m.findAccounts()
}

// reloadRows brings the list, and what is made of it, in line with the
// profiles.
func (m *Model) reloadRows() {
	m.roster.reload(m.config)
	m.roster.investigate(m.clock.now)
	m.roster.mark(m.options.Active)
	m.keepSwitched()
	m.selection.reload()
	if len(m.roster.rows) == 0 {
		m.selection.clearFilter()
		m.setFocus(paneProfiles)
	}
	m.views.overview().reload()
	m.dashboard.reload()
}
