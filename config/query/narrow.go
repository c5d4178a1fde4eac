package query

import (
	"slices"
	"strings"
)

// Narrows reports whether only those rows can answer the query that answer another one at
// the same moment, so that no others need be asked. It may say no where that is so.
func (q Query) Narrows(other Query) bool {
	for _, wide := range other.terms {
		if !slices.ContainsFunc(q.terms, func(t term) bool { return t.narrows(wide) }) {
			return false
		}
	}
	return true
}

// narrows reports whether a row that answers the term answers another one. What is turned
// round is narrowed by what is wider.
func (t term) narrows(other term) bool {
	switch {
	case t.not != other.not:
		return false
	case t.not:
		return other.condition.narrows(t.condition)
	}
	return t.condition.narrows(other.condition)
}

func (w word) narrows(other condition) bool {
	o, ok := other.(word)
	return ok && strings.Contains(w.folded, o.folded)
}

func (a anyOf) narrows(other condition) bool {
	o, ok := other.(anyOf)
	if !ok || a.field.key != o.field.key {
		return false
	}
	return !slices.ContainsFunc(a.folded, func(value string) bool {
		return !slices.ContainsFunc(o.folded, func(part string) bool {
			// The empty text stands for a field without a value, and is no part of one.
			return value == part || a.field.manner == byPart && part != "" && strings.Contains(value, part)
		})
	})
}

func (news) narrows(other condition) bool { return other == condition(news{}) }

func (c comparison) narrows(other condition) bool {
	o, ok := other.(comparison)
	if !ok || c.key != o.key || c.operator[0] != o.operator[0] {
		return false
	}
	if c.amount == o.amount {
		return c.operator == o.operator || o.operator == o.operator[:1]+"="
	}
	return (c.amount < o.amount) == (c.operator[0] == '<')
}
