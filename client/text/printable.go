package text

import (
	"strings"
	"unicode/utf8"
)

// Harmless returns s as it can stand on a terminal and in a file for programs: one line
// without control characters, escape sequences or controls that turn the direction of
// what follows. Such a character, or broken UTF-8, becomes U+FFFD, a tab or line break
// one space. All else stays, so that two texts that differ do so afterwards; for people
// there is [Printable]. A text that needs no change is returned as it is, without an
// allocation.
func Harmless(s string) string {
	if isPlain(s) {
		return s
	}
	if strings.Contains(s, "\r\n") {
		s = strings.ReplaceAll(s, "\r\n", " ")
	}
	return strings.Map(harmlessRune, s)
}

// Printable returns s fit for people at a terminal: it is [Harmless], and a character
// that nobody sees becomes U+FFFD, too, since two names that differ by it alone would
// look alike. It stays where it has an effect that is seen: see [Marked]. Like Harmless,
// it returns a text that needs no change as it is.
func Printable(s string) string {
	if isPlain(s) {
		return s
	}
	return Marked(Harmless(s))
}

// isPlain reports whether a text is of letters, signs and spaces of ASCII alone, as most
// are: no other needs a closer look.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// harmlessRune returns the character that may stand in place of r.
func harmlessRune(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r', r == 0x2028 || r == 0x2029:
		return ' '
	case r < 0x20 || 0x7f <= r && r < 0xa0:
		return utf8.RuneError
	case r < 0x300:
		return r
	case 0x202a <= r && r <= 0x202e, // embeddings and overrides of the direction
		0x2066 <= r && r <= 0x206f, // isolates, obsolete formatting
		0xfff9 <= r && r <= 0xfffb: // interlinear annotations
		return utf8.RuneError
	}
	return r
}
