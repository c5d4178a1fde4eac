package ui

import (
	"strings"

	"github.com/sahilm/fuzzy"
)

// quality is how well a profile answers a query; less is better.
type quality int

// The qualities, the best first.
const (
	matchName  quality = iota // the name contains the query
	matchWord                 // a word of another text begins with it
	matchText                 // another text contains it
	matchFuzzy                // its letters stand close together in a text
	noMatch
)

// terms are the words of a query, in lower case.
func terms(query string) []string { return strings.Fields(strings.ToLower(query)) }

// matchQuery says how well texts, which are in lower case, answer all words of
// a query: as well as they answer the word that they answer worst. The first
// text is the name of the profile.
func matchQuery(texts []string, query string) quality {
	worst := matchName
	for _, term := range terms(query) {
		if worst = max(worst, matchTerm(texts, term)); worst == noMatch {
			break
		}
	}
	return worst
}

func matchTerm(texts []string, term string) quality {
	best := noMatch
	for i, f := range texts {
		switch at := strings.Index(f, term); {
		case at < 0:
		case i == 0:
			return matchName
		case at == 0 || strings.ContainsAny(f[at-1:at], " @-_./"):
			best = matchWord
		default:
			best = min(best, matchText)
		}
	}
	if best < noMatch {
		return best
	}
	for _, m := range fuzzy.FindNoSort(term, texts) {
		if closeTogether(m.MatchedIndexes, term) {
			return matchFuzzy
		}
	}
	return noMatch
}

// closeTogether keeps a long text from matching everything.
func closeTogether(indexes []int, term string) bool {
	n := len(indexes)
	return n > 1 && indexes[n-1]-indexes[0] < 3*len(term)
}
