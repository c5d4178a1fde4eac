package config

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// maxShown is how much of a name a message shows.
const maxShown = 60

// quote shows what a file holds as part of a message: on one line, without
// characters that do not show, and not at any length.
func quote(s string) string {
	if utf8.RuneCountInString(s) > maxShown {
		s = string([]rune(s)[:maxShown]) + "…"
	}
	return strconv.Quote(s)
}

// shown is how a key appears in a message: as it is, or quoted where TOML
// would have it quoted.
func shown(key string) string {
	bare := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_' || r == '-'
	}
	if key == "" || len(key) > maxShown || strings.ContainsFunc(key, func(r rune) bool { return !bare(r) }) {
		return quote(key)
	}
	return key
}

// didYouMean ends a message about an unknown word with the nearest known one,
// if one is near: two changes away, which a swapped pair of letters is, or
// more in a long word.
func didYouMean(word string, known []string) string {
	if len(word) > maxShown {
		return ""
	}
	best, least := "", min(max(2, len(word)/3), len(word)-1)+1
	for _, k := range known {
		if n := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); n < least {
			best, least = k, n
		}
	}
	if best == "" {
		best = completion(word, known)
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + quote(best) + "?"
}

// completion is the shortest known word that begins with the word; empty where
// none does, or where the word is too short to tell.
func completion(word string, known []string) (best string) {
	for _, k := range known {
		if len(word) >= 3 && strings.HasPrefix(k, strings.ToLower(word)) && (best == "" || len(k) < len(best)) {
			best = k
		}
	}
	return best
}

// readable reports whether a text can be shown as it is: it has no line break,
// control character or mark that turns the direction of writing.
func readable(s string) bool {
	return !hasControl(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.Is(unicode.Bidi_Control, r)
	})
}

// hasControl reports whether a text has a line break or control character.
func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}

// list writes words as "a, b or c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
