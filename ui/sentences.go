package ui

// section is a heading.
func section(s *Styles, title string) string { return s.accent.write(title) }

// sentence is a text in one ink, broken at words into lines of at most w cells.
func sentence(s *Styles, k ink, text string, w int) []string {
	var out []string
	for _, l := range wrap(text, w) {
		out = append(out, k.write(l))
	}
	return out
}

// remedied says what is wrong, and below it what to do.
func remedied(s *Styles, wrong, remedy string, w int) []string {
	out := sentence(s, s.text, wrong, w)
	for i, l := range wrap(remedy, w-2) {
		lead := s.accent.write(s.glyphs.arrow) + " "
		if i > 0 {
			lead = "  "
		}
		out = append(out, lead+s.text.write(l))
	}
	return out
}
