package insight

import (
	"fmt"
	"strings"

	"rollcall/client/text"
)

// one is what a single fact of the kind is called.
func (k FactKind) one() string { return strings.TrimSuffix(k.Title(), "s") }

// Sum is how many rows differ, by their kinds: "2 names, 1 e-mail"; empty for none.
func (m *Matrix) Sum() string {
	var parts []string
	for kind, n := range m.Differing {
		if n > 0 {
			parts = append(parts, text.Plural(n, FactKind(kind).one()))
		}
	}
	return strings.Join(parts, ", ")
}

// Sentence says of a fact which profiles have it, and which have it not although they
// could: "organization Acme: work (owner) and ci, not lab". Name gives the names of the
// profiles.
func (m *Matrix) Sentence(f *Fact, name func(profile int) string) string {
	holders, lacking := m.Holders(f)
	detailed := func(i int) string {
		if _, detail := m.Cell(f, i); detail != "" {
			return fmt.Sprintf("%s (%s)", name(i), detail)
		}
		return name(i)
	}
	said := f.Kind.one() + " " + f.Label + ": " + listed(holders, detailed)
	if len(lacking) > 0 {
		said += ", not " + listed(lacking, name)
	}
	return said
}

// listed names profiles: "work, ci and 3 more".
func listed(profiles []int, name func(int) string) string {
	var names []string
	for _, i := range profiles[:min(len(profiles), maxListedNames)] {
		names = append(names, name(i))
	}
	if more := len(profiles) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	return text.AllOf(names)
}
