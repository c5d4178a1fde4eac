package text

import (
	"strings"
	"unicode"
)

// The limits, in runes, to which the texts of a service are cut. They are far
// above what services send. They keep a broken or hostile service from filling
// the memory, the state file and the screen.
const (
	// MaxCode bounds an error code.
	MaxCode = 100
	// MaxDescription bounds the description of an error.
	MaxDescription = 1000
	// MaxErrorText bounds the text of an error that is part of a sentence.
	MaxErrorText = 200
	// MaxFact bounds any other text that is part of a sentence.
	MaxFact = 200
	// MaxSentence bounds an explanation, a remedy or a problem as a whole.
	MaxSentence = 2000
	// maxName bounds a name and every other value of an account.
	maxName = 500
	// maxMarks bounds the combining marks on one character. No script needs as
	// many.
	maxMarks = 10
)

// The limits, in bytes, of texts of which a part would mean something else.
// They are left out instead of cut.
const (
	// MaxUserID bounds the id of a user.
	MaxUserID = 500
	// maxAddress bounds a URL.
	maxAddress = 8 << 10
	// maxJSON bounds JSON text.
	maxJSON = 16 << 10
)

// Bound shortens a text to n runes, and removes the combining marks that are
// too many on one character.
func Bound(s string, n int) string { return Clip(BoundMarks(s), n) }

// BoundName shortens a text to the limit of a name.
func BoundName(s string) string { return Bound(s, maxName) }

// BoundMarks replaces the combining marks that are too many on one character
// with an ellipsis.
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

// BoundAddress returns a URL as it is, or the empty text if it is too long.
func BoundAddress(s string) string {
	if len(s) > maxAddress || BoundMarks(s) != s {
		return ""
	}
	return s
}

// BoundJSON returns JSON as it is, or a JSON string that holds an ellipsis if
// it is too long.
func BoundJSON(s string) string {
	if len(s) > maxJSON || BoundMarks(s) != s {
		return `"…"`
	}
	return s
}

// Clip shortens a text to n runes and adds an ellipsis if it is longer.
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
