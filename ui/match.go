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
	matchWord                 // a word of another field begins with it
	matchText                 // another field contains it
	matchFuzzy                // its letters stand close together in a field
	noMatch
)

// terms are the words of a query, in lower case.
func terms(query string) []string { return strings.Fields(strings.ToLower(query)) }

// matchQuery says how well fields, which are in lower case, answer all words of
// a query: as well as they do the worst of them. The first field is the name.
func matchQuery(fields []string, query string) quality {
	worst := matchName
	for _, term := range terms(query) {
		if worst = max(worst, matchTerm(fields, term)); worst == noMatch {
			break
		}
	}
	return worst
}

func matchTerm(fields []string, term string) quality {
	best := noMatch
	for i, f := range fields {
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
	for _, m := range fuzzy.FindNoSort(term, fields) {
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
