package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// date is a day, which is read as one word.
var date = Pattern(`\b\d{4}-\d{2}-\d{2}\b`)

// A hyphen at which no line is broken stands in for the one of dates while lines
// are made: it is as wide.
const hyphen, firmHyphen = "-", "\u2011"

// Wrap breaks a text into lines of at most w cells, between words where it can, and
// never within a date.
func Wrap(s string, w int) string {
	firm := date().ReplaceAllStringFunc(s, func(day string) string { return strings.ReplaceAll(day, hyphen, firmHyphen) })
	if firm == s {
		return ansi.Wrap(s, w, "")
	}
	// A hyphen of that kind that the text itself has becomes an ordinary one.
	return strings.ReplaceAll(ansi.Wrap(firm, w, ""), firmHyphen, hyphen)
}
