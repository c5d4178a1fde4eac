package manage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"sync"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
)

// Options are what a manager needs of the program around it.
type Options struct {
	// Path is the file of the configuration.
	Path string
	// Services are those that there are, Providers what the configuration knows
	// of them.
	Services  Services
	Providers config.Services
	// Open opens the state of the configuration.
	Open func() (*store.Store, error)
	// Check asks a service once; what it learns about waiting is kept in the
	// store.
	Check func(context.Context, Trial, *store.Store) account.Snapshot
	// Choose tells which profile is the active one, as the state has it.
	Choose func(*config.Config, *store.Store) (config.Chosen, error)
	// Store is the state of a dashboard that runs; where there is none, or it
	// gives none, the state is opened for each change.
	Store func() *store.Store
	// Refresh has a dashboard that runs check profiles; nil where none runs.
	Refresh func(names ...string)
	// Now is the clock; nil for the real one.
	Now func() time.Time
}

// Services tell where a service is asked.
type Services interface {
	Endpoint(name, baseURL string, parts map[string]string) string
}

// Trial is a check of a profile that the file does not have, or not so.
type Trial struct {
	Config  *config.Config
	Profile config.Profile
	// Secret takes the place of the credential of the profile; empty for the
	// credential itself.
	Secret string
}

// Manager changes the profiles of a configuration and their secrets.
type Manager struct {
	Options

	// mu is held during a change, and guards the rest.
	mu sync.Mutex
	// changes are those of the file in this run, by the numbers of their steps;
	// unnoted is the last where the state could not note it.
	changes map[int64]*lastChange
	unnoted *lastChange
	// proofs are what was proved in this run; they guard themselves.
	proofs proofs
	// warned is the newest step when Undo last refused since something was lost.
	warned int64
}

// lastChange is a change of the file: its text as it was and as it became.
type lastChange struct {
	before, after []byte
	// made are the edits that have changed it, where it was changed by edits.
	made []config.Edit
}

// New makes a manager of a configuration.
func New(o Options) *Manager { return &Manager{Options: o} }

// Load reads the configuration; one that is not there is empty.
func (m *Manager) Load() (*config.Config, error) {
	c, err := config.Load(m.Path, m.Providers)
	if errors.Is(err, fs.ErrNotExist) {
		return config.Parse(m.Path, nil, m.Providers)
	}
	return c, err
}

// parsed is the configuration that a text makes; an empty one where it makes
// none.
func (m *Manager) parsed(data []byte) *config.Config {
	c, err := config.Parse(m.Path, data, m.Providers)
	if err != nil {
		return &config.Config{Path: m.Path}
	}
	return c
}

// save makes changes in one go, all or none; what it returns is nil where the file
// is so already. What somebody else wrote since a draft was made is not overwritten.
func (m *Manager) save(changes []config.Edit) (*lastChange, error) {
	var made []config.Edit
	l, err := m.edit(func(data []byte) (text []byte, err error) {
		for _, c := range changes {
			if err := m.overwrites(data, c); err != nil {
				return nil, err
			}
		}
		text, made, err = config.ApplyAll(data, changes)
		return text, err
	})
	if l != nil {
		l.made = made
	}
	return l, err
}

// overwrites is an error where a change would take away what the file says by
// now.
func (m *Manager) overwrites(data []byte, c config.Edit) error {
	if c.Kind != config.EditUpdate {
		return nil
	}
	now, err := config.Parse(m.Path, data, m.Providers)
	if err != nil {
		return err
	}
	p, ok := now.Profile(c.Profile)
	if !ok {
		return now.NoProfile(c.Profile)
	}
	if key := c.Draft.Overwrites(config.DraftOf(p)); key != "" {
		return fmt.Errorf("%s of %s was changed in the file meanwhile, so that nothing was saved; look at it and edit it anew", key, c.Profile)
	}
	return nil
}

// edit saves an edit of the file, and gives what it has changed; nil for nothing.
func (m *Manager) edit(edit func([]byte) ([]byte, error)) (*lastChange, error) {
	var l lastChange
	err := config.Save(m.Path, func(data []byte) ([]byte, error) {
		edited, err := edit(data)
		l = lastChange{before: data, after: edited}
		return edited, err
	})
	if err != nil || bytes.Equal(l.before, l.after) {
		return nil, err
	}
	return &l, nil
}

// maxChanges is how many changes of the file a run remembers: as many as the state
// has steps.
const maxChanges = 20

// keepChange keeps a change of the file under the number of its step, or apart where
// the state could not note it. Older changes than that of the backup are in the
// memory of this run alone: the text of a configuration can hold secrets, which are
// not to lie about in one file more than there has to be.
func (m *Manager) keepChange(l *lastChange, number int64, err error) {
	m.unnoted = nil
	switch {
	case l == nil:
	case err != nil:
		m.unnoted = l
	default:
		if m.changes == nil {
			m.changes = map[int64]*lastChange{}
		}
		m.changes[number] = l
		if len(m.changes) > maxChanges {
			oldest := number
			for n := range m.changes {
				oldest = min(oldest, n)
			}
			delete(m.changes, oldest)
		}
	}
}

// remembered are the changes of the file that this run remembers.
func (m *Manager) remembered() iter.Seq[*lastChange] {
	return func(yield func(*lastChange) bool) {
		for _, l := range m.changes {
			if !yield(l) {
				return
			}
		}
		if m.unnoted != nil {
			yield(m.unnoted)
		}
	}
}

// lend lends the state to a function.
func (m *Manager) lend(use func(*store.Store) error) error {
	if m.Store != nil {
		if s := m.Store(); s != nil {
			return use(s)
		}
	}
	s, err := m.Open()
	if err != nil {
		return err
	}
	return errors.Join(use(s), s.Close())
}
