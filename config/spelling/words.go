package spelling

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// MaxShown is how much of a written word a message shows.
const MaxShown = 60

// Quote shows what somebody wrote as part of a message: on one line, without
// characters that do not show, and not at any length.
func Quote(s string) string {
	if utf8.RuneCountInString(s) > MaxShown {
		s = string([]rune(s)[:MaxShown]) + "…"
	}
	return strconv.Quote(s)
}

// DidYouMean ends a message about an unknown word with the nearest known one;
// empty where none is near.
func DidYouMean(word string, known []string) string {
	best := Nearest(word, known)
	if best == "" {
		return ""
	}
	return "; did you mean " + Quote(best) + "?"
}

// Nearest is the known word that is nearest to another, if one is near: two
// changes away, which a swapped pair of letters is, or more in a long word. Where
// none is, the shortest one that begins with the word will do.
func Nearest(word string, known []string) string {
	if len(word) > MaxShown {
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
	return best
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
