package text

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AnyOf joins items into an alternative: "a, b or c". Empty items are left out,
// and from the seventh on they are only counted: "… or 3 more".
func AnyOf(items []string) string { return joined(items, "or") }

// AllOf joins things of which each one is needed: "a, b and c". Of many only the first
// are named.
func AllOf(items []string) string { return joined(items, "and") }

func joined(items []string, last string) string {
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
	return strings.Join(kept[:len(kept)-1], ", ") + " " + last + " " + kept[len(kept)-1]
}

// Because returns a reason in the form in which it continues a clause: ": token
// revoked". It is empty where there is no reason. A full stop at the end is
// dropped, since the sentence has its own.
func Because(reason string) string {
	reason = strings.TrimRight(strings.TrimSpace(reason), ".")
	if reason == "" {
		return ""
	}
	return ": " + Clip(reason, MaxFact)
}

// FirstNonEmpty returns the first list that has a text which is not empty,
// without its empty texts. It may overwrite the lists. It is nil where there is
// none.
func FirstNonEmpty(lists ...[]string) []string {
	for _, list := range lists {
		list = slices.DeleteFunc(list, func(s string) bool { return s == "" })
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// Sentence makes a sentence of the text of an error: with a capital at the
// beginning and, behind a word or bracket, a full stop at the end.
func Sentence(s string) string { return Capitalized(Stopped(s)) }

// Stopped is a text with a full stop at its end, behind a word or bracket. It is for
// sentences that begin with a name, which stays as it is.
func Stopped(s string) string {
	if last, _ := utf8.DecodeLastRuneInString(s); unicode.IsLetter(last) || unicode.IsDigit(last) || last == ')' {
		s += "."
	}
	return s
}

// Closed is a sentence of any ending with a full stop at its end, unless it has one, or a
// question mark in place of one; nothing stays that.
func Closed(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// Capitalized is a text with a capital at its beginning. It is for remedies,
// which can end with a command to copy, where a full stop would be copied
// along.
func Capitalized(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + s[n:]
}

// Plural is a number with its unit: "1 day", "2 days". Every plural is taken to
// end in s.
func Plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
