package ui

import (
	"strings"

	"github.com/sahilm/fuzzy"

	"rollcall/config/query"
)

// quality is how well a profile answers the filter; less is better.
type quality int

// The qualities, the best first.
const (
	matchName  quality = iota // the name contains the word
	matchWord                 // a word of another text begins with it
	matchText                 // another text contains it
	matchFuzzy                // its letters stand close together in the name
	noMatch
)

// quality says how well a row answers the filter: as well as it answers the word
// that it answers worst.
func (f *filter) quality(row query.Indexed) quality {
	texts := row.Texts()
	if f.asked.Match(row) {
		worst := matchName
		for _, word := range f.words {
			worst = max(worst, matchWordIn(texts, word))
		}
		return worst
	}
	if len(f.words) == 0 || !f.rest.Match(row) {
		return noMatch
	}
	for _, word := range f.words {
		if matchWordIn(texts, word) == noMatch && !inOrder(word, texts[0]) {
			return noMatch
		}
	}
	return matchFuzzy
}

// matchWordIn says how well folded texts, of which the first is the name of the
// profile, answer a word.
func matchWordIn(texts []string, word string) quality {
	best := noMatch
	for i, f := range texts {
		switch at := strings.Index(f, word); {
		case at < 0:
		case i == 0:
			return matchName
		case at == 0 || strings.ContainsAny(f[at-1:at], " @-_./"):
			best = matchWord
		default:
			best = min(best, matchText)
		}
	}
	return best
}

// inOrder reports whether the letters of a word stand in a name in their order,
// and close together.
func inOrder(word, name string) bool {
	for _, m := range fuzzy.FindNoSort(word, []string{name}) {
		return closeTogether(m.MatchedIndexes, word)
	}
	return false
}

// closeTogether keeps a long text from matching everything.
func closeTogether(indexes []int, term string) bool {
	n := len(indexes)
	return n > 1 && indexes[n-1]-indexes[0] < 3*len(term)
}
