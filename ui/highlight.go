package ui

import "strings"

// highlight writes a name with the first of the terms that is in it brought out.
// The terms are in lower case.
func highlight(k *inks, name string, plain ink, terms []string) string {
	for _, term := range terms {
		i := strings.Index(strings.ToLower(name), term)
		// Lower case can have another length than what it is of.
		if i >= 0 && i+len(term) <= len(name) && strings.EqualFold(name[i:i+len(term)], term) {
			return plain.write(name[:i]) + k.match.write(name[i:i+len(term)]) + plain.write(name[i+len(term):])
		}
	}
	return plain.write(name)
}

// highlightAt writes a text with the letters that begin at the given bytes
// brought out.
func highlightAt(in *inks, text string, plain ink, at []int) string {
	var b strings.Builder
	from := 0
	for i, r := range text {
		if len(at) == 0 || at[0] > i {
			continue
		}
		at = at[1:]
		end := i + len(string(r))
		b.WriteString(plain.write(text[from:i]) + in.match.write(text[i:end]))
		from = end
	}
	return b.String() + plain.write(text[from:])
}
