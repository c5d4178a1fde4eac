package ui

import (
	"errors"
	"strings"

	"rollcall/client/text"
	"rollcall/config"
)

// newFailure is the overlay that says why something was not saved, with the
// lines to write by hand.
func newFailure(err error, c *cover, s *Styles) *textOverlay {
	var knows interface{ Remedy() string }
	remedy, lines := "", ""
	if errors.As(err, &knows) {
		remedy = knows.Remedy()
	}
	if save, ok := errors.AsType[*config.SaveError](err); ok {
		lines = save.Lines()
	}
	told := func(words string) string { return c.text(text.Printable(words)) }
	return newText("That did not work", s, nil, func(s *Styles, w int) []string {
		out := remedied(s, told(err.Error()), told(remedy), w)
		if lines == "" {
			return out
		}
		out = append(out, "", section(s, "Lines to write by hand"))
		if c.on() {
			// With stand-ins in them they would be wrong.
			return append(out, sentence(s, s.muted, "not shown in private mode", w)...)
		}
		for line := range strings.Lines(lines) {
			out = append(out, s.text.write(cut(text.Printable(strings.TrimRight(line, "\r\n")), w, s.glyphs.tail)))
		}
		return out
	})
}
