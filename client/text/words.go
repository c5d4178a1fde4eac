package text

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AnyOf lists some facts: "a, b or c". Long lists are cut with a count.
func AnyOf(items []string) string {
	const most = 6
	var kept []string
	for _, s := range items {
		if s = strings.TrimSpace(s); s != "" {
			kept = append(kept, Clip(s, MaxFact))
		}
	}
	if more := len(kept) - most; more > 0 {
		kept = append(kept[:most], fmt.Sprintf("%d more", more))
	}
	if len(kept) < 2 {
		return strings.Join(kept, "")
	}
	return strings.Join(kept[:len(kept)-1], ", ") + " or " + kept[len(kept)-1]
}

// Because adds a reason of the service to a clause.
func Because(reason string) string {
	reason = strings.TrimRight(strings.TrimSpace(reason), ".")
	if reason == "" {
		return ""
	}
	return ": " + Clip(reason, MaxFact)
}

// FirstNonEmpty is the first of the lists that has something in it, without what is
// empty.
func FirstNonEmpty(lists ...[]string) []string {
	for _, list := range lists {
		list = slices.DeleteFunc(list, func(s string) bool { return s == "" })
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// Sentence makes one of the text of an error.
func Sentence(s string) string {
	if last, _ := utf8.DecodeLastRuneInString(s); unicode.IsLetter(last) || unicode.IsDigit(last) || last == ')' {
		s += "."
	}
	return Capitalized(s)
}

// Capitalized is a text with a capital at its beginning. What to do can end with a
// command to copy, to which no full stop is added.
func Capitalized(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[n:]
}

// Plural is a number with its unit: "1 day", "2 days".
func Plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
