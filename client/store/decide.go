package store

import (
	"time"

	"rollcall/client/account"
)

// Repin pins a profile to the user with an id in place of any other. Undo can take
// it back, like a snooze and a choice.
func (s *Store) Repin(profile, endpoint, id string) error {
	return s.RepinAt(profile, endpoint, id, "")
}

// RepinAt pins a profile to a user and to the address of another origin that its
// credential goes to. What is empty stays as it is.
func (s *Store) RepinAt(profile, endpoint, id, address string) error {
	k := key{profile, endpoint}
	user, _ := s.Pin(profile, endpoint)
	place, _ := s.Place(profile, endpoint)
	var number int64
	if err := s.db.decide(func(c *session) (err error) {
		var parts []Part
		if id != "" {
			if err := c.pinTo(s.configuration, k, id, true); err != nil {
				return err
			}
			parts = append(parts, Part{Kind: PartPin, Profile: profile, Endpoint: endpoint, Was: user, Became: id})
		}
		if address != "" {
			if err := c.placeAt(s.configuration, k, address, true); err != nil {
				return err
			}
			parts = append(parts, Part{Kind: PartPlace, Profile: profile, Endpoint: endpoint, Was: place, Became: address})
		}
		if len(parts) == 2 && !parts[0].changes() {
			parts = parts[1:]
		}
		number, err = c.note(s.configuration, time.Now(), parts...)
		return err
	}); err != nil {
		return err
	}
	s.noted(number, nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	if id != "" {
		delete(s.pins, k)
	}
	if address != "" {
		delete(s.places, k)
	}
	s.decisions++
	return nil
}

// Snooze keeps the wish of a person; the zero value takes it back.
func (s *Store) Snooze(profile, endpoint string, z account.Snooze) error {
	return s.SnoozeAll([]Wish{{profile, endpoint, z}})
}

// Wish is a snooze that a person wants for a profile.
type Wish struct {
	Profile, Endpoint string
	account.Snooze
}

// SnoozeAll keeps wishes of a person, which undo takes back together.
func (s *Store) SnoozeAll(wishes []Wish) error {
	if len(wishes) == 0 {
		return nil
	}
	var number int64
	err := s.db.decide(func(c *session) error {
		all, err := c.snoozes(s.configuration)
		if err != nil {
			return err
		}
		var parts []Part
		for _, w := range wishes {
			k := key{w.Profile, w.Endpoint}
			if err := c.snooze(s.configuration, k, w.Snooze); err != nil {
				return err
			}
			if p := (Part{Kind: PartSnooze, Profile: w.Profile, Endpoint: w.Endpoint, Snoozed: all[k], Snoozes: w.Snooze}); p.changes() || len(wishes) == 1 {
				parts = append(parts, p)
			}
		}
		if len(parts) == 0 {
			parts = []Part{{Kind: PartOther}}
		}
		number, err = c.note(s.configuration, time.Now(), parts...)
		return err
	})
	s.noted(number, err)
	s.heard()
	return err
}

// heard is told of a decision: the snoozes are read anew when they are next asked for.
func (s *Store) heard() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.snoozes = nil
	s.decisions++
}

// Decisions grows with each decision that this store was told of, or has heard of in
// [Store.Run]. What was read of decisions after it was asked holds while it is the same.
func (s *Store) Decisions() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.decisions
}

// Pins returns the users that the profiles of the configuration are pinned to, by name and
// endpoint: one question in place of one for each.
func (s *Store) Pins() map[[2]string]string {
	all, written := map[[2]string]string{}, int64(0)
	if s.trial {
		return all
	}
	s.report(s.db.read(0, func(c *session) (err error) {
		clear(all) // A damaged file may have told a part.
		if written, err = c.decisions(); err != nil {
			return err
		}
		var k [2]string
		var user string
		return c.all("SELECT profile, endpoint, user FROM pins WHERE configuration = ?", []any{s.configuration},
			[]column{text(&k[0]), text(&k[1]), text(&user)}, func() { all[k] = user })
	}))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pinned = written
	return all
}

// Snoozed returns the wish of a person about a profile; zero where there is none.
// It knows what another rollcall was told when [Store.Run] has heard of it.
func (s *Store) Snoozed(profile, endpoint string) account.Snooze {
	if s.trial {
		return account.Snooze{}
	}
	s.mu.Lock()
	all := s.snoozes
	s.mu.Unlock()
	if all == nil {
		all = map[key]account.Snooze{}
		if err := s.db.read(0, func(c *session) (err error) {
			all, err = c.snoozes(s.configuration)
			return err
		}); err != nil {
			s.report(err)
			return all[key{profile, endpoint}]
		}
		s.mu.Lock()
		s.snoozes = all
		s.mu.Unlock()
	}
	return all[key{profile, endpoint}]
}

// Rename moves what is known of a profile to another name at the same endpoint,
// in place of what is known under that name. An empty name forgets the profile.
func (s *Store) Rename(profile, to, endpoint string) error {
	if profile == to {
		return nil
	}
	if err := s.writeRecords(); err != nil {
		return err
	}
	err := s.db.changeExisting(func(c *session) error {
		if err := c.rename(s.configuration, key{profile, endpoint}, key{to, endpoint}); err != nil {
			return err
		}
		return c.exec("UPDATE meta SET decisions = decisions + 1 WHERE id = ?", 1)
	})
	s.heard()
	return err
}

// Choices are the profiles that a person has chosen.
type Choices struct {
	// Active is the one that is taken wherever nothing nearer names another; empty
	// for none.
	Active string
	// Folders have the profile that each is tied to.
	Folders map[string]string
}

// Choices returns the choices of the configuration.
func (s *Store) Choices() (Choices, error) {
	c := Choices{Folders: map[string]string{}}
	err := s.db.read(0, func(db *session) (err error) {
		c.Folders, err = db.choices(s.configuration)
		return err
	})
	c.Active = c.Folders[""]
	delete(c.Folders, "")
	return c, err
}

// Choose chooses a profile for a folder and those in it, or everywhere where the
// folder is empty. An empty profile takes the choice back. It reports whether
// anything was chosen there before or now.
func (s *Store) Choose(folder, profile string) (was bool, err error) {
	var number int64
	err = s.db.decide(func(c *session) error {
		before, err := c.choices(s.configuration)
		if err != nil {
			return err
		}
		if was, err = c.choose(s.configuration, folder, profile); err != nil {
			return err
		}
		number, err = c.note(s.configuration, time.Now(), Part{Kind: PartChoice, Folder: folder, Was: before[folder], Became: profile})
		return err
	})
	s.noted(number, err)
	return was, err
}

// RenameChoices has what chose a profile choose it under another name.
func (s *Store) RenameChoices(profile, to string) error {
	return s.db.changeExisting(func(c *session) error {
		if err := c.renameChoices(s.configuration, profile, to); err != nil {
			return err
		}
		return c.exec("UPDATE meta SET decisions = decisions + 1 WHERE id = ?", 1)
	})
}
