package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/config"
)

// Options are what a dashboard needs from outside.
type Options struct {
	Config *config.Config
	// Refresh asks for a check of the named profiles, or of all; it must not
	// block.
	Refresh func(names ...string)
	// Manage changes the profiles; nil where nothing can be kept.
	Manage Manager
	// Avatar fetches a picture; nil where there are none.
	Avatar AvatarFunc
	// Profile is the one selected at start; empty for the configured one.
	Profile string
	// Active is the profile that is marked as the active one; empty for none.
	Active  string
	Version string
	// Demo is set where the demo services are shown.
	Demo bool
	// Private is set where stand-ins are shown in place of names, addresses
	// and ids.
	Private bool
	// FirstRun is set where there is no configuration yet.
	FirstRun bool
	// NoShell is set where nobody would wake a program that is suspended.
	NoShell bool
	// ASCII draws without Unicode lines and marks, Console with the few that
	// the Linux console has; NoColor without colours, FewColors with 16.
	ASCII, Console, NoColor, FewColors bool
	// Now is the clock; nil for the real one.
	Now func() time.Time
}

// Model is the dashboard.
type Model struct {
	options     Options
	config      *config.Config
	keys        KeyMap
	actions     []action
	keyProblems []string
	// broken says why the file as it is now cannot be used; empty where it is.
	broken string
	styles *Styles
	// dark says what the background is; true until the terminal tells. It was
	// asked at askedAt.
	dark          bool
	askedAt       time.Time
	width, height int
	layout        layout
	// focus is the pane that gets the keys; lastDetail the detail pane that
	// had them last.
	focus, lastDetail paneID
	roster            *roster
	avatars           *avatars
	list              listPane
	// details are the panes after the list, by paneID.
	details [panes]*detailPane
	// chosen is the view that is shown, sheets are those beside the
	// dashboard.
	chosen   screen
	sheets   [views]*sheet
	overlays []overlay
	clock    clock
	// spin is the frame of the spinner; spinning while it turns.
	spin     int
	spinning bool
	notice   notice
	// looking is the profile with news that is looked at.
	looking lookedMsg
	// notify is set where the terminal is to tell of changes, too.
	notify    bool
	wantsDemo bool
	// mouse is set while the mouse is ours, blurred while the terminal has
	// told that it has no focus.
	mouse, blurred bool
	clicked        clicked
	progress       progress
	// sought is the profile to select once it is there.
	sought string
	// switching are the profiles that are being switched off (true) or on, as
	// they are wanted by now.
	switching map[string]bool
	content   memo[contentID, string]
	header    memo[headerKey, string]
}

// clock is the time as the screen knows it. Ticks are asked for while
// something on the screen runs; period is how often, zero for not at all.
type clock struct {
	now        time.Time
	period     time.Duration
	generation int
	// told is set between a tick and what follows from it.
	told bool
}

// notice is a sentence at the bottom that goes by itself.
type notice struct {
	text       string
	generation int
	// said is the part that answers the person, given at the time of at; news
	// that comes soon after stands behind it.
	said string
	at   time.Time
	// changes are those of states that the sentence tells; none for another.
	changes []stateChange
}

// New makes a dashboard.
func New(o Options) *Model {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Config == nil {
		o.Config = &config.Config{}
	}
	m := &Model{
		options: o, config: o.Config, keys: DefaultKeyMap(), notify: o.Config.UI.Notify, dark: true,
		lastDetail: paneToken, clock: clock{now: o.Now()}, switching: make(map[string]bool),
	}
	m.askedAt = m.clock.now
	m.roster = newRoster(o.Config, m.clock.now)
	m.avatars = newAvatars(o.Avatar)
	m.keyProblems = m.keys.rebind(o.Config.UI.Keys)
	m.actions, m.mouse = m.keys.actions(), o.Config.UI.Mouse
	if o.Private {
		m.roster.setPrivate(true)
	}
	m.roster.mark(o.Active)
	m.restyle()
	m.list = newListPane(m.roster)
	m.details = [panes]*detailPane{
		paneProfile: {fill: fillProfile, avatars: m.avatars},
		paneOrgs:    {fill: fillOrgs},
		paneLinked:  {fill: fillLinked},
		paneToken:   {fill: fillToken, live: true},
	}
	m.sheets = newSheets(m.roster, &m.list)
	m.list.moveTo(0)
	m.list.selectName(o.Config.DefaultProfile)
	m.list.selectName(o.Profile)
	if len(m.keyProblems) > 0 {
		m.notice.text = m.keyProblems[0]
	}
	m.layOut()
	return m
}

// Init asks for the background colour and starts what runs.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{tea.RequestBackgroundColor, m.run()}
	if m.options.Avatar != nil && m.styles.pictures {
		cmds = append(cmds, tea.RequestTerminalVersion)
	}
	if m.notice.text != "" {
		cmds = append(cmds, noticeCmd(m.notice.generation))
	}
	return tea.Batch(cmds...)
}

// WantsDemo reports whether the person left the first-run screen for the demo.
func (m *Model) WantsDemo() bool { return m.wantsDemo }

// restyle takes the styles of the theme and the background.
func (m *Model) restyle() {
	ui, o := m.config.UI, m.options
	m.styles = NewStyles(Look{
		Theme: ui.Theme, Colors: ui.Colors, Dark: m.dark, NoColor: o.NoColor, FewColors: o.FewColors,
		ASCII: o.ASCII, Console: o.Console,
	})
}

// layOut gives every pane its place and the focus to one of them.
func (m *Model) layOut() {
	top := 1
	if (m.broken != "" || len(m.roster.incidents) > 0) && m.height >= bannerHeight {
		top++
	}
	m.layout = computeLayout(m.width, m.height, top, m.focus, m.lastDetail)
	for _, v := range m.sheets {
		if v != nil {
			v.SetSize(m.width, max(0, m.height-top-1))
		}
	}
	for _, s := range m.layout.slots() {
		for _, id := range s.panes {
			if id == paneProfiles {
				m.list.SetSize(s.w, s.h)
				m.list.SetFocused(m.focus == id)
			} else {
				m.details[id].SetSize(s.w, s.h)
				m.details[id].SetFocused(m.focus == id)
			}
		}
	}
	for _, o := range m.overlays {
		o.SetSize(m.width, m.height)
	}
}

func (m *Model) setFocus(id paneID) {
	m.focus = id
	if id != paneProfiles {
		m.lastDetail = id
	}
	m.layOut()
}

// settle brings the view, or the detail panes that are seen, in line with the
// selection.
func (m *Model) settle() {
	if v := m.sheet(); v != nil {
		v.prepare(m.styles, m.clock.now)
		return
	}
	row := m.list.current()
	m.avatars.allow(m.config.UI.Avatars && !m.private())
	for _, s := range m.layout.slots() {
		if s.shown != paneProfiles {
			m.details[s.shown].setRow(row)
			m.details[s.shown].prepare(m.styles, m.clock.now)
		}
	}
}
