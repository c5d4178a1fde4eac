package store

import (
	"time"

	"rollcall/client/account"
)

// Adopt writes checks and changes of profiles that were noted elsewhere. The latest
// check of a profile, which [Store.Save] keeps, is not concerned.
func (s *Store) Adopt(all ...account.Past) error {
	return s.db.write(0, func(c *session) error {
		for _, p := range all {
			id, err := c.profileID(s.configuration, key{p.Profile, p.Endpoint}, time.Now())
			if err != nil {
				return err
			}
			for _, check := range p.Checks {
				if err := c.putCheck(id, check); err != nil {
					return err
				}
			}
			if err := c.putChanges(id, p.Changes); err != nil {
				return err
			}
		}
		return nil
	})
}

// AdoptSnoozes keeps wishes of a person that were made elsewhere, each about a pair
// of name and endpoint. Undo knows nothing of them.
func (s *Store) AdoptSnoozes(all map[[2]string]account.Snooze) error {
	err := s.db.decide(func(c *session) error {
		for k, z := range all {
			if err := c.snooze(s.configuration, key{k[0], k[1]}, z); err != nil {
				return err
			}
		}
		return nil
	})
	s.heard()
	return err
}
