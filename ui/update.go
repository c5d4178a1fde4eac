package ui

import (
	tea "charm.land/bubbletea/v2"

	"rollcall/client"
	"rollcall/client/text"
)

// Update takes in a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.handleSize(msg)
	case tea.BackgroundColorMsg:
		m.handleBackground(msg)
	case tea.KeyPressMsg:
		cmd = m.handleKey(msg)
	case tea.PasteMsg:
		m.handlePaste(msg)
	case tea.MouseClickMsg:
		cmd = m.handleClick(msg)
	case tea.MouseWheelMsg:
		m.handleWheel(msg)
	case tea.ResumeMsg:
		cmd = m.handleResume(msg)
	case tea.FocusMsg, tea.BlurMsg:
		cmd = m.handleFocus(msg)
	case client.Event:
		cmd = m.handleEvent(msg)
	case ConfigMsg:
		cmd = m.handleConfig(msg)
	case ActiveMsg:
		cmd = m.handleActive(msg)
	case draftTriedMsg, changeSavedMsg, secretReplacedMsg, changeUndoneMsg, profileUsedMsg, pageOpenedMsg:
		cmd = m.handleManaged(msg)
	case clockTickedMsg, spinnerTurnedMsg, noticeEndedMsg:
		cmd = m.handleTimer(msg)
	case tea.TerminalVersionMsg, avatarFetchedMsg, avatarSentMsg:
		m.avatars.handle(msg, m.clock.now)
	case lookedMsg:
		m.handleLooked(msg)
	}
	m.settle()
	return m, tea.Batch(cmd, m.run(), m.look(), m.portray())
}

func (m *Model) handleSize(msg tea.WindowSizeMsg) {
	m.width, m.height = msg.Width, msg.Height
	m.layOut()
}

// handleResume finds out what may have changed while the program stood still.
func (m *Model) handleResume(msg tea.ResumeMsg) tea.Cmd {
	m.avatars.handle(msg, m.clock.now)
	return tea.Batch(m.askBackground(), m.restartClock())
}

func (m *Model) handleEvent(e client.Event) tea.Cmd {
	moved := false
	var news []stateChange
	for _, s := range e.Snapshots {
		r, old := m.roster.apply(s)
		if r == nil {
			continue
		}
		m.progress.take(r)
		moved = moved || old.Health.State.Severity() != r.severity()
		if isNews(old, r.snap) {
			news = append(news, stateChange{r, old.Health.State, r.snap.Health.State})
		}
	}
	m.roster.log.settle()
	if len(e.Snapshots) > 0 {
		m.rearrange(moved)
	}
	if e.Notice != "" {
		return tea.Batch(m.announce(news), m.say(m.told(text.Printable(e.Notice))))
	}
	return m.announce(news)
}

// rearrange brings the list and the incidents in line with rows that changed;
// moved is set where one has another severity.
func (m *Model) rearrange(moved bool) {
	if m.roster.investigate(m.clock.now) {
		m.layOut()
	}
	switch {
	case moved && m.list.order == bySeverity:
		m.list.sort()
	case m.list.filter.query() != "":
		m.list.arrange()
	}
}

// handleFocus stops what turns while nobody looks, and tells the time at once
// when somebody does.
func (m *Model) handleFocus(msg tea.Msg) tea.Cmd {
	_, m.blurred = msg.(tea.BlurMsg)
	if m.blurred {
		return nil
	}
	return tea.Batch(m.askBackground(), m.restartClock())
}

// say shows a notice for some seconds.
func (m *Model) say(text string) tea.Cmd {
	m.notice = notice{text: text, said: text, at: m.clock.now, generation: m.notice.generation + 1}
	return noticeCmd(m.notice.generation)
}
