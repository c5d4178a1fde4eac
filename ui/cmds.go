package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// How often things move.
const (
	spinnerPeriod = 250 * time.Millisecond
	noticeTime    = 6 * time.Second
)

// refreshCmd asks for checks of the named profiles; no name means all.
func refreshCmd(refresh func(...string), names ...string) tea.Cmd {
	if refresh == nil {
		return nil
	}
	return func() tea.Msg {
		refresh(names...)
		return nil
	}
}

// clockCmd tells the time after d, or at once.
func clockCmd(now func() time.Time, d time.Duration, generation int) tea.Cmd {
	told := func(time.Time) tea.Msg { return clockTickedMsg{now(), generation} }
	if d <= 0 {
		return func() tea.Msg { return told(time.Time{}) }
	}
	return tea.Tick(d, told)
}

func spinnerCmd() tea.Cmd {
	return tea.Tick(spinnerPeriod, func(time.Time) tea.Msg { return spinnerTurnedMsg{} })
}

func noticeCmd(generation int) tea.Cmd {
	return tea.Tick(noticeTime, func(time.Time) tea.Msg { return noticeEndedMsg{generation} })
}
