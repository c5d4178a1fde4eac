package privacy

import "slices"

// askedOf are the fields of a query that tell of a person or a place.
var askedOf = []string{"user", "email", "org", "host", "source"}

// Own returns a text that the person has chosen for the screen, such as the name or
// the label of a profile, which is what kind says. It stays as it is unless it is,
// or holds, something that has a stand-in: then all of it is replaced, since what
// is left could still tell. What a query asks of a person or a place is withheld: a part
// of a name is enough for it.
func (m *Mask) Own(kind, s string) string {
	if slices.Contains(askedOf, kind) {
		return withheld
	}
	if known, ok := m.standIns[s]; ok {
		return known
	}
	if m.holds(s) || m.Text(s) != s {
		return m.single(s, kind+"-%s")
	}
	return s
}

// holds reports whether words of a text that stand together are a value with a
// stand-in, however they are written: "otter-labs" is "Otter Labs".
func (m *Mask) holds(s string) bool {
	words := plainWords(s)
	for i := range words {
		run := ""
		for _, w := range words[i:] {
			run += w
			if m.plain[run] {
				return true
			}
		}
	}
	return false
}
