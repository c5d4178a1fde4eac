package ui

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/insight"
	"rollcall/ui/draw"
)

func (m *Model) nextPane() tea.Cmd { return m.paneBy(1) }
func (m *Model) prevPane() tea.Cmd { return m.paneBy(-1) }

func (m *Model) paneBy(n int) tea.Cmd {
	m.setFocus(m.dashboard.layout.next(m.dashboard.focus, n))
	return nil
}

// openSelected looks closer at what is selected: a check or a change, else the
// profile.
func (m *Model) openSelected() tea.Cmd {
	if m.area() == onList && m.selection.unfold() {
		return nil
	}
	if v := m.sheet(); v != nil {
		m.openLine(v)
		return nil
	}
	if !m.dashboard.inList() {
		if e := m.dashboard.pane().opened(); e != nil {
			m.overlays.push(newEntryDetail(e, m.clock.now, m.styles))
			return nil
		}
	}
	if !m.dashboard.opened {
		m.openProfile(m.current())
	}
	return nil
}

// writeFilter begins to write the filter, which stands above a list or a view.
func (m *Model) writeFilter() tea.Cmd {
	if m.dashboard.opened {
		m.show(viewDashboard)
	}
	m.setFocus(paneProfiles)
	m.selection.write(true)
	return nil
}

// chooseSorting offers what the profiles can be sorted by.
func (m *Model) chooseSorting() tea.Cmd {
	if m.area() == onOverview {
		m.overlays.push(newColumnMenu(m.views.table()))
		return nil
	}
	m.overlays.push(newSortMenu(m.selection.order))
	return nil
}

// sortBy sorts the profiles by something; by the same again, the other way round.
func (m *Model) sortBy(by insight.Order) tea.Cmd {
	was := m.selection.order
	m.selection.sortBy(sorting{by, was.by == by && !was.reversed})
	m.layOut()
	return m.say("sorted " + m.selection.order.String())
}

// foldSection folds what the selected line of the list stands in. Where there is
// nothing to fold, the key goes to the pane before.
func (m *Model) foldSection() tea.Cmd {
	if m.area() == onList && m.selection.fold() {
		return nil
	}
	return m.paneBy(-1)
}

// unfoldSection unfolds the selected heading; from anything else the key goes to
// the next pane.
func (m *Model) unfoldSection() tea.Cmd {
	if m.area() == onList && m.selection.unfold() {
		return nil
	}
	return m.paneBy(1)
}

func (m *Model) nextColumn() tea.Cmd { return m.columnBy(1) }
func (m *Model) prevColumn() tea.Cmd { return m.columnBy(-1) }

// columnBy sorts the overview by another column.
func (m *Model) columnBy(n int) tea.Cmd {
	return m.say("sorted " + m.views.table().choose(n, m.terminal.width))
}

func (m *Model) reverse() tea.Cmd { return m.say("sorted " + m.views.table().reverse()) }
func (m *Model) group() tea.Cmd   { return m.say("grouped " + m.views.table().group()) }

// chooseColumns offers the columns of the overview.
func (m *Model) chooseColumns() tea.Cmd {
	m.overlays.push(newColumnsDialog(m.views.table(), m.terminal.width-2))
	return nil
}

// showColumns has the overview show columns.
func (m *Model) showColumns(names []string) tea.Cmd {
	o := m.views.overview()
	o.show(names)
	return m.say(o.shownWords(m.terminal.width - 2))
}

// earlier and later move the timeline, present moves it back to now.
func (m *Model) earlier() tea.Cmd { return m.moveTime(-1) }
func (m *Model) later() tea.Cmd   { return m.moveTime(1) }
func (m *Model) present() tea.Cmd { return m.moveTime(-m.views.timeline().moved) }

func (m *Model) moveTime(steps int) tea.Cmd {
	if t := m.views.timeline(); !t.move(steps, m.clock.now) && steps != 0 {
		return m.say("nothing is known beyond that")
	}
	m.views.sheet().touch()
	return nil
}

// onlyNews leaves the checks out of the activity, or brings them back.
func (m *Model) onlyNews() tea.Cmd {
	a := m.views.activity()
	a.onlyNews = !a.onlyNews
	return nil
}

// enabled reports whether an action has something to act on.
func (m *Model) enabled(a action) bool {
	// A folded heading is opened, too.
	folded := a.name == "open" && m.area() == onList && m.selection.heading != foldKey{}
	return !a.profile || folded || m.current() != nil || (a.many != "" || a.own) && m.marking()
}

// offered reports whether the palette has an action: all but moving, and what
// has nothing to act on.
func (m *Model) offered(a action) bool {
	switch {
	case a.moves, a.name == "palette", !m.enabled(a):
		return false
	case m.welcomes():
		return a.areas&onWelcome != 0
	}
	return a.areas&anywhere != 0
}

func (m *Model) showHelp() tea.Cmd {
	m.overlays.push(newHelp(m.commands.groups, m.area(), m.options.Version, m.config.UI.Mouse, m.styles))
	return nil
}

func (m *Model) showProblems() tea.Cmd {
	m.overlays.push(newProblems(&m.faults, &m.roster.cover, m.styles))
	return nil
}

func (m *Model) showIncidents() tea.Cmd {
	m.overlays.push(newIncidents(m.roster.troubles.incidents, m.styles))
	return nil
}

func (m *Model) showPalette() tea.Cmd {
	more := append(sortEntries(), m.viewEntries()...)
	if m.options.Finds != nil && !m.welcomes() {
		more = append(more, paletteEntry{text: m.keys.Import.Help().Desc, name: "import", wish: importWish{}})
	}
	p := newPalette(only(m.commands.groups, m.offered), m.roster.rows, m.styles.ASCII, more...)
	if !m.welcomes() {
		p.arguing(m.verbForms())
	}
	m.overlays.push(p)
	return nil
}

func (m *Model) openDemo() tea.Cmd {
	m.first.wantsDemo = true
	return tea.Quit
}

// quit leaves the dashboard, and no picture behind in the terminal. The terminal
// must be told while it shows our screen: what comes after does not concern its
// pictures. Bubble Tea writes tea.Raw with a later frame, and when it quits
// leaves our screen before it writes what is left.
func (m *Model) quit() tea.Cmd {
	raw := m.avatars.drop()
	if raw == "" || m.options.Written == nil {
		return tea.Sequence(m.keepArrangement(), tea.Quit)
	}
	await, written := m.options.Written, make(chan (<-chan struct{}), 1)
	return tea.Sequence(
		m.keepArrangement(),
		func() tea.Msg { written <- await(raw); return nil },
		tea.Raw(raw),
		func() tea.Msg { <-<-written; return nil },
		tea.Quit,
	)
}

// redraw draws all of the screen anew, whatever something else has drawn on it.
func (m *Model) redraw() tea.Cmd {
	m.avatars.handle(tea.ResumeMsg{}, m.clock.now)
	return tea.ClearScreen
}

// suspend stops the program for a shell to wake it.
func (m *Model) suspend() tea.Cmd {
	if m.options.NoShell {
		return m.say("there is no shell behind this terminal to go back to")
	}
	return tea.Suspend
}

// toggleMouse lets go of the mouse, so that the terminal selects text with it,
// or takes it back.
func (m *Model) toggleMouse() tea.Cmd {
	m.terminal.mouse = !m.terminal.mouse
	if m.terminal.mouse {
		return m.say("the mouse is rollcall's again")
	}
	return m.say("the mouse selects text now; " + cmp.Or(draw.FirstKey(m.keys.Mouse, m.styles.ASCII), "the command “mouse”") + " takes it back")
}
