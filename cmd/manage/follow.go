package manage

import (
	"cmp"
	"errors"
	"fmt"

	"rollcall/client/store"
	"rollcall/config"
)

// move is a profile that got another name; it is gone where it has none now.
type move struct{ from, to string }

// follow has the state follow changes that were saved. It says what did not
// work, as the end of a sentence.
func (m *Manager) follow(l *lastChange, changes ...config.Edit) string {
	if l == nil {
		return ""
	}
	now := m.parsed(l.after)
	moves := renamed(m.parsed(l.before), now)
	for _, c := range changes {
		// The name is that of a new profile. What the state knows by it was of
		// another one.
		switch c.Kind {
		case config.EditAdd:
			moves = append(moves, move{c.Draft.Name, ""})
		case config.EditDuplicate:
			moves = append(moves, move{c.To, ""})
		}
	}
	if err := m.moveAlong(moves, now); err != nil {
		return fmt.Sprintf("; what is known of it could not be moved along: %v", err)
	}
	return ""
}

// renamed are the profiles that have another name afterwards: those of the same
// account in the same place of the file.
func renamed(before, after *config.Config) []move {
	if len(before.Profiles) != len(after.Profiles) {
		return nil
	}
	var all []move
	for i, p := range before.Profiles {
		q := after.Profiles[i]
		_, still := after.Profile(p.Name)
		_, already := before.Profile(q.Name)
		if !still && !already && p.Provider == q.Provider && p.BaseURL == q.BaseURL && p.Username == q.Username {
			all = append(all, move{p.Name, q.Name})
		}
	}
	return all
}

// moveAlong moves what the state knows of profiles to their new names, and forgets
// the profiles that have none. The configuration, which is the one after the
// change, has their addresses: what the state knows by the same name at another
// address is of another profile.
func (m *Manager) moveAlong(moves []move, c *config.Config) error {
	if len(moves) == 0 {
		return nil
	}
	return m.lend(func(s *store.Store) (err error) {
		for _, v := range moves {
			p, _ := c.Profile(cmp.Or(v.to, v.from))
			err = errors.Join(err, s.Rename(v.from, v.to, m.Services.Endpoint(p.Provider, p.BaseURL)))
			if v.to != "" {
				err = errors.Join(err, s.RenameChoices(v.from, v.to))
			}
		}
		return err
	})
}
