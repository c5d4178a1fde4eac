package ui

import (
	"errors"
	"strings"

	"rollcall/client/text"
	"rollcall/config"
	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// newFailure is the overlay that says why something was not saved, with the
// lines to write by hand.
func newFailure(err error, c *cover, s *theme.Styles) *textOverlay {
	var knows interface{ Remedy() string }
	remedy, lines := "", ""
	if errors.As(err, &knows) {
		remedy = knows.Remedy()
	}
	if save, ok := errors.AsType[*config.SaveError](err); ok {
		lines = save.Lines()
	}
	wrong := err.Error()
	if remedy == "" {
		// The lines after the first say what to do.
		wrong, remedy, _ = strings.Cut(wrong, "\n")
	}
	told := func(words string) string { return c.text(text.Printable(words)) }
	return newText("That did not work", s, nil, func(s *theme.Styles, w int) []string {
		out := draw.Advice(s, told(wrong), told(remedy), w)
		if lines == "" {
			return out
		}
		out = append(out, "", draw.Section(s, "Lines to write by hand"))
		if c.on() {
			// With stand-ins in them they would be wrong.
			return append(out, draw.WrapIn(s.Muted, "not shown in private mode", w)...)
		}
		for line := range strings.Lines(lines) {
			out = append(out, s.Text.Render(draw.Cut(text.Printable(strings.TrimRight(line, "\r\n")), w, s.Glyphs.Tail)))
		}
		return out
	})
}
