package privacy

import (
	"strings"
	"unicode/utf8"
)

// at finds the longest value with a stand-in that a text begins with. A value
// that was cut off by an ellipsis is found by its beginning. The length is 0
// where there is none.
func (m *Mask) at(s string) (length int, standIn string) {
	if rest, _, shortened := strings.Cut(s, "…"); shortened && len(rest) >= shortestCut {
		whole := ""
		for _, value := range m.beginnings[rest[:shortestCut]] {
			if len(value) > len(rest) && strings.HasPrefix(value, rest) && (whole == "" || value < whole) {
				whole = value
			}
		}
		if whole != "" {
			return len(rest), m.standIns[whole]
		}
	}
	for _, value := range m.starts[firstWord(s)] {
		if strings.HasPrefix(s, value) && endsWord(s, len(value)) && !isFewDigits(value) && !(m.paths[value] && goesOn(s[len(value):])) {
			return len(value), m.standIns[value]
		}
	}
	return 0, ""
}

// goesOn reports whether a path goes on with a text behind it.
func goesOn(s string) bool { return strings.HasPrefix(s, "/") || strings.HasPrefix(s, `\`) }

// isFewDigits reports whether a value is a number as dates and counts have them: such an
// id tells nothing where it stands in another text, and a date without its day is wrong.
func isFewDigits(value string) bool {
	return len(value) <= 4 && strings.Trim(value, "0123456789") == ""
}

// endsWord reports whether an offset in a text lies between words, not inside
// one.
func endsWord(s string, at int) bool {
	last, _ := utf8.DecodeLastRuneInString(s[:at])
	next, n := utf8.DecodeRuneInString(s[at:])
	return n == 0 || !wordRune(last) || !wordRune(next)
}
