package query

import (
	"slices"
	"strings"
)

// condition is a term without the exclamation mark.
type condition interface {
	holds(x Indexed) bool
	// decided reports whether the fields that are known settle the condition,
	// whatever the others turn out to be.
	decided(x Indexed, known func(key string) bool) bool
	// narrows reports whether each row that holds the condition holds another one.
	narrows(other condition) bool
	// String is the condition as it is written in a query.
	String() string
}

// term is a condition, or its opposite.
type term struct {
	not bool
	condition
}

func (t term) String() string {
	if t.not {
		return "!" + t.condition.String()
	}
	return t.condition.String()
}

// word is a text that some field holds.
type word struct {
	text, folded string
	// quoted is set where it was written with quotes, without which it could mean
	// something else.
	quoted bool
}

func (w word) holds(x Indexed) bool { return strings.Contains(x.all, w.folded) }

// decided: one text that holds the word settles it; that none does may yet change.
func (w word) decided(x Indexed, known func(key string) bool) bool {
	for _, f := range fields() {
		if f.plain() && known(f.key) && strings.Contains(x.of(f), w.folded) {
			return true
		}
	}
	return false
}

func (w word) String() string {
	if w.quoted {
		return quoted(w.text)
	}
	return w.text
}

// anyOf is a field that has one of some values.
type anyOf struct {
	field field
	// values are as they were written, folded the same as they are compared.
	values, folded []string
	// bare is set where the value alone says what field is meant.
	bare bool
}

func (a anyOf) holds(x Indexed) bool {
	return slices.ContainsFunc(a.folded, func(wanted string) bool { return x.has(a.field, wanted) })
}

func (a anyOf) decided(_ Indexed, known func(key string) bool) bool { return known(a.field.key) }

func (a anyOf) String() string {
	if a.bare {
		return a.values[0]
	}
	all := make([]string, len(a.values))
	for i, v := range a.values {
		all[i] = written(v)
	}
	return a.field.key + ":" + strings.Join(all, ",")
}

// news is what changed and nobody has looked at.
type news struct{}

func (news) holds(x Indexed) bool { return !has(x.row.Field(fieldChanged), byWhole, "") }
func (news) String() string       { return fieldChanged }

func (news) decided(_ Indexed, known func(key string) bool) bool { return known(fieldChanged) }

// comparison compares a measure.
type comparison struct {
	key, operator string
	// text is the amount as it was written.
	text   string
	amount float64
}

func (c comparison) holds(x Indexed) bool {
	is, known := x.row.Measure(c.key)
	if !known {
		return false
	}
	switch c.operator {
	case "<":
		return is < c.amount
	case "<=":
		return is <= c.amount
	case ">":
		return is > c.amount
	}
	return is >= c.amount
}

func (c comparison) decided(_ Indexed, known func(key string) bool) bool { return known(c.key) }

func (c comparison) String() string { return c.key + c.operator + c.text }
