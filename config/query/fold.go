package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is a text as it is compared: in lower case and without accents. A text that
// is like that already is returned as it is.
func Fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFKD.String(s) {
		if accent(r) {
			continue
		}
		r = unicode.ToLower(r)
		if plain := withoutStroke(r); plain != "" {
			b.WriteString(plain)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// accent reports whether a character is a mark over or under the one before.
func accent(r rune) bool { return '\u0300' <= r && r <= '\u036f' }

// withoutStroke is what people write for a letter whose mark Unicode does not take
// for an accent, or for one that stands for two; empty for other letters.
func withoutStroke(r rune) string {
	switch r {
	case 'ł':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ħ':
		return "h"
	case 'ŧ':
		return "t"
	case 'ı':
		return "i"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ς':
		return "σ"
	}
	return ""
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// foldedContains reports whether a text holds a folded one. It makes no new text
// where the first is ASCII, which most are.
func foldedContains(text, folded string) bool {
	if !isASCII(text) {
		return strings.Contains(Fold(text), folded)
	}
	for i := 0; i+len(folded) <= len(text); i++ {
		if foldedEqual(text[i:i+len(folded)], folded) {
			return true
		}
	}
	return false
}

// foldedEqual reports whether a text is the same as a folded one.
func foldedEqual(text, folded string) bool {
	if !isASCII(text) {
		return Fold(text) == folded
	}
	if len(text) != len(folded) {
		return false
	}
	for i := range len(text) {
		c := text[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != folded[i] {
			return false
		}
	}
	return true
}
