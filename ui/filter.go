package ui

import (
	"strings"

	"github.com/sahilm/fuzzy"
)

// filter is the line that narrows the list.
type filter struct {
	line    line
	editing bool
}

// shown reports whether the line is on the screen.
func (f *filter) shown() bool { return f.editing || f.query() != "" }

func (f *filter) query() string { return strings.TrimSpace(f.line.value()) }

// changed does something to the line, and reports whether that changed the
// query.
func (f *filter) changed(do func(*line)) bool {
	before := f.query()
	do(&f.line)
	return f.query() != before
}

// view draws the line w cells wide, and says in which cell the cursor is.
func (f *filter) view(s *Styles, w int) (line string, cursor int) {
	lead := " " + s.glyphs.prompt + " "
	text, at := f.line.window(max(0, w-len(lead)), s.glyphs.tail)
	cursor = min(w-1, len(lead)+at)
	return s.accent.write(cut(lead, w, "")) + s.text.write(text), max(0, cursor)
}

// How well a row answers a query; less is better.
const (
	matchName  = iota // the name contains it
	matchWord         // a word of another field begins with it
	matchText         // another field contains it
	matchFuzzy        // its letters stand close together in a field
	noMatch
)

// answers says how well the row answers all words of the query: as well as it
// does the worst of them. It is remembered, since one event changes few rows.
func (r *row) answers(query string) int {
	k := matchKey{query, r.version}
	if r.matchOf != k {
		r.matchOf, r.match = k, matchName
		for _, term := range terms(query) {
			r.match = max(r.match, matchTerm(r.fields, term))
			if r.match == noMatch {
				break
			}
		}
	}
	return r.match
}

func matchTerm(fields []string, term string) int {
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

// terms are the words of a query, in lower case.
func terms(query string) []string { return strings.Fields(strings.ToLower(query)) }
