package ui

import (
	"fmt"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

// handleKey gives a key to the first that wants it: what is written, quitting,
// the top overlay, the actions of the place, what has the focus.
func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	top := m.top()
	writing := top == nil && m.list.filter.editing
	for _, o := range m.overlays {
		_, ok := o.(writer)
		writing = writing || ok
	}
	switch {
	case writing && msg.Text != "":
	case key.Matches(msg, m.keys.Quit):
		return m.quit()
	case key.Matches(msg, m.keys.Suspend):
		return m.suspend()
	}
	switch {
	case top != nil:
		return m.follow(top, top.HandleKey(msg, &m.keys))
	case writing:
		m.handleFilterKey(msg)
		return nil
	case m.jump(msg):
		return nil
	}
	if cmd, done := m.act(msg); done {
		return cmd
	}
	switch m.place() {
	case onWelcome:
	case onList:
		m.list.HandleKey(msg, &m.keys)
	case onPane:
		m.details[m.focus].HandleKey(msg, &m.keys)
	default:
		m.sheet().HandleKey(msg, &m.keys)
	}
	return nil
}

// handleFilterKey writes the filter; keys that are no text still move. Escape
// and enter leave it whatever they are bound to: others may be text here.
func (m *Model) handleFilterKey(msg tea.KeyPressMsg) {
	f := &m.list.filter
	plain := msg.Text == "" && msg.Mod == 0
	switch {
	case msg.Code == tea.KeyEscape, msg.Text == "" && key.Matches(msg, m.keys.Back):
		m.list.clearFilter()
	case msg.Code == tea.KeyEnter, msg.Text == "" && key.Matches(msg, m.keys.Open, m.keys.NextPane) && !isCursorKey(msg):
		f.editing = false
		m.list.follow()
	case plain && !isCursorKey(msg) && m.moveWhileWriting(msg):
	case f.changed(func(l *line) { l.press(msg) }):
		m.list.search()
	}
}

func (m *Model) moveWhileWriting(msg tea.KeyPressMsg) bool {
	if v := m.sheet(); v != nil {
		return v.HandleKey(msg, &m.keys)
	}
	return m.list.HandleKey(msg, &m.keys)
}

// isCursorKey reports whether the key moves within a line that is written.
func isCursorKey(msg tea.KeyPressMsg) bool {
	switch msg.Code {
	case tea.KeyLeft, tea.KeyRight, tea.KeyHome, tea.KeyEnd:
		return true
	}
	return false
}

// handlePaste writes a text into the line that is written.
func (m *Model) handlePaste(msg tea.PasteMsg) {
	top := m.top()
	if w, ok := top.(writer); ok {
		w.Paste(msg.Content)
	}
	f := &m.list.filter
	if top == nil && f.editing && f.changed(func(l *line) { l.insert(msg.Content) }) {
		m.list.search()
	}
}

// jump selects a profile by its number.
func (m *Model) jump(msg tea.KeyPressMsg) bool {
	if m.screen() == screenWelcome {
		return false
	}
	for i, k := range m.keys.Jump.Keys() {
		if key.Matches(msg, key.NewBinding(key.WithKeys(k))) {
			if i < len(m.list.visible) {
				m.list.moveTo(i)
			}
			return true
		}
	}
	return false
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
	text := "checking " + r.config.Name
	if h.RetryAt.After(m.clock.now) {
		text = fmt.Sprintf("%s is asked again at %s, in %s", r.config.Name,
			clockTime(h.RetryAt, m.clock.now), Countdown(h.RetryAt.Sub(m.clock.now)))
	}
	return tea.Batch(refreshCmd(m.options.Refresh, r.name), m.say(text))
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
	m.progress.begin(asked, m.clock.now)
	text := "checking " + plural(len(asked), "profile")
	if held > 0 {
		text += fmt.Sprintf("; %d more when their service allows it", held)
	}
	return tea.Batch(refreshCmd(m.options.Refresh), m.say(text))
}

// asked reports whether the service is asked about the profile at all.
func (r *row) asked() bool {
	return r.snap.Health.State != account.Disabled && r.snap.Health.State != account.Misconfigured
}

