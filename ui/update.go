package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client"
)

// Update takes in a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.width, m.height = msg.Width, msg.Height
		m.layOut()
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
		cmd = tea.Batch(m.askBackground(), m.restartClock())
		m.avatars.handle(msg, m.clock.now)
	case tea.FocusMsg, tea.BlurMsg:
		cmd = m.handleFocus(msg)
	case client.Event:
		cmd = m.handleEvent(msg)
	case ConfigMsg:
		cmd = m.handleConfig(msg)
	case ActiveMsg:
		cmd = m.handleActive(msg)
	case draftTriedMsg:
		m.handleTried(msg)
	case managedMsg:
		cmd = m.handleManaged(msg)
	case clockTickedMsg:
		cmd = m.handleClock(msg)
	case spinnerTurnedMsg:
		m.spin++
		m.spinning = false
	case noticeEndedMsg:
		if msg.generation == m.notice.generation {
			m.notice = notice{generation: msg.generation}
		}
	case tea.TerminalVersionMsg, avatarFetchedMsg, avatarSentMsg:
		m.avatars.handle(msg, m.clock.now)
	case lookedMsg:
		m.handleLooked(msg)
	}
	m.settle()
	return m, tea.Batch(cmd, m.run(), m.look(), m.portray())
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
		return tea.Batch(m.announce(news), m.say(m.told(client.Printable(e.Notice))))
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

func (m *Model) handleClock(msg clockTickedMsg) tea.Cmd {
	if msg.generation != m.clock.generation {
		return nil
	}
	m.clock.now = msg.now
	m.clock.period, m.clock.told = 0, true
	if m.roster.investigate(m.clock.now) {
		m.layOut()
	}
	if m.blurred || m.clock.now.Sub(m.askedAt) < backgroundPause {
		return nil
	}
	return m.askBackground()
}

// run starts what has to run and does not: the clock and the spinner. A clock
// that stood still, or was slower, is told the time at once.
func (m *Model) run() tea.Cmd {
	var cmds []tea.Cmd
	if m.roster.busy > 0 && !m.spinning && !m.blurred && m.screen() != screenWelcome {
		m.spinning = true
		cmds = append(cmds, spinnerCmd())
	}
	told := m.clock.told
	m.clock.told = false
	want := m.period()
	if m.blurred && want > 0 {
		want = coarse
	}
	switch {
	case want == 0:
		// What was asked for still comes, and finds nothing to do.
	case m.clock.period == 0 && told:
		m.clock.period = want
		cmds = append(cmds, clockCmd(m.options.Now, toNext(m.clock.now, want), m.clock.generation))
	case m.clock.period == 0 || want < m.clock.period:
		m.clock.period = want
		cmds = append(cmds, m.restartClock())
	}
	return tea.Batch(cmds...)
}

// toNext is the time until the next whole second or half minute.
func toNext(now time.Time, period time.Duration) time.Duration {
	return now.Truncate(period).Add(period).Sub(now)
}

// restartClock asks what time it is; older questions are forgotten.
func (m *Model) restartClock() tea.Cmd {
	m.clock.generation++
	return clockCmd(m.options.Now, 0, m.clock.generation)
}

// How often the clock has to tell the time.
const (
	everySecond = time.Second
	// coarse is often enough for ages in minutes and more.
	coarse = 30 * time.Second
)

// period is how often the screen changes with time alone.
func (m *Model) period() time.Duration {
	if m.screen() == screenWelcome || m.layout.tooSmall {
		return 0
	}
	if !m.roster.next.IsZero() {
		return everySecond
	}
	if v := m.sheet(); v != nil {
		return v.period(m.clock.now)
	}
	row := m.list.current()
	if row == nil {
		return 0
	}
	h, now := row.snap.Health, m.clock.now
	if h.RetryAt.After(now) || row.snap.RateLimit.ResetAt.After(now) || h.State == client.Expiring ||
		near(row.ending().At, now) {
		return everySecond
	}
	switch {
	case h.CheckedAt.IsZero():
		return 0
	case now.Sub(h.CheckedAt) < time.Minute:
		return everySecond
	default:
		return coarse
	}
}

// period is how often the view changes with time alone.
func (v *sheet) period(now time.Time) time.Duration {
	if near(v.content.soonest(), now) {
		return everySecond
	}
	return coarse
}

// near reports whether the time until a moment is shown to the second.
func near(at, now time.Time) bool {
	left := at.Sub(now)
	return left > 0 && left < time.Hour+coarse
}
