package text

import (
	"strings"
	"unicode"
)

// The lengths, in runes, to which texts of a service are kept. They are far
// above what services send, and keep what a broken or hostile one sends from
// filling memory, the state file and the screen.
const (
	MaxCode        = 100
	MaxDescription = 1000
	MaxErrorText   = 200
	MaxFact        = 200
	maxName        = 500
	MaxSentence    = 2000
	// maxMarks is how many marks in a row one character may have: more than in
	// any script.
	maxMarks = 10
	// MaxUserID, maxAddress and maxCustom are in bytes. Of these texts, a part
	// would mean something else.
	MaxUserID  = 500
	maxAddress = 8 << 10
	maxCustom  = 16 << 10
)

// Bound shortens a text to n runes, and what is piled up on one character.
func Bound(s string, n int) string { return Clip(BoundMarks(s), n) }

// BoundName is s as long as a name may be.
func BoundName(s string) string { return Bound(s, maxName) }

// BoundMarks puts … in place of the marks that are too many on one character.
func BoundMarks(s string) string {
	var b strings.Builder
	row, kept := 0, 0
	for i, r := range s {
		row++
		if r < 0x300 || !unicode.In(r, unicode.M, unicode.Cf) {
			row = 0
		}
		switch {
		case row == maxMarks+1:
			b.WriteString(s[kept:i] + "…")
			fallthrough
		case row > maxMarks:
			kept = i + len(string(r))
		}
	}
	if b.Len() == 0 {
		return s
	}
	b.WriteString(s[kept:])
	return b.String()
}

// BoundAddress leaves out an address that is too long to be one.
func BoundAddress(s string) string {
	if len(s) > maxAddress || BoundMarks(s) != s {
		return ""
	}
	return s
}

// BoundJSON replaces JSON that is too long.
func BoundJSON(s string) string {
	if len(s) > maxCustom || BoundMarks(s) != s {
		return `"…"`
	}
	return s
}

// Clip shortens a text to at most n runes.
func Clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := range s {
		if n--; n < 0 {
			return strings.TrimSpace(s[:i]) + "…"
		}
	}
	return s
}
