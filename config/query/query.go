package query

import (
	"fmt"
	"slices"
	"strings"

	"rollcall/config/spelling"
)

// Query is a query that was read. The zero value is the empty query, which every
// row answers.
type Query struct{ terms []term }

// Empty reports whether every row answers the query.
func (q Query) Empty() bool { return len(q.terms) == 0 }

// And is the query that a row answers which answers both. A term that both have is in
// it once.
func (q Query) And(o Query) (both Query) {
	has := map[string]bool{}
	for _, t := range slices.Concat(q.terms, o.terms) {
		if written := t.String(); !has[written] {
			has[written] = true
			both.terms = append(both.terms, t)
		}
	}
	return both
}

// Match reports whether a row answers the query.
func (q Query) Match(x Indexed) bool {
	for _, t := range q.terms {
		if t.holds(x) == t.not {
			return false
		}
	}
	return true
}

// May reports whether a row of which only some fields are known yet may answer the
// query: it does unless these alone say no. So whoever has to ask somebody for
// the other fields can leave out those who are not meant in any case.
func (q Query) May(x Indexed, known func(key string) bool) bool {
	for _, t := range q.terms {
		if t.decided(x, known) && t.holds(x) == t.not {
			return false
		}
	}
	return true
}

// Absent says why a query finds nothing where that is because of one value: the
// first that it wants of a field without a closed list and that none of the known
// values answers. It is empty where there is none.
func (q Query) Absent(known func(key string) []string) string {
	for _, t := range q.terms {
		a, ok := t.condition.(anyOf)
		if !ok || t.not || a.field.manner == byList {
			continue
		}
		all := known(a.field.key)
		for i, wanted := range a.folded {
			if wanted != "" && !has(all, a.field.manner, wanted) {
				return absent(a.field, a.values[i], all)
			}
		}
	}
	return ""
}

// fewWords is how many words are named where none is near to what was written.
const fewWords = 10

// absent says that there is no value of a field, and what would be right.
func absent(f field, value string, known []string) string {
	near := spelling.DidYouMean(value, known)
	if n := len(known); near == "" && 0 < n && n < fewWords {
		near = "; there are " + strings.Join(known, ", ")
		if n == 1 {
			near = "; there is " + known[0]
		}
	}
	return fmt.Sprintf("there is no %s %s%s", f.says, spelling.Quote(value), near)
}

// String is the query as it can be written: what is read from it is the same
// query.
func (q Query) String() string {
	all := make([]string, len(q.terms))
	for i, t := range q.terms {
		all[i] = t.String()
	}
	return strings.Join(all, " ")
}

// Told is [Query.String] with each value as told gives it, which can be any text: the
// values of a closed list, such as states, stay as they are. kind is the key of the field,
// "word" for a text that any field may hold.
func (q Query) Told(told func(kind, value string) string) string {
	shown := Query{slices.Clone(q.terms)}
	for i, t := range shown.terms {
		switch c := t.condition.(type) {
		case word:
			c.text = told("word", c.text)
			shown.terms[i].condition = c
		case anyOf:
			if c.field.manner == byList {
				continue
			}
			c.values = slices.Clone(c.values)
			for j, v := range c.values {
				c.values[j] = told(c.field.key, v)
			}
			shown.terms[i].condition = c
		}
	}
	return shown.String()
}

// Words are the texts that a row must hold somewhere, folded. Those with an
// exclamation mark are none.
func (q Query) Words() (all []string) {
	for _, t := range q.terms {
		if w, ok := t.condition.(word); ok && !t.not {
			all = append(all, w.folded)
		}
	}
	return all
}

// WithoutWords is the query without the terms that [Query.Words] are, for those who
// compare these in another way.
func (q Query) WithoutWords() (rest Query) {
	for _, t := range q.terms {
		if _, ok := t.condition.(word); !ok || t.not {
			rest.terms = append(rest.terms, t)
		}
	}
	return rest
}
