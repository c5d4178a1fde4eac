package store

// Trial returns a store for checks that are only tried. It keeps nothing and knows
// nothing but places, and shares the cooldowns of s: a service that wants no request wants
// none from a trial either.
func (s *Store) Trial() *Store {
	t := s.Newcomer()
	t.tried = s
	return t
}

// Newcomer is a trial that does not know the places either: whatever address the
// service names is as good as on the first day.
func (s *Store) Newcomer() *Store {
	return &Store{cooldowns: s.cooldowns, trial: true, notices: newNotices()}
}