// copy puts what the person points at on the clipboard; in the list that is
// the user's id, or the profile's name where there is no user.
func (m *Model) copy() tea.Cmd {
	if m.screen() == screenWelcome {
		return tea.Batch(tea.SetClipboard(sampleConfig+"\n"), m.say("copied the sample configuration"))
	}
	value, what := "", ""
	if m.focus != paneProfiles && m.sheet() == nil {
		value, what = m.details[m.focus].copied()
	} else if r := m.current(); r != nil {
		value, what = r.config.Name, "profile name"
		if a := r.snap.Account; a != nil && a.User.ID != "" {
			value, what = a.User.ID, "user id"
		}
	}
	if value == "" {
		return m.say("nothing to copy here")
	}
	return tea.Batch(tea.SetClipboard(value), m.say("copied "+what+": "+value))
}

// wheelLines is how far one turn of the wheel goes.
const wheelLines = 3

func (m *Model) handleWheel(msg tea.MouseWheelMsg) {
	by := wheelLines
	switch msg.Button {
	case tea.MouseWheelUp:
		by = -by
	case tea.MouseWheelDown:
	default:
		return
	}
	if top := m.top(); top != nil {
		top.Scroll(by)
		return
	}
	if v := m.sheet(); v != nil {
		v.scroll(by)
		return
	}
	for _, s := range m.layout.slots() {
		switch {
		case !s.contains(msg.X, msg.Y):
		case s.shown == paneProfiles:
			m.list.scroll(by)
		default:
			m.details[s.shown].scroll(by)
		}
	}
}

// clicked is the latest click on a profile.
type clicked struct {
	on sheetLine
	at time.Time
}

// doubleTime is how soon the second click makes a double one.
const doubleTime = 400 * time.Millisecond

// doubleClick notes a click, and reports whether it is the second one soon
// after another on the same line.
func (m *Model) doubleClick(on sheetLine) bool {
	now := m.options.Now()
	again := m.clicked.on == on && now.Sub(m.clicked.at) <= doubleTime
	m.clicked = clicked{on, now}
	if again {
		m.clicked = clicked{}
	}
	return again
}

func (m *Model) handleClick(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft || m.layout.tooSmall {
		return nil
	}
	if top := m.top(); top != nil {
		return m.clickOverlay(top, msg.X, msg.Y)
	}
	switch v := m.sheet(); {
	case m.screen() == screenWelcome:
	case msg.Y < m.layout.top:
		m.clickAbove(msg.X, msg.Y)
	case v != nil:
		m.clickSheet(v, msg.X, msg.Y-m.layout.top)
	default:
		m.clickPane(msg.X, msg.Y)
	}
	return nil
}

func (m *Model) clickOverlay(top overlay, x, y int) tea.Cmd {
	over := top.View(m.styles)
	left, above := corner(over, m.width, m.height)
	area := rect{left, above, ansi.StringWidth(over[0]), len(over)}
	if !area.contains(x, y) {
		return m.follow(top, top.Leave())
	}
	return m.follow(top, top.Click(x-left, y-above))
}

func (m *Model) clickPane(x, y int) {
	for _, s := range m.layout.slots() {
		if !s.contains(x, y) {
			continue
		}
		id := s.shown
		if y == s.y {
			id = s.tabAt(x)
		}
		m.list.filter.editing = false
		m.setFocus(id)
		switch {
		case y == s.y:
		case id == paneProfiles:
			if r := m.list.click(y - s.y); r != nil && m.doubleClick(sheetLine{row: r}) {
				m.setFocus(m.lastDetail)
			}
		default:
			m.details[id].click(y - s.y)
		}
		return
	}
}

// tabAt is the pane whose name is at column x of the slot's border.
func (s slot) tabAt(x int) paneID {
	at := s.x + 2
	for i, title := range s.titles() {
		end := at + ansi.StringWidth(title)
		if x >= at && x < end {
			return s.panes[i]
		}
		at = end + 1
	}
	return s.shown
}
