package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// terminal is what is known of the terminal that the dashboard is shown on.
type terminal struct {
	width, height int
	// dark says what the background is; true until the terminal tells. It was
	// asked at askedAt.
	dark    bool
	askedAt time.Time
	// mouse is set while the mouse is ours, blurred while the terminal has told
	// that it has no focus.
	mouse, blurred bool
	// begun are the checks that have begun since then.
	begun begunChecks
	// theme is the one that the person chose for this run; empty for that of the
	// configuration.
	theme string
}

// backgroundPause is how often the terminal is asked for its background while
// somebody looks: few terminals tell by themselves when it changes.
const backgroundPause = 30 * time.Second

// askBackground asks for the background, where the colours go by it.
func (t *terminal) askBackground(now time.Time, matters bool) tea.Cmd {
	t.askedAt = now
	if !matters {
		return nil
	}
	return tea.RequestBackgroundColor
}

// due reports whether it is time to ask for the background again.
func (t *terminal) due(now time.Time) bool {
	return !t.blurred && now.Sub(t.askedAt) >= backgroundPause
}

// handleTerminal takes in what the terminal tells of itself. Whoever comes back
// is told the time at once, and what may have changed meanwhile is found out.
func (m *Model) handleTerminal(msg tea.Msg) tea.Cmd {
	t := &m.terminal
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		t.width, t.height = msg.Width, msg.Height
		m.layOut()
		return nil
	case tea.BackgroundColorMsg:
		if dark := msg.IsDark(); dark != t.dark {
			t.dark = dark
			m.restyle()
		}
		return nil
	case tea.ResumeMsg:
		m.avatars.handle(msg, m.clock.now)
		if t.blurred {
			return m.focus()
		}
	case tea.FocusMsg:
		return m.focus()
	case tea.BlurMsg:
		t.blurred = true
		return nil
	case LendMsg:
		return lend(msg)
	}
	return tea.Batch(m.askBackground(), m.clock.restart())
}

// focus takes in that somebody looks, and shows what was kept back meanwhile.
func (m *Model) focus() tea.Cmd {
	m.terminal.blurred = false
	return tea.Batch(m.handleEvent(m.terminal.begun.all()), m.askBackground(), m.clock.restart())
}

// regain takes in that somebody looks, since they do something: a terminal can tell that
// the focus is lost, and not that it is back, as when another program had the terminal
// meanwhile. Only the wheel turns in a window without focus, too.
func (m *Model) regain(msg tea.Msg) tea.Cmd {
	if _, wheel := msg.(tea.MouseWheelMsg); wheel || !m.terminal.blurred {
		return nil
	}
	return m.focus()
}
