package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/client/account"
	"rollcall/client/text"
	"rollcall/config"
)

// New makes a dashboard.
func New(o Options) *Model {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Config == nil {
		o.Config = &config.Config{}
	}
	now := o.Now()
	m := &Model{
		options: o, config: o.Config, keys: DefaultKeyMap(), switching: make(map[string]bool),
		terminal: terminal{dark: true, askedAt: now, mouse: o.Config.UI.Mouse},
		clock:    clock{now: now, real: o.Now},
		faults:   faults{demo: o.Demo},
		roster:   newRoster(o.Config, o.Services, now),
		avatars:  newAvatars(o.Avatar),
	}
	m.commands = newCommands(&m.keys)
	m.faults.take(o.Config, m.bindKeys())
	m.roster.pasts.history, m.roster.pasts.journal, m.roster.lanes.history = o.History, o.Journal, o.History
	m.roster.conceal = o.Hide
	if o.Private {
		m.roster.setPrivate(true)
		m.tellPrograms()
	}
	m.roster.mark(o.Active)
	m.restyle()
	m.selection = newSelection(m.roster, o.Now)
	m.dashboard = newDashboard(m.selection, m.avatars, &m.keys)
	m.views = newViews(m.selection)
	m.views.save(o.Config.Views, m.selection, &m.roster.cover)
	m.selection.home = o.Config.DefaultProfile
	m.selection.arrange()
	m.putBack()
	m.selection.chooseName(o.Profile)
	if len(m.faults.keys) > 0 {
		m.notice.text = m.faults.keys[0]
	}
	m.layOut()
	return m
}

// Init asks for the background colour and starts what runs.
func (m *Model) Init() tea.Cmd {
	cmds := []tea.Cmd{tea.RequestBackgroundColor, m.run(), m.findAccounts(), m.roster.backlog.call()}
	if m.options.Avatar != nil && m.styles.Pictures {
		cmds = append(cmds, tea.RequestTerminalVersion)
	}
	if storage := m.options.Storage; storage != nil {
		cmds = append(cmds, func() tea.Msg { return storage() })
	}
	if m.notice.text != "" {
		cmds = append(cmds, m.notice.lasting())
	}
	return tea.Batch(cmds...)
}

// Update takes in a message.
func (m *Model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg:
		// What is clicked is what was seen, and so comes before what is shown next.
		cmd = m.handleInput(msg)
		cmd = tea.Batch(cmd, m.regain(msg), m.noteArrangement())
	case tea.WindowSizeMsg, tea.BackgroundColorMsg, tea.ResumeMsg, tea.FocusMsg, tea.BlurMsg, LendMsg:
		cmd = m.handleTerminal(msg)
	case account.Event:
		cmd = m.handleNews(msg)
	case ServicesMsg:
		m.roster.know(services(msg))
	case ConfigMsg:
		cmd = m.handleConfig(msg)
	case ActiveMsg:
		cmd = m.handleActive(msg)
	case HookMsg:
		m.handleHook(msg)
	case draftTriedMsg, changeSavedMsg, changesSavedMsg, exportWrittenMsg, secretReplacedMsg, changeUndoneMsg, profileUsedMsg, pageOpenedMsg, decisionKeptMsg, fileEditedMsg, verbAnsweredMsg, StorageMsg:
		cmd = m.handleManaged(msg)
	case RotationsMsg, rotationsReadMsg, oldAskedMsg:
		cmd = m.handleRotations(msg)
	case programReadyMsg, programEndedMsg:
		cmd = m.handleProgram(msg)
	case clockTickedMsg, spinnerTurnedMsg, noticeEndedMsg:
		cmd = m.handleTimer(msg)
	case tea.TerminalVersionMsg, avatarFetchedMsg, avatarSentMsg:
		m.avatars.handle(msg, m.clock.now)
	case arrangementRestedMsg:
		if msg.generation == m.arrangement.generation {
			cmd = m.keepArrangement()
		}
	case lookedMsg:
		m.dashboard.looked(msg)
	case findsReadMsg, findCheckedMsg, findsAddedMsg:
		cmd = m.handleFinds(msg)
	case pastRestedMsg, pastReadMsg, journalReadMsg, lanesReadMsg:
		cmd = m.handlePast(msg)
	case portionMsg:
		cmd = m.handlePortion(msg)
	}
	m.showEnded()
	m.settle()
	return m, tea.Batch(cmd, m.sayAwaited(), m.run(), m.look(), m.portray(), m.recall(), m.tellSight(), m.roster.backlog.call())
}

// handleInput takes in what the person does.
func (m *Model) handleInput(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return m.handleKey(msg)
	case tea.PasteMsg:
		m.handlePaste(msg)
	case tea.MouseClickMsg:
		return m.handleClick(msg)
	case tea.MouseWheelMsg:
		m.handleWheel(msg)
	}
	return nil
}

// handleNews takes in what is known of profiles now. While nobody looks, the clock
// tells the time only for what is found of the selected profile, of which ages are
// shown.
func (m *Model) handleNews(e account.Event) tea.Cmd {
	if !m.terminal.blurred {
		return m.handleEvent(e)
	}
	e = m.terminal.begun.keep(e)
	cmd := m.handleEvent(e)
	if r := m.current(); r != nil && slices.ContainsFunc(e.Snapshots, func(s account.Snapshot) bool { return s.Profile == r.name }) {
		return tea.Batch(cmd, m.clock.restart())
	}
	return cmd
}

