package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"rollcall/ui/theme"
)

// textOverlay is a text, which can ask something by its buttons.
type textOverlay struct {
	dialog
	// write makes the lines for a width: text of at most w cells each.
	write func(s *theme.Styles, w int) []string
	// toggle closes it again, besides back; nil for none.
	toggle func(k *KeyMap) key.Binding
	styles *theme.Styles
}

// newText is an overlay with a text to read.
func newText(title string, s *theme.Styles, toggle func(*KeyMap) key.Binding, write func(*theme.Styles, int) []string) *textOverlay {
	return &textOverlay{
		dialog: dialog{title: title, foot: "esc closes", chosen: -1}, write: write, toggle: toggle, styles: s,
	}
}

// HandleKey scrolls the text, chooses and presses a button, or closes it.
func (o *textOverlay) HandleKey(msg tea.KeyPressMsg, k *KeyMap) reply {
	switch {
	case msg.Code == tea.KeyEscape, key.Matches(msg, k.Back), o.toggle != nil && key.Matches(msg, o.toggle(k)):
		return reply{close: true}
	case len(o.buttons) > 0 && key.Matches(msg, k.NextPane, k.Unfold):
		o.choose(1)
	case len(o.buttons) > 0 && key.Matches(msg, k.PrevPane, k.Fold):
		o.choose(-1)
	case len(o.buttons) > 0 && (msg.Code == tea.KeyEnter || key.Matches(msg, k.Open)):
		return o.pressed(-1)
	default:
		if to := k.motion(msg); to != noMotion {
			o.over(len(o.lines())).turn(to)
		}
	}
	return reply{}
}

func (o *textOverlay) lines() []string {
	w, _ := o.body()
	return o.write(o.styles, w)
}

// Click presses a button.
func (o *textOverlay) Click(x, y int) reply {
	if o.onButtons(y, len(o.lines())) {
		return o.pressed(x)
	}
	return reply{}
}

// Leave closes it: a text loses nothing.
func (o *textOverlay) Leave() reply { return reply{close: true} }

// Scroll moves the text by lines.
func (o *textOverlay) Scroll(n int) { o.over(len(o.lines())).scroll(n) }

// View draws the text in its frame.
func (o *textOverlay) View(s *theme.Styles) []string {
	return o.draw(s, func() []string {
		w, _ := o.body()
		return o.write(s, w)
	})
}
