package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
)

// handleTimer takes in that the time of something has come.
func (m *Model) handleTimer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case clockTickedMsg:
		return m.handleClock(msg)
	case spinnerTurnedMsg:
		m.spin++
		m.spinning = false
	case noticeEndedMsg:
		if msg.generation == m.notice.generation {
			m.notice = notice{generation: msg.generation}
		}
	}
	return nil
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
	if h.RetryAt.After(now) || row.snap.RateLimit.ResetAt.After(now) || h.State == account.Expiring ||
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
