package ui

import (
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// newConfirm asks whether a wish is to be done. Escape, and a click beside it,
// is the answer no, which is also the one that enter gives: nobody loses anything
// by a key too many.
func newConfirm(title, question, yes, no string, s *theme.Styles, wanted wish) *textOverlay {
	o := newText(title, s, nil, func(s *theme.Styles, w int) []string {
		return append(draw.WrapIn(s.Text, question, w), "")
	})
	o.buttons = []button{
		{yes, func() reply { return reply{close: true, wish: wanted} }},
		{no, func() reply { return reply{close: true} }},
	}
	o.chosen, o.foot = 1, "enter answers, esc closes"
	return o
}
