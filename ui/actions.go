package ui

import (
	"cmp"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// place is where the keys go. An action names all the places that it is for.
type place uint8

const (
	onList place = 1 << iota
	onPane
	onOverview
	onTimeline
	onActivity
	onPeople
	onWelcome

	onDashboard = onList | onPane
	onViews     = onOverview | onTimeline | onActivity | onPeople
	// anywhere is wherever there are profiles.
	anywhere   = onDashboard | onViews
	everywhere = anywhere | onWelcome
)

// String is what the help calls the place.
func (p place) String() string {
	return map[place]string{
		onList: "In the list", onPane: "In a pane", onOverview: "In the overview", onTimeline: "In the timeline",
		onActivity: "In the activity", onPeople: "Among the people", onWelcome: "Without a profile",
	}[p]
}

// action is one thing that the person can do. The keys, the help, the hints
// at the bottom and the palette all come from it.
type action struct {
	// name is how it is rebound.
	name    string
	binding *key.Binding
	places  place
	// hint is the word at the bottom, where there is room for it by its rank;
	// the lowest rank comes first. An action without one is not named there.
	hint string
	rank int
	// profile is set where it is about the selected profile.
	profile bool
	// run does it; nil for moving, which what has the focus does itself.
	run func(*Model) tea.Cmd
}

// actionGroup is a part of the help.
type actionGroup struct {
	title   string
	actions []action
}

// groups are all actions in the order of the help.
func (k *KeyMap) groups() []actionGroup {
	return []actionGroup{
		{"Move", k.moves()}, {"Profiles", k.asking()}, {"Manage", k.managing()}, {"Views", k.views()},
		{"Program", k.program()},
	}
}

func (k *KeyMap) moves() []action {
	return []action{
		{name: "up", binding: &k.Up, places: anywhere},
		{name: "down", binding: &k.Down, places: anywhere},
		{name: "page_up", binding: &k.PageUp, places: anywhere},
		{name: "page_down", binding: &k.PageDown, places: anywhere},
		{name: "top", binding: &k.Top, places: anywhere},
		{name: "bottom", binding: &k.Bottom, places: anywhere},
		{name: "jump", binding: &k.Jump, places: anywhere},
		{name: "next_pane", binding: &k.NextPane, places: onDashboard, hint: "pane", rank: 7, run: (*Model).nextPane},
		{name: "prev_pane", binding: &k.PrevPane, places: onDashboard, run: (*Model).prevPane},
		{name: "open", binding: &k.Open, places: onList | onViews, hint: "open", rank: 2, profile: true, run: (*Model).openSelected},
		{name: "back", binding: &k.Back, places: anywhere, run: (*Model).back},
	}
}

func (k *KeyMap) asking() []action {
	return []action{
		{name: "filter", binding: &k.Filter, places: anywhere, hint: "filter", rank: 3, run: (*Model).writeFilter},
		{name: "sort", binding: &k.Sort, places: onDashboard | onOverview, hint: "sort", rank: 11, run: (*Model).sortNext},
		{name: "refresh", binding: &k.Refresh, places: anywhere, hint: "refresh", rank: 4, profile: true, run: (*Model).refreshSelected},
		{name: "refresh_all", binding: &k.RefreshAll, places: anywhere, hint: "refresh all", rank: 10, run: (*Model).refreshAll},
		{name: "copy", binding: &k.Copy, places: everywhere, hint: "copy", rank: 9, run: (*Model).copy},
		{name: "open_link", binding: &k.OpenLink, places: anywhere, hint: "browse", rank: 14, profile: true, run: (*Model).openLink},
	}
}

func (k *KeyMap) managing() []action {
	return []action{
		{name: "use", binding: &k.Use, places: anywhere, hint: "use", rank: 5, profile: true, run: (*Model).use},
		{name: "add", binding: &k.Add, places: everywhere, hint: "add", rank: 6, run: (*Model).addProfile},
		{name: "edit", binding: &k.Edit, places: anywhere, hint: "edit", rank: 13, profile: true, run: (*Model).editProfile},
		{name: "rotate", binding: &k.Rotate, places: anywhere, profile: true, run: (*Model).rotateSecret},
		{name: "rename", binding: &k.Rename, places: anywhere, profile: true, run: (*Model).renameProfile},
		{name: "duplicate", binding: &k.Duplicate, places: anywhere, profile: true, run: (*Model).duplicateProfile},
		{name: "disable", binding: &k.Disable, places: anywhere, profile: true, run: (*Model).disableProfile},
		{name: "remove", binding: &k.Remove, places: anywhere, profile: true, run: (*Model).removeProfile},
		{name: "move_down", binding: &k.MoveDown, places: anywhere, profile: true, run: (*Model).moveProfileDown},
		{name: "move_up", binding: &k.MoveUp, places: anywhere, profile: true, run: (*Model).moveProfileUp},
		{name: "undo", binding: &k.Undo, places: everywhere, run: (*Model).undoChange},
	}
}

func (k *KeyMap) views() []action {
	to := func(id screen) func(*Model) tea.Cmd {
		return func(m *Model) tea.Cmd { m.show(id); return nil }
	}
	return []action{
		{name: "dashboard", binding: &k.Dashboard, places: anywhere, run: to(screenDashboard)},
		{name: "overview", binding: &k.Overview, places: anywhere, run: to(screenOverview)},
		{name: "timeline", binding: &k.Timeline, places: anywhere, run: to(screenTimeline)},
		{name: "activity", binding: &k.Activity, places: anywhere, run: to(screenActivity)},
		{name: "people", binding: &k.People, places: anywhere, run: to(screenPeople)},
		{name: "incidents", binding: &k.Incidents, places: anywhere, run: (*Model).showIncidents},
		{name: "next_column", binding: &k.NextColumn, places: onOverview, run: (*Model).nextColumn},
		{name: "prev_column", binding: &k.PrevColumn, places: onOverview, run: (*Model).prevColumn},
		{name: "reverse", binding: &k.Reverse, places: onOverview, hint: "reverse", rank: 12, run: (*Model).reverse},
		{name: "group", binding: &k.Group, places: onOverview, hint: "group", rank: 1, run: (*Model).group},
		{name: "changes_only", binding: &k.OnlyNews, places: onActivity, hint: "changes only", rank: 1, run: (*Model).onlyNews},
	}
}

func (k *KeyMap) program() []action {
	return []action{
		{name: "palette", binding: &k.Palette, places: everywhere, hint: "more", rank: 8, run: (*Model).showPalette},
		{name: "help", binding: &k.Help, places: everywhere, run: (*Model).showHelp},
		{name: "problems", binding: &k.Problems, places: everywhere, run: (*Model).showProblems},
		{name: "mouse", binding: &k.Mouse, places: everywhere, run: (*Model).toggleMouse},
		{name: "privacy", binding: &k.Private, places: everywhere, run: (*Model).togglePrivate},
		{name: "demo", binding: &k.Demo, places: onWelcome, run: (*Model).openDemo},
		{name: "suspend", binding: &k.Suspend, places: everywhere, run: (*Model).suspend},
		{name: "quit", binding: &k.Quit, places: everywhere, run: (*Model).quit},
	}
}

// actions are all of them in one row.
func (k *KeyMap) actions() []action {
	var all []action
	for _, g := range k.groups() {
		all = append(all, g.actions...)
	}
	return all
}

// place is where the keys go now.
func (m *Model) place() place {
	switch m.screen() {
	case screenWelcome:
		return onWelcome
	case screenOverview:
		return onOverview
	case screenTimeline:
		return onTimeline
	case screenActivity:
		return onActivity
	case screenPeople:
		return onPeople
	}
	if m.focus == paneProfiles {
		return onList
	}
	return onPane
}

// enabled reports whether an action has something to act on.
func (m *Model) enabled(a action) bool { return !a.profile || m.current() != nil }

// act does what the key is for at this place, if it is for anything.
func (m *Model) act(msg tea.KeyPressMsg) (cmd tea.Cmd, done bool) {
	here := m.place()
	for _, a := range m.actions {
		if a.run != nil && a.places&here != 0 && key.Matches(msg, *a.binding) {
			if !m.enabled(a) {
				return m.say("no profile is selected"), true
			}
			return a.run(m), true
		}
	}
	return nil, false
}

// perform does an action from wherever the person is: one that belongs to
// another view goes there first. The profiles that it was offered for may be
// gone by then.
func (m *Model) perform(a action) tea.Cmd {
	here := m.place()
	switch {
	case a.places&here != 0:
	case here == onWelcome:
		return m.say("there are no profiles any more")
	case a.places&onDashboard != 0:
		m.show(screenDashboard)
	case a.places&onOverview != 0:
		m.show(screenOverview)
	case a.places&onActivity != 0:
		m.show(screenActivity)
	}
	if !m.enabled(a) {
		return m.say("no profile is selected")
	}
	return a.run(m)
}

func (m *Model) nextPane() tea.Cmd { return m.paneBy(1) }
func (m *Model) prevPane() tea.Cmd { return m.paneBy(-1) }

func (m *Model) paneBy(n int) tea.Cmd {
	m.setFocus((m.focus + panes + paneID(n)) % panes)
	return nil
}

// openSelected looks closer at what is selected.
func (m *Model) openSelected() tea.Cmd {
	if v := m.sheet(); v != nil {
		m.openLine(v)
	} else {
		m.setFocus(m.lastDetail)
	}
	return nil
}

// back undoes the last step inwards.
func (m *Model) back() tea.Cmd {
	switch {
	case m.sheet() == nil && m.focus != paneProfiles:
		m.setFocus(paneProfiles)
	case m.list.filter.shown():
		m.list.clearFilter()
	default:
		m.show(screenDashboard)
	}
	return nil
}

func (m *Model) writeFilter() tea.Cmd {
	m.setFocus(paneProfiles)
	m.list.filter.editing = true
	m.list.follow()
	return nil
}

func (m *Model) sortNext() tea.Cmd {
	if m.screen() == screenOverview {
		return m.columnBy(1)
	}
	m.list.setOrder((m.list.order + 1) % orders)
	return m.say("sorted " + m.list.order.String())
}

func (m *Model) showHelp() tea.Cmd {
	m.push(newHelp(m))
	return nil
}

func (m *Model) showProblems() tea.Cmd {
	m.push(newProblems(m))
	return nil
}

func (m *Model) showIncidents() tea.Cmd {
	m.push(newIncidents(m.roster.incidents, m.styles))
	return nil
}

func (m *Model) showPalette() tea.Cmd {
	m.push(newPalette(m))
	return nil
}

func (m *Model) openDemo() tea.Cmd {
	m.wantsDemo = true
	return tea.Quit
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
	m.mouse = !m.mouse
	if m.mouse {
		return m.say("the mouse is rollcall's again")
	}
	return m.say("the mouse selects text now; " + cmp.Or(firstKey(m.keys.Mouse, m.styles.ascii), "the command “mouse”") + " takes it back")
}
