package store

import (
	"time"

	"rollcall/client/account"
)

// Rotations are those that a person has begun and not ended or called off, in
// their order. What is known of the old secrets is left out, see [Store.Formers].
func (s *Store) Rotations() (all []account.Rotation, err error) {
	err = s.db.read(0, func(c *session) error {
		all = nil // A damaged file may have told some.
		var r account.Rotation
		return c.all(`SELECT profile, step, begun, written, refused FROM rotations WHERE configuration = ? ORDER BY position, profile`,
			[]any{s.configuration}, []column{text(&r.Profile), text(&r.Step), timeOut{&r.Begun}, timeOut{&r.Written}, flagOut{&r.Refused}},
			func() { all = append(all, r) })
	})
	return all, err
}

// BeginRotations begins rotations of profiles, behind those that are under way.
// One of the same profile begins anew; those in which nothing is left to do go.
func (s *Store) BeginRotations(profiles []string, now time.Time) error {
	return s.db.decide(func(c *session) error {
		if err := c.exec("DELETE FROM rotations WHERE configuration = ? AND step IN (?, ?)",
			s.configuration, string(account.RotationDone), string(account.RotationSkipped)); err != nil {
			return err
		}
		var last int64
		if _, err := c.one("SELECT coalesce(max(position), 0) FROM rotations WHERE configuration = ?", []any{s.configuration}, count(&last)); err != nil {
			return err
		}
		for i, profile := range profiles {
			if err := c.exec(`INSERT OR REPLACE INTO rotations (configuration, profile, position, step, begun) VALUES (?, ?, ?, ?, ?)`,
				s.configuration, profile, last+1+int64(i), string(account.RotationPage), now.UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	})
}

// StepRotation notes how far the rotation of a profile has come. One that was
// not begun stays so.
func (s *Store) StepRotation(r account.Rotation) error {
	return s.db.decide(func(c *session) error {
		return c.exec("UPDATE rotations SET step = ?, written = ?, refused = ? WHERE configuration = ? AND profile = ?",
			string(r.Step), timeIn(r.Written), flagIn(r.Refused), s.configuration, r.Profile)
	})
}

// EndRotations forgets the rotations of profiles, wherever they stand; all, where none is
// named.
func (s *Store) EndRotations(profiles ...string) error {
	return s.db.decide(func(c *session) error {
		if len(profiles) == 0 {
			return c.exec("DELETE FROM rotations WHERE configuration = ?", s.configuration)
		}
		for _, profile := range profiles {
			if err := c.exec("DELETE FROM rotations WHERE configuration = ? AND profile = ?", s.configuration, profile); err != nil {
				return err
			}
		}
		return nil
	})
}

// Former is a secret that was replaced and is kept so that it can be put back:
// where it is, and since when.
type Former struct {
	Profile string
	// Source and Place are where it is, as a configuration calls that.
	Source, Place string
	Kept          time.Time
	// Watched is set where the service is asked now and then whether it takes the
	// secret still. Asked is when it was last.
	Watched bool
	Asked   time.Time
}

// Formers are the secrets that are kept for undo, the longest kept first.
func (s *Store) Formers() (all []Former, err error) {
	err = s.db.read(0, func(c *session) error {
		all = nil
		var f Former
		return c.all(`SELECT profile, source, place, kept, watched, asked FROM formers WHERE configuration = ? ORDER BY kept, profile`,
			[]any{s.configuration}, []column{text(&f.Profile), text(&f.Source), text(&f.Place), timeOut{&f.Kept}, flagOut{&f.Watched}, timeOut{&f.Asked}},
			func() { all = append(all, f) })
	})
	return all, err
}

// KeepFormer notes where a secret is kept from now on, in place of the one that was
// kept there.
func (s *Store) KeepFormer(f Former) error {
	return s.db.decide(func(c *session) error {
		return c.exec(`INSERT OR REPLACE INTO formers (configuration, source, place, profile, kept, watched, asked) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			s.configuration, f.Source, f.Place, f.Profile, f.Kept.UnixMilli(), boolIn(f.Watched), timeIn(f.Asked))
	})
}

// DropFormer notes that a secret is not kept any more.
func (s *Store) DropFormer(f Former) error {
	return s.db.decide(func(c *session) error {
		return c.exec("DELETE FROM formers WHERE configuration = ? AND source = ? AND place = ?", s.configuration, f.Source, f.Place)
	})
}

// ClaimFormer notes that the service is asked about a secret now, unless somebody has
// asked since a time or the secret is another one by now. It reports whether the
// caller is the one to ask.
func (s *Store) ClaimFormer(f Former, since, now time.Time) (mine bool, err error) {
	err = s.db.decide(func(c *session) error {
		n, err := c.change(`UPDATE formers SET asked = ? WHERE configuration = ? AND source = ? AND place = ? AND kept = ?
  AND coalesce(asked, 0) <= ?`, now.UnixMilli(), s.configuration, f.Source, f.Place, f.Kept.UnixMilli(), since.UnixMilli())
		mine = n > 0
		return err
	})
	return mine, err
}

// renameRotations has rotations and kept secrets follow a profile to another name.
// Without one, its rotation is forgotten, and what is kept of it stays known, so that
// it is deleted in time.
func (s *session) renameRotations(configuration, from, to string) error {
	if err := s.exec("DELETE FROM rotations WHERE configuration = ? AND profile = ?", configuration, to); err != nil {
		return err
	}
	if to == "" {
		return s.exec("DELETE FROM rotations WHERE configuration = ? AND profile = ?", configuration, from)
	}
	for _, table := range []string{"rotations", "formers"} {
		if err := s.exec("UPDATE "+table+" SET profile = ? WHERE configuration = ? AND profile = ?", to, configuration, from); err != nil {
			return err
		}
	}
	return nil
}
