package store

// Arrangement returns how a person has arranged the screen, by the names of its
// parts.
func (s *Store) Arrangement() map[string]string {
	all := map[string]string{}
	s.report(s.db.read(0, func(c *session) error {
		clear(all) // A damaged file may have told a part.
		var part, value string
		return c.all("SELECT part, value FROM arrangement WHERE configuration = ?", []any{s.configuration},
			[]column{text(&part), text(&value)}, func() { all[part] = value })
	}))
	return all
}

// Arrange keeps how a person has arranged the screen; parts that are not named
// stay as they are.
func (s *Store) Arrange(parts map[string]string) error {
	return s.db.write(0, func(c *session) error {
		for part, value := range parts {
			if err := c.exec("INSERT OR REPLACE INTO arrangement (configuration, part, value) VALUES (?, ?, ?)",
				s.configuration, part, value); err != nil {
				return err
			}
		}
		return nil
	})
}
