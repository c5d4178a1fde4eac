package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
)

// marking reports whether there are marks where the person is: in a list. In the pane
// of one profile, keys are about that one.
func (m *Model) marking() bool {
	return m.selection.marks.all > 0 && m.area()&(onList|onViews) != 0
}

// targets are the profiles that keys are about which can be for many: the marked
// ones in the order of the list, else the current one; none where there is neither.
func (m *Model) targets() []*row {
	if m.marking() {
		return m.selection.markedRows()
	}
	if r := m.current(); r != nil {
		return []*row{r}
	}
	return nil
}

// lined is the list that has the keys.
func (m *Model) lined() rowLines {
	if v := m.sheet(); v != nil {
		return v
	}
	return &m.dashboard.list
}

// markSelected marks what is selected, or takes its mark away, and goes on to the next
// line. A folded heading stands for the profiles that it holds.
func (m *Model) markSelected() tea.Cmd {
	s := m.selection
	if s.marks.span.in != nil {
		s.endSpan(true)
		return nil
	}
	rows := []*row{m.current()}
	if rows[0] == nil {
		if rows = nil; m.area() == onList && s.heading != (foldKey{}) {
			rows = s.under(s.lines[s.at])
		}
	}
	if len(rows) == 0 {
		return m.say("no profile is selected")
	}
	s.following = false
	s.turnMarks(rows)
	if v := m.sheet(); v != nil {
		v.step(oneDown)
	} else {
		m.dashboard.list.step(oneDown)
	}
	return nil
}

// markRange begins to mark a range at the selected line, or ends that.
func (m *Model) markRange() tea.Cmd {
	s := m.selection
	switch {
	case s.marks.span.in != nil:
		s.endSpan(true)
	case !s.beginSpan(m.lined()):
		return m.say("a range begins at a profile")
	}
	s.following = false
	return nil
}

// markAll marks all that the list shows, also what is folded; where all of that is
// marked, it takes the marks away.
func (m *Model) markAll() tea.Cmd {
	s := m.selection
	if s.marks.span.in != nil {
		s.endSpan(true)
	}
	rows := s.visible
	if v := m.sheet(); v != nil {
		rows = v.rowsFrom(0, len(v.lines))
	}
	if len(rows) == 0 {
		return m.say("there is nothing to mark here")
	}
	s.following = false
	s.turnMarks(rows)
	m.notice.clear()
	if k := &s.marks; m.sheet() == nil && k.folded > 0 {
		// The person does not see what is folded away.
		return m.say(fmt.Sprintf("marked %d, %d of them folded away", k.all, k.folded))
	}
	return nil
}

// unmark calls off the range that is being marked, else takes all marks away. It
// reports whether there was either where the person is.
func (m *Model) unmark() bool {
	switch {
	case !m.marking():
		return false
	case m.selection.marks.span.in != nil:
		m.selection.endSpan(false)
	default:
		m.selection.unmark()
	}
	return true
}

// extendRange has the range that is being marked end at the selected line. Elsewhere
// than in the list where it began it is over.
func (m *Model) extendRange() {
	s := m.selection
	switch in := s.marks.span.in; {
	case in == nil:
	case in != m.lined() || m.area()&(onList|onViews) == 0:
		s.endSpan(true)
	default:
		s.extend()
	}
}

// markClicked takes a click that marks the profile at a line: one with ctrl held, or on
// the first cells of the line. It reports whether it was one.
func (m *Model) markClicked(r *row, msg tea.MouseClickMsg, x int) bool {
	if r == nil || x >= markCells && !msg.Mod.Contains(tea.ModCtrl) {
		return false
	}
	m.selection.turnMarks([]*row{r})
	return true
}

// markCells are the cells at the beginning of a line, the frame not counted, on which
// a click marks it.
const markCells = 3
