package store

import "maps"

// PlaceOnce notes to which address of another origin a profile's credential goes, unless
// that is known already.
func (s *Store) PlaceOnce(profile, endpoint, address string) {
	if s.trial {
		return
	}
	s.mu.Lock()
	if k := (key{profile, endpoint}); s.places[k] == "" {
		s.places[k] = address
	}
	s.mu.Unlock()
	s.wake()
}

// Place returns the address that [Store.PlaceOnce] has noted; ok is false where there is
// none. A trial knows it, too: a secret that is only tried goes nowhere else.
func (s *Store) Place(profile, endpoint string) (address string, ok bool) {
	if s.trial {
		if s.tried == nil {
			return "", false
		}
		return s.tried.Place(profile, endpoint)
	}
	k := key{profile, endpoint}
	err := s.db.read(0, func(c *session) (err error) {
		address, ok, err = c.place(s.configuration, k)
		return err
	})
	if err != nil {
		s.report(err)
	}
	if !ok {
		s.mu.Lock()
		defer s.mu.Unlock()
		address, ok = s.places[k]
	}
	return address, ok
}

// writePlaces writes the places that the database does not have yet.
func (s *Store) writePlaces() error {
	s.mu.Lock()
	places := maps.Clone(s.places)
	s.mu.Unlock()
	if len(places) == 0 {
		return nil
	}
	if err := s.db.decide(func(c *session) error {
		for k, address := range places {
			if err := c.placeAt(s.configuration, k, address, false); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.places, func(k key, _ string) bool { return places[k] != "" })
	return nil
}

func (s *session) place(configuration string, k key) (address string, ok bool, err error) {
	ok, err = s.one("SELECT address FROM places WHERE configuration = ? AND profile = ? AND endpoint = ?",
		[]any{configuration, k.profile, k.endpoint}, text(&address))
	return address, ok, err
}

// placeAt notes a place; again says whether in place of another one.
func (s *session) placeAt(configuration string, k key, address string, again bool) error {
	verb := "INSERT OR IGNORE"
	if again {
		verb = "INSERT OR REPLACE"
	}
	return s.exec(verb+" INTO places (configuration, profile, endpoint, address) VALUES (?, ?, ?, ?)", configuration, k.profile, k.endpoint, address)
}
