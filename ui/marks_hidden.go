package ui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// meantWish is to do something with the marked profiles after the person has said which
// are meant: all of them, or only those that are to be seen.
type meantWish struct {
	do    func(*Model) tea.Cmd
	shown bool
}

func (meantWish) wished() {}

// hiddenMarks are the marked profiles that the filter hides, or that are outside of the
// saved view that is shown, where keys are about the marked ones.
func (m *Model) hiddenMarks() []*row {
	k := &m.selection.marks
	if !m.marking() || k.shown == k.all {
		return nil
	}
	return m.selection.markedRows()[k.shown:]
}

// changing does something that changes the profiles that it is for. Where the person
// does not see all of them, it asks first which are meant.
func (m *Model) changing(do func(*Model) tea.Cmd) tea.Cmd {
	hidden := m.hiddenMarks()
	if len(hidden) == 0 {
		return do(m)
	}
	all := m.selection.marks.all
	question := hiddenWords(all, namesOf(hidden), m.hiding())
	o := newText(fmt.Sprintf("%d marked", all), m.styles, nil, func(s *theme.Styles, w int) []string {
		return append(draw.WrapIn(s.Text, question, w), "")
	})
	press := func(w wish) func() reply { return func() reply { return reply{close: true, wish: w} } }
	o.buttons = []button{{fmt.Sprintf("All %d", all), press(meantWish{do: do})}}
	if shown := all - len(hidden); shown > 0 {
		o.buttons = append(o.buttons, button{fmt.Sprintf("%d shown", shown), press(meantWish{do, true})})
	}
	o.buttons = append(o.buttons, button{"None", press(nil)})
	// Nobody changes anything by a key too many.
	o.chosen, o.foot = len(o.buttons)-1, "enter answers, esc closes"
	m.overlays.push(o)
	return nil
}

// meant does what was asked about. The marks may be gone by then.
func (m *Model) meant(w meantWish) tea.Cmd {
	k := &m.selection.marks
	if !m.marking() || w.shown && k.shown == 0 {
		return m.say("none of them is marked any more")
	}
	k.narrowed = w.shown
	defer func() { k.narrowed = false }()
	return w.do(m)
}

// hiding says what keeps marked profiles from being seen.
func (m *Model) hiding() string {
	switch filtered := m.selection.filter.query() != ""; {
	case m.selection.scope == nil:
		return "hidden by the filter"
	case filtered:
		return "hidden by the view and the filter"
	}
	return "outside of this view"
}

// hiddenWords ask which profiles are meant where some of those that are marked are
// hidden.
func hiddenWords(all int, hidden []string, how string) string {
	said := fmt.Sprintf("%d are marked, %d of them are %s", all, len(hidden), how)
	switch n := len(hidden); {
	case all == 1:
		said = "1 is marked, which is " + how
	case n == all:
		said = fmt.Sprintf("%d are marked, all of them %s", all, how)
	case n == 1:
		said = fmt.Sprintf("%d are marked, 1 of them is %s", all, how)
	}
	return said + ": " + listed(hidden, mostNamed) + ". Which are meant?"
}
