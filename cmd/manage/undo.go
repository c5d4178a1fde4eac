package manage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rollcall/client/store"
	"rollcall/config"
)

// ErrNotLast says that the last change cannot be taken back, but one before it can.
var ErrNotLast = errors.New("the last change cannot be taken back; 'rollcall undo' offers the one before it")

// Reversal is what Undo would take back.
type Reversal struct {
	// Done says what was done, At when.
	Done string
	At   time.Time
	// Last is set where nothing was done since.
	Last bool
}

// Next says what Undo, or UndoEarlier, would take back.
func (m *Manager) Next() (Reversal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	step, last, err := m.next()
	if err != nil {
		return Reversal{}, err
	}
	r := Reversal{At: step.At, Last: last}
	l, err := m.fileBefore(step)
	if err != nil {
		return Reversal{}, err
	}
	if l != nil {
		r.Done = changed(m.parsed(l.before), m.parsed(l.after))
		return r, nil
	}
	if i := slices.IndexFunc(step.Parts, undoable); i >= 0 {
		r.Done = done(step.Parts[i])
	}
	return r, nil
}

func undoable(p store.Part) bool { return p.Kind != store.PartOther }

// next is the step to take back: the newest of a person or, where there is none,
// the newest that Undo itself has done. A zero step is the change of the file that
// the backup tells of. last is false where something else was done since.
func (m *Manager) next() (step store.Step, last bool, err error) {
	var all []store.Step
	if err := m.lend(func(s *store.Store) (err error) {
		all, err = s.Steps()
		return err
	}); err != nil {
		return store.Step{}, false, err
	}
	if m.last != nil && m.last.step == 0 {
		return store.Step{}, true, nil // It could not be noted.
	}
	for _, undone := range []bool{false, true} {
		for i, s := range all {
			if s.Undone == undone && slices.ContainsFunc(s.Parts, undoable) {
				return s, i == 0, nil
			}
		}
	}
	if len(all) > 0 && m.last == nil {
		if p := all[0].Parts[0]; p.Profile != "" {
			return store.Step{}, false, fmt.Errorf("there was no secret before the one that was stored last; 'rollcall logout %s' removes that", p.Profile)
		}
	}
	return store.Step{}, len(all) == 0, nil
}

// fileBefore is the change of the file that a step has made; nil where it has made
// none.
func (m *Manager) fileBefore(step store.Step) (*lastChange, error) {
	switch {
	case step.Number != 0 && !step.Has(store.PartFile):
		return nil, nil
	case m.last != nil && m.last.step == step.Number:
		return m.last, nil
	}
	return fromBackup(m.Path)
}

// Undo takes back the newest change, of this run or of another: of the file, a
// secret, a choice, a pin or a snooze. The error is ErrNotLast where something was
// done since that cannot be taken back.
func (m *Manager) Undo(ctx context.Context) (said string, err error) { return m.undo(ctx, false) }

// UndoEarlier is Undo although something was done since.
func (m *Manager) UndoEarlier(ctx context.Context) (said string, err error) { return m.undo(ctx, true) }

func (m *Manager) undo(ctx context.Context, earlier bool) (said string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	step, last, err := m.next()
	if err != nil {
		return "", err
	}
	if !last && !earlier && !m.undone() {
		return "", ErrNotLast
	}
	l, err := m.fileBefore(step)
	if err != nil {
		return "", err
	}
	// The secret is where the profile has it now, whatever becomes of the file.
	c, err := m.Load()
	if err != nil {
		return "", err
	}
	var all []string
	var went carried
	if l != nil {
		back, err := m.edit(config.Undo(l.before, l.after))
		if err != nil {
			return "", err
		}
		all = append(all, takenBack(m.parsed(l.before), m.parsed(l.after)))
		if back != nil {
			went = m.carry(back)
		}
	}
	for i := range step.Parts {
		said, err := m.undoPart(ctx, c, &step.Parts[i])
		if err != nil {
			return "", err
		}
		if said != "" && (l == nil || step.Parts[i].Kind == store.PartSecret) {
			all = append(all, said)
		}
	}
	said = strings.Join(all, "; ")
	but := m.noteUndone(step, went.forgotten)
	if went.now != nil {
		but = m.afterwards(went) + but
	}
	return said + but, nil
}

// undoPart takes back a secret, and says what any part but the file will be again.
// The store sees to the others.
func (m *Manager) undoPart(ctx context.Context, c *config.Config, p *store.Part) (said string, err error) {
	switch p.Kind {
	case store.PartSecret:
		was, ok := c.Profile(p.Profile)
		if !ok {
			return "", c.NoProfile(p.Profile)
		}
		return "put the former secret of " + p.Profile + " back", m.putBack(ctx, config.DraftOf(was))
	case store.PartChoice, store.PartPin, store.PartPlace, store.PartSnooze:
		now, err := m.Load()
		if _, there := now.Profile(p.Was); err == nil && p.Kind == store.PartChoice && !there {
			p.Was = ""
		}
		return "took back the last change: " + again(*p), err
	}
	return "", nil
}

// undone reports whether Undo itself has done the last change.
func (m *Manager) undone() (yes bool) {
	_ = m.lend(func(s *store.Store) error {
		all, err := s.Steps()
		yes = len(all) > 0 && all[0].Undone
		return err
	})
	return yes
}

// noteUndone has the state follow what was taken back, and notes that for a
// further Undo. It says what did not work.
func (m *Manager) noteUndone(step store.Step, forgotten []store.Part) string {
	if step.Number == 0 {
		step.Parts = []store.Part{{Kind: store.PartFile}}
	}
	err := m.lend(func(s *store.Store) error {
		number, err := s.TakeBack(step, forgotten...)
		if m.last != nil && step.Has(store.PartFile) {
			m.last.step = number
		}
		return err
	})
	if err != nil {
		return fmt.Sprintf("; it could not be noted for undo: %v", err)
	}
	return ""
}

// fromBackup is the last change that rollcall saved, by the backup that it
// kept. Where the file was written after its backup, somebody else did that,
// and it cannot be told what to take back.
func fromBackup(path string) (*lastChange, error) {
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
	var l lastChange
	if l.before, err = os.ReadFile(backup); err != nil {
		return nil, err
	}
	l.after, err = os.ReadFile(target)
	return &l, err
}
