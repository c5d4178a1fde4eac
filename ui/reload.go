package ui

import (
	"strings"

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
	return m.sayTold(text.Printable(msg.Problem))
}

// handleHook takes in how a hook has ended. What went wrong is a problem until it ends
// well, and stays in the log.
func (m *Model) handleHook(msg HookMsg) {
	if m.faults.ended(msg) {
		m.layOut()
	}
	if msg.Wrong != "" {
		m.roster.log.failed(msg)
	}
}

// handleConfig takes over a changed configuration. What is known of the
// profiles that stay, and how the person looks at them, stays with them.
func (m *Model) handleConfig(msg ConfigMsg) tea.Cmd {
	m.overlays.reloaded()
	if msg.Err != nil {
		m.faults.broken = text.Printable(msg.Err.Error())
		m.layOut()
		return m.sayTold(m.faults.broken + ": the last good one is used")
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
		m.roster.know(msg.Services)
	}
	m.roster.concealNamed(m.config)
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
	if msg.roll == nil {
		msg.roll = newRoll(msg.Config, nil)
	}
	m.reloadRows(msg.roll)
	told := m.reloadViews()
	m.layOut()
	// Where the last profile is gone, what the machine has is offered as at first.
	return tea.Batch(told, m.findAccounts())
}

// reloadViews brings the tabs in line with the saved views. Where the one that is shown
// is there no more, the overview is, which is said; one that was kept just now is shown.
func (m *Model) reloadViews() tea.Cmd {
	was := m.viewName()
	gone := m.views.save(m.config.Views, m.selection, &m.roster.cover)
	m.selection.enter(m.views.scope())
	if m.showAwaited() {
		return nil
	}
	if !gone {
		return nil
	}
	m.arrive(m.here())
	// The notice stays as it is told now.
	m.roster.meetAll()
	// Who has removed the view themselves was told so.
	if !strings.Contains(m.notice.text, m.viewCalled(was)) && !strings.Contains(m.notice.awaiting, text.Printable(was)) {
		return m.say("the view " + m.viewCalled(was) + " is not in the configuration any more")
	}
	return nil
}

// reloadRows brings the list, and what is made of it, in line with the
// profiles.
func (m *Model) reloadRows(l *roll) {
	m.roster.reload(l)
	if !m.roster.many() {
		m.roster.catchUp()
		m.roster.log.settle()
		m.roster.investigate(m.clock.now)
	}
	m.roster.mark(m.options.Active)
	m.keepSwitched()
	m.selection.reload()
	if len(m.roster.rows) == 0 {
		m.selection.clearFilter()
		m.setFocus(paneProfiles)
	}
	for _, v := range m.views.all {
		if v.sheet == nil {
			continue
		}
		if o, ok := v.sheet.content.(*overview); ok {
			o.reload()
		}
	}
	m.dashboard.reload()
}