// handleEvent takes in what is known of profiles now.
func (m *Model) handleEvent(e account.Event) tea.Cmd {
	for i := range e.Snapshots {
		m.roster.arrive(&e.Snapshots[i])
	}
	cmd := m.work()
	if e.Notice != "" {
		return tea.Batch(cmd, m.sayTold(text.Printable(e.Notice)))
	}
	return cmd
}

// handleManaged takes in what came of the Manager's work.
func (m *Model) handleManaged(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case draftTriedMsg:
		m.handleTried(msg)
	case changeSavedMsg:
		if msg.change.Kind == config.EditDisable || msg.change.Kind == config.EditEnable {
			return m.handleSwitched(msg)
		}
		return m.handleSaved(msg)
	case changesSavedMsg:
		return m.handleSavedAll(msg)
	case exportWrittenMsg:
		return m.handleExported(msg)
	case secretReplacedMsg:
		return m.handleReplaced(msg)
	case changeUndoneMsg:
		return m.handleUndone(msg)
	case profileUsedMsg:
		if msg.err == nil {
			m.mark(msg.active)
		}
		return m.managed(msg.said, msg.err)
	case pageOpenedMsg:
		return m.managed("", msg.err)
	case decisionKeptMsg:
		return m.handleDecided(msg)
	case verbAnsweredMsg:
		return m.handleVerb(msg)
	case fileEditedMsg:
		return m.handleEdited(msg)
	case StorageMsg:
		m.roster.here.take(msg)
	}
	return nil
}

// handlePast takes in what is kept of the profiles.
func (m *Model) handlePast(msg tea.Msg) tea.Cmd {
	t := m.roster
	switch msg := msg.(type) {
	case pastRestedMsg:
		return t.pasts.rested(msg)
	case pastReadMsg:
		if t.cover.learning {
			// It is read anew once all that it may name has a stand-in.
			t.pasts.wanted = nil
			break
		}
		t.pasts.take(msg, &t.cover)
	case journalReadMsg:
		if t.cover.learning {
			t.pasts.logged = false
			break
		}
		t.takeJournal(msg)
	case lanesReadMsg:
		t.lanes.take(msg, t.named)
	}
	return nil
}

// handleTimer takes in that the time of something has come.
func (m *Model) handleTimer(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case clockTickedMsg:
		return m.handleClock(msg)
	case spinnerTurnedMsg:
		m.clock.turn()
	case noticeEndedMsg:
		if msg.generation == m.notice.generation {
			m.notice.clear()
		}
	}
	return nil
}

func (m *Model) handleClock(msg clockTickedMsg) tea.Cmd {
	if !m.clock.tick(msg) {
		return nil
	}
	var told tea.Cmd
	if changed := m.roster.pass(m.clock.now); len(changed) > 0 {
		m.stir(changed)
	} else {
		m.roster.backlog.late = m.roster.backlog.late || m.roster.troubles.due
	}
	if !m.roster.many() {
		told = m.catchUp()
	}
	if !m.terminal.due(m.clock.now) {
		return told
	}
	return tea.Batch(told, m.askBackground())
}

// run starts what has to run and does not: the clock and the spinner. What
// turns stands still while nobody looks.
func (m *Model) run() tea.Cmd {
	var spin tea.Cmd
	if m.roster.busy > 0 && !m.terminal.blurred && !m.welcomes() {
		spin = m.clock.spinOn()
	}
	want := m.period()
	if m.terminal.blurred && want > 0 {
		want = unseen
	}
	return tea.Batch(spin, m.clock.run(want))
}

// period is how often the screen changes with time alone.
func (m *Model) period() time.Duration {
	now, v := m.clock.now, m.sheet()
	if m.welcomes() || m.dashboard.layout.tooSmall {
		return 0
	}
	often := m.roster.period(now)
	switch {
	case often == everySecond:
	case v != nil:
		often = sooner(often, v.period(now))
	default:
		often = sooner(often, m.dashboard.period(now))
	}
	return often
}

// look begins to look at the news of the selected profile, where that is to be
// seen.
func (m *Model) look() tea.Cmd {
	return m.dashboard.look(m.shows(viewDashboard) && m.overlays.top() == nil)
}

// recall reads what is kept of what is looked at, where it is not there yet.
func (m *Model) recall() tea.Cmd {
	var r *row
	if m.shows(viewDashboard) {
		r = m.selection.current()
	}
	past := m.roster.pasts.want(r)
	switch {
	case m.shows(viewActivity):
		return tea.Batch(past, m.roster.pasts.wantJournal(m.roster.cover.learning))
	case m.shows(viewTimeline):
		return tea.Batch(past, m.roster.lanes.want(m.sheet().rowsInSight(), &m.clock))
	}
	return past
}

// portray gets the picture that is to be seen, where it is not there yet.
func (m *Model) portray() tea.Cmd {
	if m.sheet() != nil {
		return nil
	}
	return m.dashboard.portray(m.styles, m.clock.now)
}
