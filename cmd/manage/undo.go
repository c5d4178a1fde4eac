package manage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"rollcall/config"
)

// Undo takes back the last change: of this run, or else that of the backup.
func (m *Manager) Undo(ctx context.Context) (said string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l := m.last
	if l == nil {
		if l, err = fromBackup(m.Path); err != nil {
			return "", err
		}
	}
	changed := !bytes.Equal(l.before, l.after)
	if !changed && l.secret == nil {
		return "", errors.New("there was no secret before the one that was stored last; 'rollcall logout NAME' removes that")
	}
	if changed {
		back, err := m.edit(config.Undo(l.before, l.after))
		if err != nil {
			return "", err
		}
		said = takenBack(m.parsed(l.before), m.parsed(l.after)) + m.follow(back)
		m.last.secret = l.secret
	}
	if l.secret == nil {
		return said, nil
	}
	if err := m.putBack(ctx, *l.secret); err != nil {
		return "", err
	}
	if said != "" {
		said += "; "
	}
	return said + "put the former secret of " + l.secret.Name + " back", nil
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

// takenBack tells what a person has again after a change was taken back.
func takenBack(before, after *config.Config) string {
	if moves := renamed(before, after); len(moves) > 0 {
		return fmt.Sprintf("took back the last change: %s is called %s again", moves[0].to, moves[0].from)
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
