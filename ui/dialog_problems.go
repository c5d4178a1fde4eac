package ui

import "charm.land/bubbles/v2/key"

// newProblems is the overlay with all that is wrong with the configuration, as
// it is when it is looked at.
func newProblems(f *faults, c *cover, s *Styles) *textOverlay {
	toggle := func(k *KeyMap) key.Binding { return k.Problems }
	return newText("Problems of the configuration", s, toggle, func(s *Styles, w int) []string { return f.lines(s, w, c) })
}
