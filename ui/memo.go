package ui

// memo keeps a value for as long as the key that it was made for stays the same.
// What is seen does not depend on it, so that View may use one. Each memo has a
// benchmark (BenchmarkMemo) that shows what it saves.
type memo[K comparable, V any] struct {
	key   K
	value V
	// made counts the makings; it is zero until the first.
	made int
}

// get is the value for a key, made anew where the one that is kept is for
// another.
func (m *memo[K, V]) get(key K, build func() V) V {
	v, _ := m.renew(key, build)
	return v
}

// renew is get, and reports whether the value is a new one.
func (m *memo[K, V]) renew(key K, build func() V) (v V, fresh bool) {
	fresh = m.made == 0 || m.key != key
	if fresh {
		m.value, m.key = build(), key
		m.made++
	}
	return m.value, fresh
}
