package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// backgroundPause is how often the terminal is asked for its background while
// somebody looks: few terminals tell by themselves when it changes.
const backgroundPause = 30 * time.Second

// askBackground asks for the background, where the colours go by it.
func (m *Model) askBackground() tea.Cmd {
	m.askedAt = m.clock.now
	theme := m.config.UI.Theme
	if m.options.NoColor || m.options.Console || theme == "dark" || theme == "light" || theme == "mono" {
		return nil
	}
	return tea.RequestBackgroundColor
}

func (m *Model) handleBackground(msg tea.BackgroundColorMsg) {
	if dark := msg.IsDark(); dark != m.dark {
		m.dark = dark
		m.restyle()
	}
}
