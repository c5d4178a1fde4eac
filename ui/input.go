package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
)

// handleKey gives a key to the first of these that has a use for it: the text
// that is being written, the keys that quit, suspend or draw anew, the top overlay,
// the actions of the area, and the pane or view that has the focus. A letter that quits
// closes a dialog instead, as escape does.
func (m *Model) handleKey(msg tea.KeyPressMsg) tea.Cmd {
	top := m.overlays.top()
	writing := top == nil && m.selection.filter.editing || m.overlays.writing()
	_, writes := top.(writer)
	switch {
	case top != nil && !writes && msg.Text != "" && key.Matches(msg, m.keys.Quit):
		return m.follow(top, top.HandleKey(tea.KeyPressMsg{Code: tea.KeyEscape}, &m.keys))
	case writing && msg.Text != "":
	case key.Matches(msg, m.keys.Quit):
		return m.quit()
	case key.Matches(msg, m.keys.Redraw):
		return m.redraw()
	case key.Matches(msg, m.keys.Suspend):
		return m.suspend()
	}
	switch {
	case top != nil && !m.overlays.writing() && key.Matches(msg, m.keys.Help):
		// No overlay has a use of its own for it.
		return m.showHelp()
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
	switch v := m.sheet(); {
	case m.welcomes():
	case v != nil:
		v.HandleKey(msg, &m.keys)
	default:
		m.dashboard.HandleKey(msg, &m.keys)
	}
	return nil
}

// handleFilterKey writes the filter. Keys that write no text still move the
// selection. Tab completes what is written where it can, whatever it is bound to;
// else it does what it is bound to. Escape and enter always leave the filter, whatever they are bound
// to, since the keys that are bound in their stead may write text here.
func (m *Model) handleFilterKey(msg tea.KeyPressMsg) {
	f := &m.selection.filter
	defer m.selection.offer()
	plain := msg.Text == "" && msg.Mod == 0
	switch {
	case msg.Code == tea.KeyEscape, msg.Text == "" && key.Matches(msg, m.keys.Back):
		m.selection.clearFilter()
	case plain && msg.Code == tea.KeyTab && f.complete():
		m.selection.search()
	case msg.Code == tea.KeyEnter, msg.Text == "" && key.Matches(msg, m.keys.Open, m.keys.NextPane) && !isCursorKey(msg):
		m.selection.write(false)
	case plain && !isCursorKey(msg) && m.moveWhileWriting(msg):
	case f.changed(func(l *draw.Line) { l.Press(msg) }):
		m.selection.search()
	}
}

func (m *Model) moveWhileWriting(msg tea.KeyPressMsg) bool {
	if v := m.sheet(); v != nil {
		return v.HandleKey(msg, &m.keys)
	}
	return m.dashboard.list.HandleKey(msg, &m.keys)
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
	top := m.overlays.top()
	if w, ok := top.(writer); ok {
		w.Paste(msg.Content)
	}
	f := &m.selection.filter
	if top == nil && f.editing && f.changed(func(l *draw.Line) { l.Insert(msg.Content) }) {
		m.selection.search()
		m.selection.offer()
	}
}

// jump selects a profile by its number.
func (m *Model) jump(msg tea.KeyPressMsg) bool {
	if m.welcomes() {
		return false
	}
	i := slices.Index(m.keys.Jump.Keys(), msg.String())
	if i >= 0 && i < len(m.roster.rows) {
		m.bring(m.roster.rows[i])
	}
	return i >= 0
}

// bring selects a profile where the person is; where the saved view that is shown does
// not hold it, on the dashboard.
func (m *Model) bring(r *row) {
	if !m.selection.within(r) {
		m.open(r)
		return
	}
	m.selection.bring(r)
}

func (m *Model) handleWheel(msg tea.MouseWheelMsg) {
	by := wheelLines
	switch msg.Button {
	case tea.MouseWheelUp:
		by = -by
	case tea.MouseWheelDown:
	default:
		return
	}
	if top := m.overlays.top(); top != nil {
		top.Scroll(by)
		return
	}
	if v := m.sheet(); v != nil {
		v.scroll(by)
		return
	}
	m.dashboard.scroll(msg.X, msg.Y, by)
}

// handleClick gives a click to what is on top at its cell.
func (m *Model) handleClick(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft || m.dashboard.layout.tooSmall {
		return nil
	}
	if top := m.overlays.top(); top != nil {
		return m.clickOverlay(top, msg.X, msg.Y)
	}
	switch v := m.sheet(); {
	case m.welcomes():
	case msg.Y < m.dashboard.layout.top:
		m.clickAbove(msg.X, msg.Y)
	case v != nil:
		m.clickSheet(v, msg)
	default:
		m.clickPane(msg)
	}
	return nil
}

func (m *Model) clickOverlay(top overlay, x, y int) tea.Cmd {
	area := m.overlays.area(top, m.styles)
	if !area.contains(x, y) {
		return m.follow(top, top.Leave())
	}
	return m.follow(top, top.Click(x-area.x, y-area.y))
}

// clickAbove takes a click into the header or the banner.
func (m *Model) clickAbove(x, y int) {
	switch {
	case y > 0 && m.faults.broken != "":
		m.showProblems()
	case y > 0:
		m.showIncidents()
	default:
		m.clickHeader(x)
	}
}

// clickSheet takes a click into a view: a second one on the same line soon
// after opens it.
func (m *Model) clickSheet(v *sheet, msg tea.MouseClickMsg) {
	y := msg.Y - m.dashboard.layout.top
	m.selection.filter.editing = false
	if v.clickHead(msg.X, y) {
		return
	}
	l := v.click(y)
	if m.markClicked(l.row, msg, msg.X-1) {
		return
	}
	if l.row != nil && m.clicks.double(sheetLine{row: l.row, entry: l.entry, group: l.group}, m.options.Now()) {
		m.openLine(v)
	}
}

// clickPane takes a click into the dashboard: a second one on the same profile
// soon after goes to its panes.
func (m *Model) clickPane(msg tea.MouseClickMsg) {
	s, id, ok := m.dashboard.slotAt(msg.X, msg.Y)
	if !ok {
		return
	}
	m.selection.filter.editing = false
	m.setFocus(id)
	r := m.dashboard.click(s, id, msg.X, msg.Y)
	if m.markClicked(r, msg, msg.X-s.x-1) {
		return
	}
	if r != nil && m.clicks.double(sheetLine{row: r}, m.options.Now()) {
		m.openProfile(r)
	}
}
