package query

import (
	"iter"
	"slices"
	"strings"
)

// Vocabulary is what the words of a query can mean besides a text to look for.
type Vocabulary struct {
	// States are the names of states, Severities and Urgencies the other words
	// that say how a profile is.
	States, Severities, Urgencies []string
}

// The fields that this package itself asks for by name.
const (
	fieldState    = "state"
	fieldVerdict  = "verdict"
	fieldSeverity = "severity"
	fieldUrgency  = "urgency"
	fieldChanged  = "changed"
)

// manner is how the values of a field are compared with what is asked.
type manner int

const (
	// byPart is where a part of a value is enough.
	byPart manner = iota
	// byWhole is the whole value, whatever its case and accents.
	byWhole
	// byList is the whole value, out of a closed list.
	byList
)

// field is one that key:value asks.
type field struct {
	key string
	// says is what a value of it is called in a sentence.
	says   string
	manner manner
	// place is that of its texts among those that plain words look through, from 1;
	// zero where they do not look into it.
	place int
}

// plain reports whether plain words look into the field.
func (f field) plain() bool { return f.place > 0 }

// plainFields is how many fields plain words look into.
const plainFields = 8

// fields are all that key:value can ask. The name comes first, so that it is the
// first of the texts of a row.
func fields() [15]field {
	return [...]field{
		{"name", "name", byPart, 1},
		{fieldState, "state", byList, 2},
		{fieldVerdict, "verdict", byList, 0},
		{fieldSeverity, "severity", byList, 0},
		{fieldUrgency, "urgency", byList, 0},
		{"tag", "tag", byWhole, 3},
		{"service", "service", byWhole, 4},
		{"label", "label", byPart, 5},
		{"user", "user", byPart, 6},
		{"email", "e-mail address", byPart, 7},
		{"org", "organization", byPart, 8},
		{"host", "host", byPart, 0},
		{"source", "source", byPart, 0},
		{"scope", "scope", byPart, 0},
		{"kind", "kind", byPart, 0},
	}
}

// fieldOf is the field with a key.
func fieldOf(key string) (field, bool) {
	for _, f := range fields() {
		if f.key == key {
			return f, true
		}
	}
	return field{}, false
}

// measure is one that can be compared.
type measure struct {
	key string
	// share is set for one that is a share of a whole; others are spans of time.
	share bool
}

// measures are all that can be compared.
func measures() []measure {
	return []measure{{"ends", false}, {"since", false}, {"left", true}, {"checked", false}, {fieldChanged, false}}
}

// measureOf is the measure with a key.
func measureOf(key string) (measure, bool) {
	all := measures()
	i := slices.IndexFunc(all, func(m measure) bool { return m.key == key })
	if i < 0 {
		return measure{}, false
	}
	return all[i], true
}

// Keys are the fields that key:value asks.
func Keys() (all []string) {
	for _, f := range fields() {
		all = append(all, f.key)
	}
	return all
}

// Measures are what can be compared.
func Measures() (all []string) {
	for _, m := range measures() {
		all = append(all, m.key)
	}
	return all
}

// list are the values that a field with a closed list can have.
func (v Vocabulary) list(key string) []string {
	switch key {
	case fieldState, fieldVerdict:
		return v.States
	case fieldSeverity:
		return v.Severities
	case fieldUrgency:
		return v.Urgencies
	}
	return nil
}

// meanings are the words that ask a field by themselves, field by field.
func (v Vocabulary) meanings() iter.Seq2[string, []string] {
	return func(yield func(string, []string) bool) {
		for _, key := range []string{fieldSeverity, fieldUrgency, fieldState} {
			// The severity none says nothing that a person would look for.
			said := slices.DeleteFunc(slices.Clone(v.list(key)), func(s string) bool { return s == "none" })
			if !yield(key, said) {
				return
			}
		}
	}
}

// meaning is the field that a word by itself asks, and the value as it is spelled.
func (v Vocabulary) meaning(word string) (key, value string) {
	for key, list := range v.meanings() {
		if value, ok := spelled(word, list); ok {
			return key, value
		}
	}
	return "", ""
}

// spelled is a value of a closed list as it is spelled there: blanks and hyphens
// stand for underscores, and case does not matter.
func spelled(word string, list []string) (string, bool) {
	word = underscored(Fold(word))
	return word, slices.Contains(list, word)
}

func underscored(word string) string { return strings.NewReplacer(" ", "_", "-", "_").Replace(word) }
