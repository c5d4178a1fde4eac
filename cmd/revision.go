package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"rollcall/client"
	"rollcall/config"
)

// fromBackup is the last change that rollcall saved, by the backup that it
// kept. Where the file was written after its backup, somebody else did that,
// and it cannot be told what to take back.
func fromBackup(path string) (*revision, error) {
	// The backup is beside the file itself, not beside a link to it.
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return nil, fmt.Errorf("there is nothing to take back: %s does not exist", path)
	}
	backup := target + "~"
	was, err := os.Stat(backup)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is nothing to take back: %s has no backup beside it yet", path)
	}
	if err != nil {
		return nil, err
	}
	is, err := os.Stat(target)
	if err != nil {
		return nil, err
	}
	if is.ModTime().After(was.ModTime()) {
		return nil, fmt.Errorf("%s was changed since by another program, so that rollcall takes nothing back\n"+
			"What it held before is in %s", path, backup)
	}
	var r revision
	if r.before, err = os.ReadFile(backup); err != nil {
		return nil, err
	}
	r.after, err = os.ReadFile(target)
	return &r, err
}

// takenBack tells what a person has again after a change was taken back.
func takenBack(r *revision) string {
	before, after := configOf(r.before), configOf(r.after)
	if moves := renamed(r.before, r.after); len(moves) > 0 {
		return fmt.Sprintf("took back the last change: %s is called %s again", moves[0][1], moves[0][0])
	}
	for _, p := range before.Profiles {
		if _, still := after.Profile(p.Name); !still {
			return fmt.Sprintf("took back the last change: %s is there again", p.Name)
		}
	}
	for _, p := range after.Profiles {
		if _, already := before.Profile(p.Name); !already {
			return fmt.Sprintf("took back the last change: %s is gone again", p.Name)
		}
	}
	return "took back the last change"
}

// renamed are the profiles that have another name in a text: those of the same
// account in the same place, as names from and to.
func renamed(before, after []byte) [][2]string {
	old, fresh := configOf(before), configOf(after)
	if len(old.Profiles) != len(fresh.Profiles) {
		return nil
	}
	var all [][2]string
	for i, p := range old.Profiles {
		q := fresh.Profiles[i]
		_, still := fresh.Profile(p.Name)
		_, already := old.Profile(q.Name)
		if !still && !already && p.Provider == q.Provider && p.BaseURL == q.BaseURL && p.Username == q.Username {
			all = append(all, [2]string{p.Name, q.Name})
		}
	}
	return all
}

// configOf is the configuration of a text; an empty one where it makes no sense.
func configOf(text []byte) *config.Config {
	c, err := config.Parse("", text, knownProviders())
	if err != nil {
		return &config.Config{}
	}
	return c
}

// follow moves what the state knows of profiles to their new names; it forgets
// those without one. The configuration is as it is now: what the state knows by
// the same name at another address is not of its profile.
func (m *manager) follow(moves [][2]string, c *config.Config) error {
	if len(moves) == 0 {
		return nil
	}
	dir, err := config.StateDir(m.app.getenv)
	if err != nil {
		return err
	}
	err = m.withStore(dir, func(s *client.Store) {
		for _, move := range moves {
			p, _ := c.Profile(cmp.Or(move[1], move[0]))
			s.Rename(move[0], move[1], client.Endpoint(p.Provider, p.BaseURL))
		}
	})
	for _, move := range moves {
		if move[1] != "" {
			err = errors.Join(err, config.Renamed(dir, move[0], move[1]))
		}
	}
	return err
}

// withStore lends the state.
func (m *manager) withStore(dir string, use func(*client.Store)) error {
	if m.store != nil {
		if s := m.store(); s != nil {
			use(s)
			return nil
		}
	}
	s, _, err := client.OpenStore(dir)
	if err != nil {
		return err
	}
	use(s)
	return s.Close()
}
