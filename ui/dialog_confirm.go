package ui

import tea "charm.land/bubbletea/v2"

// newConfirm asks whether to do something. Escape, and a click beside it, is
// the answer no.
func newConfirm(title, question, yes, no string, s *Styles, then func(*Model) tea.Cmd) *textOverlay {
	o := newText(title, s, nil, func(s *Styles, w int) []string {
		return append(sentence(s, s.text, question, w), "")
	})
	o.buttons = []button{
		{yes, func() outcome { return outcome{close: true, then: then} }},
		{no, func() outcome { return outcome{close: true} }},
	}
	o.chosen, o.foot = 0, "enter answers, esc closes"
	return o
}
