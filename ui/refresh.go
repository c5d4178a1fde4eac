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

// refreshSelected asks for checks of the profiles that it is for.
func (m *Model) refreshSelected() tea.Cmd {
	switch rows := m.targets(); len(rows) {
	case 0:
		return nil
	case 1:
		return m.refreshOne(rows[0])
	default:
		return m.refreshSome(rows)
	}
}

// refreshCurrent asks for a check of the current profile, whatever is marked.
func (m *Model) refreshCurrent() tea.Cmd { return m.refreshOne(m.current()) }

func (m *Model) refreshOne(r *row) tea.Cmd {
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

// ignoreWaitWish is to check a profile although its service wants no request yet.
type ignoreWaitWish struct{ profile string }

func (ignoreWaitWish) wished() {}

// askAllTheSame asks whether the service of the current profile is to be asked although
// it wants no request yet, and quotes it.
func (m *Model) askAllTheSame() tea.Cmd {
	r := m.current()
	question := r.snap.WaitQuestion(m.clock.now)
	if question == "" || m.options.IgnoreWait == nil {
		return m.refreshOne(r)
	}
	m.overlays.push(newConfirm("Check "+r.config.Name, question, "Ask it", "Wait", m.styles, ignoreWaitWish{r.name}))
	return nil
}

// ignoreWait checks a profile, whatever its service wants.
func (m *Model) ignoreWait(name string) tea.Cmd {
	ask, called := m.options.IgnoreWait, name
	if r := m.roster.named(name); r != nil {
		called = r.config.Name
	}
	return tea.Batch(func() tea.Msg { ask(name); return nil }, m.say("checking "+called))
}

// refreshSome asks for checks of several profiles.
func (m *Model) refreshSome(rows []*row) tea.Cmd {
	var names []string
	var left leftOut
	for _, r := range rows {
		switch r.snap.Health.State {
		case account.Disabled:
			left.add(r.config.Name, "switched off")
		case account.Misconfigured:
			left.add(r.config.Name, account.Misconfigured.Word())
		default:
			names = append(names, r.name)
		}
	}
	said := m.say(m.beginChecks(rows) + left.told())
	if len(names) == 0 {
		return said
	}
	return tea.Batch(m.refresh(names...), said)
}

func (m *Model) refreshAll() tea.Cmd {
	said := m.beginChecks(m.roster.rows)
	return tea.Batch(m.refresh(), m.say(said))
}

// beginChecks shows how far the checks of rows come from now on, and says of how many
// there are some.
func (m *Model) beginChecks(rows []*row) string {
	var asked []*row
	held := 0
	for _, r := range rows {
		switch {
		case !r.asked():
		case r.snap.Health.RetryAt.After(m.clock.now):
			held++
		default:
			asked = append(asked, r)
		}
	}
	m.roster.progress.begin(asked, m.clock.now)
	said := "checking " + text.Plural(len(asked), "profile")
	if held > 0 {
		said += fmt.Sprintf("; %d more when their service allows it", held)
	}
	return said
}
