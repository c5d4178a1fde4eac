package ui

// newConfirm asks whether a wish is to be done. Escape, and a click beside it,
// is the answer no.
func newConfirm(title, question, yes, no string, s *Styles, wanted wish) *textOverlay {
	o := newText(title, s, nil, func(s *Styles, w int) []string {
		return append(sentence(s, s.text, question, w), "")
	})
	o.buttons = []button{
		{yes, func() reply { return reply{close: true, wish: wanted} }},
		{no, func() reply { return reply{close: true} }},
	}
	o.chosen, o.foot = 0, "enter answers, esc closes"
	return o
}
