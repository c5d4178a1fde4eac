package text

import (
	"strings"
	"unicode/utf8"
)

// Printable returns s fit for a terminal: one line without control characters,
// escape sequences or bidirectional controls. A control character or broken
// UTF-8 becomes U+FFFD, a tab or line break one space. A text that needs no
// change is returned as it is, without an allocation.
func Printable(s string) string {
	if isPlain(s) {
		return s
	}
	if strings.Contains(s, "\r\n") {
		s = strings.ReplaceAll(s, "\r\n", " ")
	}
	return strings.Map(printableRune, s)
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

// printableRune returns the character to print in place of r, or -1 to leave it
// out.
func printableRune(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case r < 0x20 || 0x7f <= r && r < 0xa0:
		return utf8.RuneError
	case r < 0x300:
		return r
	case r == 0x061c, r == 0x200e, r == 0x200f, // marks of direction
		0x2028 <= r && r <= 0x202e,   // separators, embeddings, overrides
		0x2066 <= r && r <= 0x206f,   // isolates, obsolete formatting
		r == 0xfeff,                  // byte order mark
		0xfff9 <= r && r <= 0xfffb,   // interlinear annotations
		0xe0000 <= r && r <= 0xe007f: // tags: text that nobody sees
		return -1
	}
	return r
}
