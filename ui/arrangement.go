package ui

import (
	"maps"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/config"
)

// part is one thing about the arrangement of the screen that is remembered: what
// it is now, as a text that means the same in the next run, and how to put it back.
// A text that means nothing any more changes nothing.
type part struct {
	name string
	is   func(*Model) string
	put  func(m *Model, value string)
}

// parts are all that is remembered, in the order in which they are put back.
func parts() []part {
	return []part{
		{"view", (*Model).viewName, (*Model).showNamed},
		{"sort", func(m *Model) string { return m.selection.own().key() }, (*Model).putSorting},
		{"overview", func(m *Model) string { return m.views.overview().key() }, func(m *Model, key string) { m.views.overview().put(key) }},
		{"folds", func(m *Model) string { return m.selection.folds.String() }, (*Model).putFolds},
		{"columns", func(m *Model) string { return m.views.overview().shownText() }, (*Model).putColumns},
		{"overview_group", func(m *Model) string { return m.views.overview().grouped.key() }, (*Model).putGrouping},
		{"changes_only", (*Model).changesOnly, func(m *Model, value string) { m.views.activity().onlyNews = value == "yes" }},
		{"differences_only", (*Model).differencesOnly, func(m *Model, value string) { m.views.people().differing = value == "yes" }},
		{"shares", (*Model).sharesText, (*Model).putShares},
		{"selected", (*Model).selectedName, func(m *Model, name string) { m.selection.chooseName(name) }},
	}
}

// arrangement is what is remembered of the screen from one run to the next.
type arrangement struct {
	// keep writes parts; nil where nothing is kept.
	keep func(parts map[string]string) error
	// kept is what was written, or read at the start.
	kept map[string]string
	// generation counts the changes that wait to be written.
	generation int
}

// arrangementRestedMsg tells that nothing was rearranged for a while.
type arrangementRestedMsg struct{ generation int }

// arrangePause is how long the arrangement rests until it is written.
const arrangePause = time.Second

// putBack arranges the screen as it was in the last run.
func (m *Model) putBack() {
	a := &m.arrangement
	a.keep, a.kept = m.options.Arrange, maps.Clone(m.options.Arrangement)
	if a.kept == nil {
		a.kept = map[string]string{}
	}
	if !m.config.UI.Remember {
		return
	}
	for _, p := range parts() {
		if value, ok := a.kept[p.name]; ok {
			p.put(m, value)
		}
	}
}

// rearranged is what is not as it was written.
func (m *Model) rearranged() map[string]string {
	changed := map[string]string{}
	if m.arrangement.keep == nil || !m.config.UI.Remember || m.welcomes() {
		return changed
	}
	for _, p := range parts() {
		if is, was := p.is(m), m.arrangement.kept[p.name]; is != was {
			changed[p.name] = is
		}
	}
	return changed
}

// noteArrangement waits for the arrangement to rest where it has changed.
func (m *Model) noteArrangement() tea.Cmd {
	a := &m.arrangement
	if len(m.rearranged()) == 0 {
		return nil
	}
	a.generation++
	generation := a.generation
	return tea.Tick(arrangePause, func(time.Time) tea.Msg { return arrangementRestedMsg{generation} })
}

// keepArrangement writes what has changed; nil for nothing. That it cannot be
// written is told by what keeps the other state, which lies in the same place.
func (m *Model) keepArrangement() tea.Cmd {
	changed := m.rearranged()
	if len(changed) == 0 {
		return nil
	}
	a := &m.arrangement
	maps.Copy(a.kept, changed)
	keep := a.keep
	return func() tea.Msg {
		_ = keep(changed)
		return nil
	}
}

// viewName is the name of the view that is shown.
func (m *Model) viewName() string { return m.views.name(m.views.chosen) }

// showNamed shows a view by its name.
func (m *Model) showNamed(name string) {
	if id, ok := m.views.named(name); ok {
		m.views.chosen = id
		m.selection.enter(m.views.scope())
	}
}

// viewNames are those of the views of the program, by their ids.
func viewNames() []string { return config.BuiltInViews() }

// putSorting sorts the profiles by the name of an order.
func (m *Model) putSorting(key string) {
	if by, ok := sortingOf(key); ok {
		m.selection.setOwn(by)
	}
}

// putFolds folds and unfolds sections.
func (m *Model) putFolds(told string) {
	m.selection.folds = foldsOf(told)
	m.selection.arrange()
}

// putColumns has the overview show columns by their names.
func (m *Model) putColumns(names string) { m.views.overview().show(strings.Split(names, ",")) }

// putGrouping groups the overview by the name of what it can be grouped by.
func (m *Model) putGrouping(key string) {
	for g := range groupings {
		if g.key() == key {
			m.views.overview().grouped = g
		}
	}
}

// changesOnly says whether the activity leaves out the checks; empty where not.
func (m *Model) changesOnly() string {
	if m.views.activity().onlyNews {
		return "yes"
	}
	return ""
}

// differencesOnly says whether the people show only what differs; empty where not.
func (m *Model) differencesOnly() string {
	if m.views.people().differing {
		return "yes"
	}
	return ""
}

// selectedName is the name of the profile that the person selected; empty where
// nobody did.
func (m *Model) selectedName() string {
	if r := m.selection.selected; r != nil && !m.selection.following {
		return r.name
	}
	return ""
}
