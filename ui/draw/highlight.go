package draw

import (
	"strings"

	"rollcall/ui/theme"
)

// Highlight writes a name with the first of the terms that is in it brought out.
// The terms are in lower case.
func Highlight(k *theme.Inks, name string, plain theme.Ink, terms []string) string {
	for _, term := range terms {
		i := strings.Index(strings.ToLower(name), term)
		// Lower case can have another length than what it is of.
		if i >= 0 && i+len(term) <= len(name) && strings.EqualFold(name[i:i+len(term)], term) {
			return plain.Render(name[:i]) + k.Match.Render(name[i:i+len(term)]) + plain.Render(name[i+len(term):])
		}
	}
	return plain.Render(name)
}

// HighlightAt writes a text with the letters that begin at the given bytes
// brought out.
func HighlightAt(in *theme.Inks, text string, plain theme.Ink, at []int) string {
	var b strings.Builder
	from := 0
	for i, r := range text {
		if len(at) == 0 || at[0] > i {
			continue
		}
		at = at[1:]
		end := i + len(string(r))
		b.WriteString(plain.Render(text[from:i]) + in.Match.Render(text[i:end]))
		from = end
	}
	return b.String() + plain.Render(text[from:])
}
