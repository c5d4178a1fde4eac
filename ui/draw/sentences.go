package draw

import "rollcall/ui/theme"

// Section is a heading.
func Section(s *theme.Styles, title string) string { return s.Accent.Render(title) }

// WrapIn is a text in one ink, broken at words into lines of at most w cells.
func WrapIn(k theme.Ink, text string, w int) []string {
	var out []string
	for _, l := range Wrap(text, w) {
		out = append(out, k.Render(l))
	}
	return out
}

// Advice says what is wrong, and below it what to do.
func Advice(s *theme.Styles, wrong, remedy string, w int) []string {
	out := WrapIn(s.Text, wrong, w)
	for i, l := range Wrap(remedy, w-2) {
		lead := s.Accent.Render(s.Glyphs.Arrow) + " "
		if i > 0 {
			lead = "  "
		}
		out = append(out, lead+s.Text.Render(l))
	}
	return out
}
