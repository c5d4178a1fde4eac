package config

import (
	"cmp"
	"slices"
)

// span is a part of a text, from one offset up to, and without, another.
type span struct{ start, end int }

// splice is a part of a text and what takes its place.
type splice struct {
	span
	text string
}

// spliced is a text with other parts in the place of some of its own, which must
// not overlap.
func spliced(data []byte, parts []splice) []byte {
	slices.SortStableFunc(parts, func(a, b splice) int { return cmp.Compare(a.start, b.start) })
	var out []byte
	from := 0
	for _, p := range parts {
		out = append(append(out, data[from:p.start]...), p.text...)
		from = p.end
	}
	return append(out, data[from:]...)
}
