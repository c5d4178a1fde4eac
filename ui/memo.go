package ui

// memo keeps what was drawn until the key of it changes. It changes nothing
// that is seen, so a View may use one.
type memo[K comparable] struct {
	key   K
	lines []string
	// drawn counts the drawings; it is zero until the first.
	drawn int
}

func (m *memo[K]) get(key K, draw func() []string) []string {
	if m.drawn == 0 || m.key != key {
		m.lines, m.key = draw(), key
		m.drawn++
	}
	return m.lines
}
