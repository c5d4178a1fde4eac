package client

import (
	"strings"
	"unicode"
)

// The lengths, in runes, to which texts of a service are kept. They are far
// above what services send, and keep what a broken or hostile one sends from
// filling memory, the state file and the screen.
const (
	maxCode        = 100
	maxDescription = 1000
	maxErrorText   = 200
	maxFact        = 200
	maxName        = 500
	maxSentence    = 2000
	// maxMarks is how many marks in a row one character may have: more than in
	// any script.
	maxMarks = 10
	// maxUserID, maxAddress and maxCustom are in bytes. Of these texts, a part
	// would mean something else.
	maxUserID  = 500
	maxAddress = 8 << 10
	maxCustom  = 16 << 10
)

// bound shortens a text to n runes, and what is piled up on one character.
func bound(s string, n int) string { return clip(boundMarks(s), n) }

func boundName(s string) string { return bound(s, maxName) }

// boundMarks puts … in place of the marks that are too many on one character.
func boundMarks(s string) string {
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

// boundAddress leaves out an address that is too long to be one.
func boundAddress(s string) string {
	if len(s) > maxAddress || boundMarks(s) != s {
		return ""
	}
	return s
}

// boundJSON replaces JSON that is too long.
func boundJSON(s string) string {
	if len(s) > maxCustom || boundMarks(s) != s {
		return `"…"`
	}
	return s
}

// clip shortens a text to at most n runes.
func clip(s string, n int) string {
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
