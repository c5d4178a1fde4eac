package ui

import (
	"charm.land/bubbles/v2/key"

	"rollcall/client"
	"rollcall/config"
)

// newProblems is the overlay with all that is wrong with the configuration.
func newProblems(c *config.Config, wishes []string, s *Styles) *textOverlay {
	return &textOverlay{
		title: "Problems of the configuration", styles: s,
		toggle: func(k *KeyMap) key.Binding { return k.Problems },
		write:  func(s *Styles, w int) []string { return problemLines(c, wishes, s, w) },
	}
}

func problemLines(c *config.Config, wishes []string, s *Styles, w int) []string {
	if len(c.Problems)+len(wishes) == 0 {
		return sentence(s, s.text, "None. "+client.Printable(c.Path)+" is fine.", w)
	}
	var out []string
	add := func(what, remedy string) {
		if len(out) > 0 {
			out = append(out, "")
		}
		lead := s.warn.write(s.glyphs.warn) + " "
		for _, l := range wrap(what, w-2) {
			out = append(out, lead+s.text.write(l))
			lead = "  "
		}
		lead = "  " + s.accent.write(s.glyphs.arrow) + " "
		for _, l := range wrap(remedy, w-4) {
			out = append(out, lead+s.text.write(l))
			lead = "    "
		}
	}
	for _, p := range c.Problems {
		add(client.Printable(p.Error()), client.Printable(p.Remedy))
	}
	for _, t := range wishes {
		add(client.Printable(t), "")
	}
	return out
}
