package ui

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// Model is the dashboard.
type Model struct {
	options  Options
	config   *config.Config
	keys     KeyMap
	commands commands
	faults   faults
	terminal terminal
	styles   *theme.Styles

	roster    *roster
	selection *selection
	avatars   *avatars
	dashboard dashboard
	views     views
	overlays  overlays

	clock  clock
	notice notice
	clicks clicks
	// switching are the profiles that are being switched off (true) or on, as
	// they are wanted by now.
	switching   map[string]bool
	first       firstRun
	arrangement arrangement
	drawn       drawn
}

// drawn are the header and the whole screen as they were drawn last.
type drawn struct {
	header memo[headerKey, string]
	screen memo[screenKey, string]
}

// commands are what the person can do: all actions, also in the groups of the
// help, and what does them, by their names.
type commands struct {
	all    []action
	groups []actionGroup
	run    map[string]func(*Model) tea.Cmd
	own    ownCommands
}

// screenKey is all that the drawn screen depends on.
type screenKey struct {
	w, h                   int
	view                   viewID
	welcomes               bool
	finds, offered         int
	styles                 *theme.Styles
	focus, detail          paneID
	header, banner, footer string
	// panes and sheet count their drawings.
	panes [panes]int
	sheet int
	// overlay is the top one, overlaid counts the drawings of all of them.
	overlay  overlay
	overlaid int
}

// WantsDemo reports whether the person left the first-run screen for the demo.
func (m *Model) WantsDemo() bool { return m.first.wantsDemo }

// restyle takes the styles of the theme and the background.
func (m *Model) restyle() {
	ui, o := m.config.UI, m.options
	if m.terminal.theme != "" {
		ui.Theme, ui.Colors = m.terminal.theme, nil
	}
	m.styles = theme.NewStyles(theme.Look{
		Theme: ui.Theme, Colors: ui.Colors, Dark: m.terminal.dark, NoColor: o.NoColor, FewColors: o.FewColors,
		ASCII: o.ASCII, Console: o.Console,
	})
}

// askBackground asks the terminal for its background, where the colours go by
// it.
func (m *Model) askBackground() tea.Cmd {
	theme := cmp.Or(m.terminal.theme, m.config.UI.Theme)
	fixed := m.options.NoColor || m.options.Console || theme == "dark" || theme == "light" || theme == "mono"
	return m.terminal.askBackground(m.clock.now, !fixed)
}

// layOut gives everything its place on the screen.
func (m *Model) layOut() {
	w, h, top := m.terminal.width, m.terminal.height, 1
	if m.bannered() && h >= bannerHeight {
		top++
	}
	m.dashboard.layOut(w, h, top)
	m.views.SetSize(w, max(0, h-top-1))
	m.overlays.SetSize(w, h)
}

// settle brings the view that is shown in line with the selection.
func (m *Model) settle() {
	m.overlays.learn(m.roster.cover.learning)
	m.dashboard.list.prepare()
	m.hurry()
	if v := m.sheet(); v != nil {
		if m.shows(viewPeople) {
			m.views.people().keys = draw.FirstKey(m.keys.MoreLeft, m.styles.ASCII) + " " + draw.FirstKey(m.keys.MoreRight, m.styles.ASCII)
		}
		v.prepare(m.styles, m.clock.now)
		m.extendRange()
		m.hurry()
		return
	}
	m.extendRange()
	m.avatars.allow(m.config.UI.Avatars && !m.private())
	m.dashboard.prepare(m.styles, m.clock.now)
}

// hurry shows the rows in sight before the others that wait.
func (m *Model) hurry() {
	if !m.roster.backlog.busy() {
		return
	}
	o := m.roster.outlook()
	rows := append(m.rowsInSight(), m.selection.selected, m.selection.current(), m.roster.endsNext(&o))
	if changed := m.roster.hurry(rows); len(changed) > 0 {
		m.stir(changed)
	}
}

