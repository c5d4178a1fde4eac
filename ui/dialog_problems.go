package ui

import (
	"charm.land/bubbles/v2/key"

	"rollcall/ui/theme"
)

// newProblems is the overlay with all that is wrong with the configuration, as
// it is when it is looked at.
func newProblems(f *faults, c *cover, s *theme.Styles) *textOverlay {
	toggle := func(k *KeyMap) key.Binding { return k.Problems }
	return newText("Problems of the configuration", s, toggle, func(s *theme.Styles, w int) []string { return f.lines(s, w, c) })
}
