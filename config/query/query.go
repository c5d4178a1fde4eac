package query

import "strings"

// Query is a query that was read. The zero value is the empty query, which every
// row answers.
type Query struct{ terms []term }

// Empty reports whether every row answers the query.
func (q Query) Empty() bool { return len(q.terms) == 0 }

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

// Absent is the first value that the query wants of a field without a closed list
// and that none of the known values of this field answers; empty for none.
func (q Query) Absent(known func(key string) []string) (key, value string) {
	for _, t := range q.terms {
		a, ok := t.condition.(anyOf)
		if !ok || t.not || a.field.manner == byList {
			continue
		}
		for i, wanted := range a.folded {
			if wanted != "" && !has(known(a.field.key), a.field.manner, wanted) {
				return a.field.key, a.values[i]
			}
		}
	}
	return "", ""
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
