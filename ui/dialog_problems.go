package ui

import (
	"charm.land/bubbles/v2/key"

	"rollcall/client/text"
)

// newProblems is the overlay with all that is wrong with the configuration, as
// it is when it is looked at.
func newProblems(m *Model) *textOverlay {
	toggle := func(k *KeyMap) key.Binding { return k.Problems }
	return newText("Problems of the configuration", m.styles, toggle, m.problemLines)
}

// problems is how many there are.
func (m *Model) problems() int {
	n := len(m.config.Problems) + len(m.keyProblems)
	if m.broken != "" {
		n++
	}
	return n
}

func (m *Model) problemLines(s *Styles, w int) []string {
	if m.problems() == 0 {
		none := "None."
		if !m.options.Demo {
			none += " " + m.told(text.Printable(m.config.Path)) + " is fine."
		}
		return sentence(s, s.text, none, w)
	}
	var out []string
	add := func(what, remedy string) {
		if len(out) > 0 {
			out = append(out, "")
		}
		lead := s.warn.write(s.glyphs.warn) + " "
		for _, l := range remedied(s, what, remedy, w-2) {
			out = append(out, lead+l)
			lead = "  "
		}
	}
	if m.broken != "" {
		add(m.told(m.broken), "Until it is mended, the last good configuration is used.")
	}
	for _, p := range m.config.Problems {
		add(m.told(text.Printable(p.Error())), m.told(text.Printable(p.Remedy)))
	}
	for _, t := range m.keyProblems {
		add(text.Printable(t), "")
	}
	return out
}