// welcomes reports whether there are no profiles to show.
func (m *Model) welcomes() bool { return m.options.FirstRun || len(m.roster.rows) == 0 }

// shows reports whether one of the views is shown.
func (m *Model) shows(id viewID) bool { return !m.welcomes() && m.views.chosen == id }

// sheet is the view that is shown; nil on the dashboard.
func (m *Model) sheet() *sheet {
	if m.welcomes() {
		return nil
	}
	return m.views.sheet()
}

// area is where the keys go now.
func (m *Model) area() area {
	switch v := m.sheet(); {
	case m.welcomes():
		return onWelcome
	case v != nil:
		return m.views.all[m.views.chosen].area
	case m.dashboard.opened:
		return onOpened
	case m.dashboard.inList():
		return onList
	}
	return onPane
}

// current is the profile that keys are about; nil for none.
func (m *Model) current() *row {
	if v := m.sheet(); v != nil {
		return v.current().row
	}
	return m.selection.current()
}

// setFocus gives the keys to a pane.
func (m *Model) setFocus(id paneID) {
	m.dashboard.setFocus(id)
	m.layOut()
}

// open goes to the dashboard with a profile, which may not be in the saved view that
// is shown.
func (m *Model) open(r *row) {
	m.selection.enter(nil)
	if r != nil {
		m.selection.bring(r)
	}
	m.visit(place{view: viewDashboard, focus: paneProfiles})
}

// openLine looks closer at the selected line of a view.
func (m *Model) openLine(v *sheet) {
	switch l := v.current(); {
	case l.run != nil:
		// The view begins with the newest, so that the selected line may be out of sight.
		v.window.follow()
		m.views.activity().open(l)
	case l.entry != nil:
		m.overlays.push(newEntryDetail(l.entry, m.clock.now, m.styles))
	case l.row != nil:
		m.openProfile(l.row)
	}
}

// rearrange brings the list and the incidents in line with rows that changed.
func (m *Model) rearrange(changed []*row) {
	m.selection.stir(changed)
	m.selection.reorder()
	m.arrange()
}

// arrange brings the incidents in line with the rows, and the list with both.
func (m *Model) arrange() {
	if m.roster.investigate(m.clock.now) {
		m.layOut()
	}
	m.roster.settled++
	m.selection.update()
}

// private reports whether stand-ins are shown.
func (m *Model) private() bool { return m.roster.cover.on() }

// told is a text that comes from no profile, such as the path of a file, as it
// can be shown now. It is for what is drawn again when more can be told.
func (m *Model) told(text string) string { return m.roster.cover.text(text) }

// toldForGood is told for a question, and for all else but notices that keeps the text: what is
// withheld while the mask meets the profiles would stay so.
func (m *Model) toldForGood(text string) string {
	if text == "" {
		return ""
	}
	m.roster.meetAll()
	return m.told(text)
}

// viewCalled is the name of a saved view as it can be shown now.
func (m *Model) viewCalled(name string) string { return m.roster.cover.view(name) }

// say shows a notice for some seconds.
func (m *Model) say(text string) tea.Cmd { return m.notice.say(text, m.clock.now) }

// sayTold shows a notice that may name somebody. While the mask learns, the notice waits:
// to have the mask meet thousands of profiles at once would hold up the screen.
func (m *Model) sayTold(text string) tea.Cmd {
	switch {
	case text == "":
		return nil
	case m.roster.cover.learning:
		m.notice.await(text)
		return nil
	}
	return m.say(m.told(text))
}

// sayAwaited shows the notice that has waited, if there is one and it can be told by now.
func (m *Model) sayAwaited() tea.Cmd {
	if m.roster.cover.learning {
		return nil
	}
	return m.sayTold(m.notice.awaiting)
}

// mark makes a profile the one that is marked as active.
func (m *Model) mark(name string) {
	m.options.Active = name
	m.roster.mark(name)
	if m.selection.following {
		m.selection.follow()
	}
}
