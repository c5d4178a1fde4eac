package ui

import (
	"time"
	"unicode/utf8"

	"rollcall/config/query"
)

// quality is how well a profile answers the filter; less is better.
type quality int

// The qualities, the best first.
const (
	matchName quality = iota // the name contains the word
	matchWord                // a word of another text begins with it
	matchText                // another text contains it
	noMatch
)

// quality says how well a row answers the filter: as well as it answers the word
// that it answers worst. A name that only has the letters of a word is no answer yet.
func (f *filter) quality(r *row, now time.Time) quality {
	worst := matchName
	for _, word := range f.words {
		switch r.texts.Find(word) {
		case query.NotFound:
			return noMatch
		case query.InText:
			worst = max(worst, matchText)
		case query.AtWord:
			worst = max(worst, matchWord)
		case query.InName:
		}
	}
	if !f.holds(r, now) {
		return noMatch
	}
	return worst
}

// holds reports whether a row answers what is asked beside words. What is asked about is
// kept in the filter, so that no row needs a copy of its own for that, and has only what
// the texts of the row do not tell.
func (f *filter) holds(r *row, now time.Time) bool {
	if f.rest.Empty() {
		return true
	}
	a, st := &f.about, &r.standing
	a.Host, a.Source, a.Snapshot, a.Changed = r.host, r.source, r.snap, r.unseen
	a.Now, a.Warning, a.Urgency, a.Turns = now, r.warning, st.Urgency, st.Turns
	return f.rest.Match(r.texts.Of(&f.about))
}

// resembles reports whether a row answers all but words, of which the name has the
// letters.
func (f *filter) resembles(r *row, now time.Time) bool {
	if len(f.words) == 0 {
		return false
	}
	for _, word := range f.words {
		if r.texts.Find(word) == query.NotFound && !inOrder(word, r.sortName()) {
			return false
		}
	}
	return f.holds(r, now)
}

// inOrder reports whether the letters of a word stand in a name in their order,
// and close together: that keeps a long name from matching everything.
func inOrder(word, name string) bool {
	if utf8.RuneCountInString(word) < 2 {
		return false
	}
	for {
		end := endOf(word, name)
		if end < 0 {
			return false
		}
		begin := beginOf(word, name[:end])
		if _, last := utf8.DecodeLastRuneInString(name[:end]); end-last-begin < 3*len(word) {
			return true
		}
		_, first := utf8.DecodeRuneInString(name[begin:])
		name = name[begin+first:]
	}
}

// endOf is where the letters of a word, in their order, first end in a name; negative
// where it has them not.
func endOf(word, name string) int {
	for at, letter := range name {
		wanted, n := utf8.DecodeRuneInString(word)
		if letter != wanted {
			continue
		}
		if word = word[n:]; word == "" {
			return at + n
		}
	}
	return -1
}

// beginOf is the last place at which the letters of a word begin, in their order, in a
// name that has them.
func beginOf(word, name string) int {
	for {
		letter, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
		wanted, m := utf8.DecodeLastRuneInString(word)
		if letter != wanted {
			continue
		}
		if word = word[:len(word)-m]; word == "" {
			return len(name)
		}
	}
}
