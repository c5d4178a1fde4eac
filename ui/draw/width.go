package draw

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/text"
)

// Width is how many cells a text takes; codes of styles take none. Nearly all texts are
// of characters that stand for themselves, and need no look at what joins to clusters:
// to measure them is most of what drawing a screen costs.
func Width(s string) int {
	if w, plain := plainWidth(s); plain {
		return w
	}
	return ansi.StringWidth(s)
}

// plainWidth is the width of a text of single characters and codes of styles; plain is
// false for any other.
func plainWidth(s string) (w int, plain bool) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case ' ' <= c && c <= '~':
			w++
		case c == ansi.ESC:
			n := text.StyleLength(s[i:])
			if n == 0 {
				return 0, false
			}
			i += n - 1
		case c < utf8.RuneSelf:
			return 0, false
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if !single(r) {
				return 0, false
			}
			w++
			i += n - 1
		}
	}
	return w, true
}

// single reports whether a character beyond ASCII takes one cell, whatever stands before
// it: letters of Latin, and the signs that the glyphs are made of.
func single(r rune) bool {
	switch {
	case r < 0x00c0:
		return r == '·'
	case r < 0x2010:
		return r <= 0x017f
	case r < 0x2190:
		return r <= '…'
	case r < 0x2500:
		return r <= 0x21ff || r == '≠'
	case r < 0x2600:
		return r <= 0x25fc
	}
	return r == '✓' || r == '✗' || 0x2800 < r && r <= 0x28ff
}
