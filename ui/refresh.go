package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
)

// refresh asks for checks of the named profiles; no name means all.
func (m *Model) refresh(names ...string) tea.Cmd {
	ask := m.options.Refresh
	if ask == nil {
		return nil
	}
	return func() tea.Msg {
		ask(names...)
		return nil
	}
}

// check asks for a check of a profile that the person waits for.
func (m *Model) check(name string) tea.Cmd {
	ask := m.options.Check
	if ask == nil {
		return nil
	}
	return func() tea.Msg {
		ask(name)
		return nil
	}
}

func (m *Model) refreshSelected() tea.Cmd {
	r := m.current()
	if r == nil {
		return nil
	}
	h := r.snap.Health
	switch {
	case h.State == account.Disabled:
		return m.say(r.config.Name + " is switched off in the configuration")
	case h.State == account.Misconfigured:
		return m.say(r.config.Name + " is asked once its configuration is mended")
	}
	phrase := "checking " + r.config.Name
	if h.RetryAt.After(m.clock.now) {
		phrase = fmt.Sprintf("%s is asked again at %s, in %s", r.config.Name,
			text.Clock(h.RetryAt, m.clock.now), text.Countdown(h.RetryAt.Sub(m.clock.now)))
	}
	return tea.Batch(m.check(r.name), m.say(phrase))
}

func (m *Model) refreshAll() tea.Cmd {
	var asked []*row
	held := 0
	for _, r := range m.roster.rows {
		switch {
		case !r.asked():
		case r.snap.Health.RetryAt.After(m.clock.now):
			held++
		default:
			asked = append(asked, r)
		}
	}
	m.roster.progress.begin(asked, m.clock.now)
	text := "checking " + text.Plural(len(asked), "profile")
	if held > 0 {
		text += fmt.Sprintf("; %d more when their service allows it", held)
	}
	return tea.Batch(m.refresh(), m.say(text))
}
