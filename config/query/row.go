package query

import "strings"

// Row is what a query asks about. It is asked by keys: [Keys] and [Measures] are
// all that there are.
type Row interface {
	// Field are the values of a field. Those of state, verdict, severity and
	// urgency are as the [Vocabulary] has them; others are as people read them, in
	// any case. The field changed has a value where something changed that nobody
	// has looked at.
	Field(key string) []string
	// Measure is a span of time in seconds, or a share from 0 to 1; it is not ok
	// where that is not known, and where there is none, such as the end of a token
	// that never ends:
	//
	//	ends      the time until the token ends, below zero after it
	//	since     the time for which the profile has been in its state
	//	left      the share that is left of the budget that is nearest to its end
	//	checked   the time since the last check
	//	changed   the time since the last change
	Measure(key string) (amount float64, ok bool)
}

// Indexed is a row with the texts that plain words look through, folded once.
type Indexed struct {
	row Row
	// texts are the folded values, keys the field of each.
	texts, keys []string
}

// Index folds the texts of a row. It must be done anew when the row changes; fields
// that plain words do not look through are asked each time.
func Index(row Row) Indexed {
	x := Indexed{row: row}
	for _, f := range fields() {
		if !f.plain {
			continue
		}
		for _, value := range row.Field(f.key) {
			x.add(f.key, value)
			if words := strings.ReplaceAll(value, "_", " "); f.key == fieldState && words != value {
				x.add(f.key, words)
			}
		}
	}
	return x
}

func (x *Indexed) add(key, value string) {
	x.texts, x.keys = append(x.texts, Fold(value)), append(x.keys, key)
}

// Texts are the folded texts that plain words look through; the first is the name.
// They are not to be changed.
func (x Indexed) Texts() []string { return x.texts }

// has reports whether a value of a field is, or where a part is enough, holds a
// folded text. The empty text stands for a field without a value.
func (x Indexed) has(f field, wanted string) bool {
	if !f.plain {
		return has(x.row.Field(f.key), f.manner, wanted)
	}
	some := false
	for i, key := range x.keys {
		if key != f.key || x.texts[i] == "" {
			continue
		}
		some = true
		if wanted != "" && (x.texts[i] == wanted || f.manner == byPart && strings.Contains(x.texts[i], wanted)) {
			return true
		}
	}
	return wanted == "" && !some
}

// has is [Indexed.has] for values that are not folded.
func has(values []string, m manner, wanted string) bool {
	some := false
	for _, v := range values {
		some = some || v != ""
		if wanted != "" && (m == byPart && foldedContains(v, wanted) || m != byPart && foldedEqual(v, wanted)) {
			return true
		}
	}
	return wanted == "" && !some
}
