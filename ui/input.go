package ui

import (
	"fmt"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client"
)

// handleKey gives a key to the first that wants it: quitting, the top overlay,
// the filter while it is written, the whole dashboard, the focused pane.
func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	writing := m.list.filter.editing && len(m.overlays) == 0
	switch {
	case writing && msg.Text != "":
		m.handleFilterKey(msg)
	case key.Matches(msg, m.keys.Quit):
		return tea.Quit
	case key.Matches(msg, m.keys.Suspend):
		return tea.Suspend
	case len(m.overlays) > 0:
		top := len(m.overlays) - 1
		if m.overlays[top].HandleKey(msg, &m.keys) {
			m.overlays = m.overlays[:top]
		}
	case m.screen() == screenWelcome:
		return m.handleWelcomeKey(msg)
	case writing:
		m.handleFilterKey(msg)
	default:
		return m.handleDashboardKey(msg)
	}
	return nil
}

func (m *Model) handleWelcomeKey(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, m.keys.Demo):
		m.wantsDemo = true
		return tea.Quit
	case key.Matches(msg, m.keys.Copy):
		return tea.Batch(tea.SetClipboard(sampleConfig+"\n"), m.say("copied the sample configuration"))
	default:
		m.openOverlay(msg)
	}
	return nil
}

// handleFilterKey writes the filter; keys that are no text still move.
func (m *Model) handleFilterKey(msg tea.KeyPressMsg) {
	f := &m.list.filter
	plain := msg.Text == "" && msg.Mod == 0
	switch {
	case msg.Text == "" && key.Matches(msg, m.keys.Back):
		m.list.clearFilter()
	case msg.Text == "" && key.Matches(msg, m.keys.Open, m.keys.NextPane) && !isCursorKey(msg):
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

func (m *Model) handlePaste(msg tea.PasteMsg) {
	f := &m.list.filter
	if f.editing && len(m.overlays) == 0 && f.changed(func(l *line) { l.insert(msg.Content) }) {
		m.list.search()
	}
}

func (m *Model) handleDashboardKey(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case m.openOverlay(msg), m.jump(msg), m.handleViewKey(msg):
	case key.Matches(msg, m.keys.Filter):
		m.setFocus(paneProfiles)
		m.list.filter.editing = true
		m.list.follow()
	case key.Matches(msg, m.keys.Refresh):
		return m.refreshSelected()
	case key.Matches(msg, m.keys.RefreshAll):
		return m.refreshAll()
	case key.Matches(msg, m.keys.Copy):
		return m.copy()
	case m.sheet() != nil:
		return m.handleSheetKey(m.sheet(), msg)
	case key.Matches(msg, m.keys.Sort):
		m.list.setOrder((m.list.order + 1) % orders)
		return m.say("sorted " + m.list.order.String())
	case key.Matches(msg, m.keys.NextPane):
		m.setFocus((m.focus + 1) % panes)
	case key.Matches(msg, m.keys.PrevPane):
		m.setFocus((m.focus + panes - 1) % panes)
	case key.Matches(msg, m.keys.Open) && m.focus == paneProfiles:
		m.setFocus(m.lastDetail)
	case key.Matches(msg, m.keys.Back):
		m.back()
	case m.focus == paneProfiles:
		m.list.HandleKey(msg, &m.keys)
	default:
		m.details[m.focus].HandleKey(msg, &m.keys)
	}
	return nil
}

// back undoes the last step inwards.
func (m *Model) back() {
	if m.focus != paneProfiles {
		m.setFocus(paneProfiles)
	} else if m.list.filter.shown() {
		m.list.clearFilter()
	}
}

func (m *Model) openOverlay(msg tea.KeyPressMsg) bool {
	var o overlay
	switch {
	case key.Matches(msg, m.keys.Help):
		o = newHelp(m.keys, m.options.Version, m.config.UI.Mouse, m.styles)
	case key.Matches(msg, m.keys.Problems):
		o = newProblems(m.config, m.keyProblems, m.styles)
	case key.Matches(msg, m.keys.Incidents) && m.screen() != screenWelcome:
		o = newIncidents(m.roster.incidents, m.styles)
	default:
		return false
	}
	m.push(o)
	return true
}

// push lays an overlay over what there is.
func (m *Model) push(o overlay) {
	o.SetSize(m.width, m.height)
	m.overlays = append(m.overlays, o)
}

// jump selects a profile by its number.
func (m *Model) jump(msg tea.KeyPressMsg) bool {
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
	case h.State == client.Disabled:
		return m.say(r.config.Name + " is switched off in the configuration")
	case h.State == client.Misconfigured:
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
	asked, held := 0, 0
	for _, r := range m.roster.rows {
		switch h := r.snap.Health; {
		case h.State == client.Disabled, h.State == client.Misconfigured:
		case h.RetryAt.After(m.clock.now):
			held++
		default:
			asked++
		}
	}
	text := "checking " + plural(asked, "profile")
	if held > 0 {
		text += fmt.Sprintf("; %d more when their service allows it", held)
	}
	return tea.Batch(refreshCmd(m.options.Refresh), m.say(text))
}

// copy puts what the person points at on the clipboard; in the list that is
// the user's id, or the profile's name where there is no user.
func (m *Model) copy() tea.Cmd {
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
	if n := len(m.overlays); n > 0 {
		m.overlays[n-1].Scroll(by)
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

func (m *Model) handleClick(msg tea.MouseClickMsg) {
	if msg.Button != tea.MouseLeft || len(m.overlays) > 0 || m.screen() == screenWelcome || m.layout.tooSmall {
		return
	}
	if msg.Y < m.layout.top {
		m.clickAbove(msg.X, msg.Y)
		return
	}
	if v := m.sheet(); v != nil {
		m.clickSheet(v, msg.X, msg.Y-m.layout.top)
		return
	}
	for _, s := range m.layout.slots() {
		if !s.contains(msg.X, msg.Y) {
			continue
		}
		id := s.shown
		if msg.Y == s.y {
			id = s.tabAt(msg.X)
		}
		m.list.filter.editing = false
		m.setFocus(id)
		switch {
		case msg.Y == s.y:
		case id == paneProfiles:
			m.list.click(msg.Y - s.y)
		default:
			m.details[id].click(msg.Y - s.y)
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
