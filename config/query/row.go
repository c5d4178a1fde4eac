package query

import (
	"iter"
	"strings"
)

// Row is what a query asks about. It is asked by keys: [Keys] and [Measures] are
// all that there are.
type Row interface {
	// Field are the values of a field. Those of state, verdict, severity and
	// urgency are as the [Vocabulary] has them; others are as people read them, in
	// any case. The field changed has a value where something changed that nobody
	// has looked at. The values may be others once the row is asked again.
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
	Texts
}

// Index folds the texts of a row. It must be done anew when the row changes; fields
// that plain words do not look through are asked each time.
func Index(row Row) Indexed { return Fields(row).Of(row) }

// Texts are the texts of a row that plain words look through, folded: those of one
// field after those of the other, the name first. They are one text, so that a word is
// looked for once a row and not once a text, and a row takes no more memory than that.
type Texts struct {
	// all has behind each text what no folded one has in it.
	all string
	// ends are where the texts of each field end in it.
	ends [plainFields]int32
}

// behind stands behind each text: an accent, which folding takes away.
const behind = "\u0301"

// Fields are the folded texts of a row.
func Fields(row Row) Texts {
	var t Texts
	var b strings.Builder
	for _, f := range fields() {
		if !f.plain() {
			continue
		}
		for _, value := range row.Field(f.key) {
			b.WriteString(Fold(value))
			b.WriteString(behind)
			if words := strings.ReplaceAll(value, "_", " "); f.key == fieldState && words != value {
				b.WriteString(Fold(words))
				b.WriteString(behind)
			}
		}
		t.ends[f.place-1] = int32(b.Len()) //nolint:gosec // a row holds no 2 GiB
	}
	t.all = b.String()
	return t
}

// Of is a row with these as its texts.
func (t Texts) Of(row Row) Indexed { return Indexed{row, t} }

// Name is the first text: the name, where there is one.
func (t Texts) Name() string {
	name, _, _ := strings.Cut(t.of(field{place: 1}), behind)
	return name
}

// of are the texts of a field.
func (t Texts) of(f field) string {
	from := int32(0)
	if f.place > 1 {
		from = t.ends[f.place-2]
	}
	return t.all[from:t.ends[f.place-1]]
}

// Values are those that rows have in a field, with each of them folded, as often as they
// are there.
func Values(key string, rows iter.Seq[Indexed]) iter.Seq2[string, string] {
	f, _ := fieldOf(key)
	return func(yield func(value, folded string) bool) {
		for x := range rows {
			// A state has another text besides.
			known := f.plain() && f.key != fieldState
			texts := ""
			if known {
				texts = x.of(f)
			}
			for _, v := range x.row.Field(key) {
				var folded string
				if folded, texts, known = strings.Cut(texts, behind); !known {
					folded = Fold(v)
				}
				if !yield(v, folded) {
					return
				}
			}
		}
	}
}

// Folded are values with each of them folded.
func Folded(values []string) iter.Seq2[string, string] {
	return func(yield func(value, folded string) bool) {
		for _, v := range values {
			if !yield(v, Fold(v)) {
				return
			}
		}
	}
}

// Found is where a word was found in the texts of a row; less is better.
type Found int

// The places, the best first.
const (
	InName Found = iota // in the name
	AtWord              // at the beginning of a word of another text
	InText              // within such a word
	NotFound
)

// Find looks for a folded word.
func (t Texts) Find(word string) Found {
	at := strings.Index(t.all, word)
	switch {
	case at < 0:
		return NotFound
	case at < int(t.ends[0]):
		return InName
	}
	for from := at; ; {
		if before := t.all[:from]; strings.HasSuffix(before, behind) || before == "" || strings.IndexByte(" @-_./", before[len(before)-1]) >= 0 {
			return AtWord
		}
		next := strings.Index(t.all[from+1:], word)
		if next < 0 {
			return InText
		}
		from += 1 + next
	}
}

// has reports whether a value of a field is, or where a part is enough, holds a
// folded text. The empty text stands for a field without a value.
func (x Indexed) has(f field, wanted string) bool {
	if !f.plain() {
		return has(x.row.Field(f.key), f.manner, wanted)
	}
	some := false
	for rest := x.of(f); rest != ""; {
		var text string
		text, rest, _ = strings.Cut(rest, behind)
		if text == "" {
			continue
		}
		some = true
		if wanted != "" && (text == wanted || f.manner == byPart && strings.Contains(text, wanted)) {
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
