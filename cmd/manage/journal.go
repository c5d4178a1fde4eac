package manage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"rollcall/client/store"
	"rollcall/config"
	"rollcall/plainfile"
)

// reversal is a Reversal with what it needs.
type reversal struct {
	Reversal
	// step is what is to be taken back. One without a number is the change of the file
	// that the backup tells of.
	step store.Step
	// change is what the step has made of the file; nil for nothing.
	change *lastChange
	// newest is the number of the newest step that there is.
	newest int64
}

// next finds the newest step of a person that can be taken back or, to do it again,
// the newest that Undo has taken back.
func (m *Manager) next(again bool) (r reversal, err error) {
	var all []store.Step
	var own func(number int64) bool
	if err := m.lend(func(s *store.Store) (err error) {
		own = s.Own
		all, err = s.Steps()
		return err
	}); err != nil {
		return r, err
	}
	if len(all) > 0 {
		r.newest = all[0].Number
	}
	if !again && (m.unnoted != nil || len(all) == 0) {
		return m.unknown(r)
	}
	for i, s := range all {
		if s.Undone != again {
			continue
		}
		change, why := m.lost(all, i)
		useful := slices.ContainsFunc(s.Parts, func(p store.Part) bool { return p.Kind != store.PartOther })
		if useful && why == "" {
			r.step, r.change, r.At, r.Last = s, change, s.At, i == 0
			r.Number, r.Own = s.Number, m.changes[s.Number] != nil || own(s.Number)
			r.Done, r.Secrets = told(s.Parts, again), secretsOf(s.Parts)
			return r, nil
		}
		if r.Lost == "" {
			r.Lost = noReturn(s, why)
		}
		if again {
			// What was taken back before it stands on it.
			break
		}
	}
	return r, m.nothing(all, again, r.Lost)
}

// nothing says that nothing is left to take back, or to do again, of all steps.
func (m *Manager) nothing(all []store.Step, again bool, lost string) error {
	e := &NothingError{Again: again, Lost: lost}
	if i := slices.IndexFunc(all, func(s store.Step) bool { return s.Undone }); i >= 0 && !again {
		if _, why := m.lost(all, i); why == "" {
			e.Undone = told(all[i].Parts, true)
		}
	}
	return e
}

// secretsOf are the profiles whose secrets a step has exchanged.
func secretsOf(parts []store.Part) (names []string) {
	for _, p := range parts {
		if p.Kind == store.PartSecret {
			names = append(names, p.Profile)
		}
	}
	return names
}

// unknown is the change of the file that the state knows nothing of: one that could
// not be noted, or that of the backup.
func (m *Manager) unknown(r reversal) (reversal, error) {
	r.change, r.Last, r.Own = m.unnoted, true, m.unnoted != nil
	if r.change == nil {
		var err error
		if r.change, err = fromBackup(m.Path); err != nil {
			return r, err
		}
	}
	r.Done = told(fileParts(m.parsed(r.change.before), m.parsed(r.change.after)), false)
	return r, nil
}

// lost says why a step, the one at an index of all that there are, cannot be taken
// back; empty where it can. Then change is what it has made of the file.
func (m *Manager) lost(all []store.Step, i int) (change *lastChange, why string) {
	for _, p := range all[i].Parts {
		switch {
		case p.Kind == store.PartSecret && newer(all[:i], func(q store.Part) bool {
			return q.Profile == p.Profile && (q.Kind == store.PartSecret || q.Kind == store.PartOther)
		}):
			return nil, "of the secrets of " + p.Profile + ", only the one before the present is kept"
		case p.Kind == store.PartFile && change == nil:
			if change = m.changes[all[i].Number]; change != nil {
				continue
			}
			if newer(all[:i], func(q store.Part) bool { return q.Kind == store.PartFile }) {
				return nil, "the file has one backup, and that is of a later change"
			}
			if change, why = m.backedUp(all[i]); why != "" {
				return nil, why
			}
		}
	}
	return change, ""
}

// backedUp is what a step has made of the file, by the backup; why says that it is of
// another change, which undo may have taken back and the state has forgotten.
func (m *Manager) backedUp(step store.Step) (l *lastChange, why string) {
	l, err := fromBackup(m.Path)
	if err != nil {
		return nil, err.Error()
	}
	var noted []store.Part
	for _, p := range step.Parts {
		if p.Kind == store.PartFile {
			noted = append(noted, p)
		}
	}
	untold := store.Part{Kind: store.PartFile}
	if is := fileParts(m.parsed(l.before), m.parsed(l.after)); noted[0] != untold && !slices.Equal(is, noted) {
		return nil, "the file has one backup, and that is of another change"
	}
	return l, ""
}

// newer reports whether a part of one of some steps is such a one.
func newer(steps []store.Step, such func(store.Part) bool) bool {
	return slices.ContainsFunc(steps, func(s store.Step) bool { return slices.ContainsFunc(s.Parts, such) })
}

// fromBackup is the last change that rollcall saved, by the backup that it
// kept. Where the file was written after its backup, somebody else did that,
// and it cannot be told what to take back.
func fromBackup(path string) (*lastChange, error) {
	// The backup is beside the file itself, not beside a link to it.
	target, err := plainfile.Within(context.Background(), path, func() (string, error) { return filepath.EvalSymlinks(path) })
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is nothing to take back: %s does not exist", path)
	}
	if err != nil {
		return nil, err
	}
	backup := target + "~"
	was, err := plainfile.Stat(context.Background(), backup)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is nothing to take back: %s has no backup beside it yet", path)
	}
	if err != nil {
		return nil, err
	}
	is, err := plainfile.Stat(context.Background(), target)
	if err != nil {
		return nil, err
	}
	if is.ModTime().After(was.ModTime()) {
		return nil, fmt.Errorf("%s was changed since by another program, so that rollcall takes nothing back\n"+
			"What it held before is in %s", path, backup)
	}
	var l lastChange
	if l.before, err = config.ReadSaved(backup); err != nil {
		return nil, err
	}
	l.after, err = config.ReadSaved(target)
	return &l, err
}
