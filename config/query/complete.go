package query

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Completion is a way to go on with a query.
type Completion struct {
	// Text takes the place of what is between the characters From and To, which
	// count from 0. It ends in a colon or a comparison where more must follow.
	Text     string
	From, To int
}

// Of is the whole query with the completion in it.
func (c Completion) Of(text string) string {
	letters := []rune(text)
	return string(letters[:c.From]) + c.Text + string(letters[c.To:])
}

// After is the whole query where it can be had by writing on at the end of a text,
// as shells want it: a quote that the value needs then stands within it. It is
// empty where something that is written would have to change.
func (c Completion) After(text string) string {
	if whole := c.Of(text); strings.HasPrefix(whole, text) {
		return whole
	}
	value, all := unquoted(c.Text), []rune(text)
	if begun := string(all[c.From:]); c.To == len(all) && strings.HasPrefix(value, begun) {
		return text + quoted(value[len(begun):])
	}
	return ""
}

// Complete tells how a query can go on at a cursor, which is the number of
// characters before it: with fields, measures and words where a term begins, and
// with the values of the field after its colon, as many as most at most. values are those
// that are there of a field without a closed list, with each of them folded, in any order
// and as often as they are there. What begins with what is written comes before what
// holds it elsewhere.
func Complete(
	text string, cursor int, words Vocabulary, most int, values func(key string) iter.Seq2[string, string],
) []Completion {
	_, term := cutNot(tokenAt(text, cursor))
	if len(term) > 0 && term.column() > cursor+1 {
		return nil
	}
	key, operator, rest := cutKey(term)
	name := strings.ToLower(key.text())
	switch f, isField := fieldOf(name); {
	case operator.text() == "" || operator.column() > cursor:
		// Behind what a field may be named with, the term is a text to look for.
		if term.marked() || len(rest) > 0 && rest.column() <= cursor {
			return nil
		}
		part := term[:len(term)-len(rest)]
		return completions(part, cursor, most, beginningWith(Fold(before(part, cursor)), words.beginnings()))
	case operator.text() == ":" && isField:
		part, given := partAt(rest, cursor)
		begun := Fold(before(part, cursor))
		var found []string
		if f.manner == byList {
			begun = underscored(begun)
			known := slices.DeleteFunc(slices.Clone(words.list(name)), func(v string) bool { return slices.Contains(given, Fold(v)) })
			found = append(beginningWith(begun, known), holding(begun, known)...)
		} else {
			found = likeliest(begun, values(name), given, most)
		}
		for i, v := range found {
			found[i] = written(v)
		}
		return completions(part, cursor, most, found)
	}
	return nil
}

// candidate is a value that a part of a query can become.
type candidate struct {
	value, folded string
	// within is set where what is begun stands elsewhere than at its beginning.
	within bool
}

func (c candidate) compare(o candidate) int {
	if c.within != o.within {
		if o.within {
			return -1
		}
		return 1
	}
	return cmp.Compare(c.folded, o.folded)
}

// likeliest are the values that hold a folded text, in the order of words, as many as most
// at most: those that begin with it, then the others. Of those that a query does not tell
// apart it is the first alone. No more than these are kept on the way: there can be as many
// values as profiles, of which few are seen.
func likeliest(begun string, values iter.Seq2[string, string], given []string, most int) []string {
	var kept []candidate
	// So many of them are in order. The others are put in order once they are more, so that
	// each is moved a few times, however many are kept.
	ordered := 0
	for v, folded := range values {
		at := strings.Index(folded, begun)
		if at < 0 || v == "" || slices.Contains(given, folded) {
			continue
		}
		c := candidate{v, folded, at > 0}
		if place, known := slices.BinarySearchFunc(kept[:ordered], c, candidate.compare); known || place >= most {
			continue
		}
		if kept = append(kept, c); len(kept) > 2*ordered {
			kept = inOrder(kept, most)
			ordered = len(kept)
		}
	}
	kept = inOrder(kept, most)
	all := make([]string, len(kept))
	for i, c := range kept {
		all[i] = c.value
	}
	return all
}

// inOrder are the first of some candidates, each once.
func inOrder(all []candidate, most int) []candidate {
	slices.SortStableFunc(all, candidate.compare)
	all = slices.CompactFunc(all, func(a, b candidate) bool { return a.compare(b) == 0 })
	return all[:min(len(all), most)]
}

// beginnings are all that a term can begin with, or be.
func (v Vocabulary) beginnings() (all []string) {
	for _, key := range Keys() {
		all = append(all, key+":")
	}
	for _, key := range Measures() {
		all = append(all, key+"<")
	}
	for _, list := range v.meanings() {
		all = append(all, list...)
	}
	return append(all, fieldChanged)
}

// tokenAt is the term that a cursor stands in or at the end of; empty for none.
func tokenAt(text string, cursor int) chars {
	all, _ := tokens(text)
	for _, token := range all {
		if token.column() <= cursor+1 && cursor <= token[len(token)-1].column {
			return token
		}
	}
	return nil
}

// partAt is the one of the values of a term that a cursor stands in, and the
// others, folded.
func partAt(rest chars, cursor int) (part chars, others []string) {
	parts, at := rest.split(','), 0
	for _, c := range rest {
		if c.is(',') && c.column <= cursor {
			at++
		}
	}
	for i, p := range parts {
		if i != at {
			others = append(others, Fold(p.text()))
		}
	}
	return parts[at], others
}

// before is the text of a part up to the cursor.
func before(part chars, cursor int) string {
	if len(part) == 0 {
		return ""
	}
	return part[:max(0, cursor-part.column()+1)].text()
}

// beginningWith are the known texts that begin with a folded one.
func beginningWith(begun string, known []string) (all []string) {
	for _, k := range known {
		if strings.HasPrefix(Fold(k), begun) {
			all = append(all, k)
		}
	}
	return all
}

// holding are the known texts that have a folded one anywhere but at their
// beginning.
func holding(begun string, known []string) (all []string) {
	for _, k := range known {
		if folded := Fold(k); strings.Contains(folded, begun) && !strings.HasPrefix(folded, begun) {
			all = append(all, k)
		}
	}
	return all
}

// completions put each of the first of some texts in the place of a part of the query.
func completions(part chars, cursor, most int, texts []string) (all []Completion) {
	from, to := cursor, cursor
	if len(part) > 0 {
		from, to = part.column()-1, part[len(part)-1].column
	}
	for _, t := range texts[:min(len(texts), most)] {
		all = append(all, Completion{t, from, to})
	}
	return all
}
