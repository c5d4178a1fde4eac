package manage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"rollcall/client/store"
	"rollcall/client/text"
	"rollcall/config"
)

// ErrNotLast says that what was done last cannot be taken back, but something before
// it can.
var ErrNotLast = errors.New("the last change cannot be taken back")

// NothingError says that nothing is left to take back or, where Again is set, of what
// was taken back to do again.
type NothingError struct {
	Again bool
	// Lost says what was done last, cannot be taken back any more, and why; empty for
	// nothing.
	Lost string
	// Undone says what was taken back last and can be done again; empty for nothing.
	Undone string
}

func (e *NothingError) Error() string {
	said := "nothing is left to take back"
	if e.Again {
		said = "nothing that was taken back is left to do again"
	}
	if e.Lost != "" {
		said += "\n" + text.Sentence(e.Lost)
	}
	return said
}

// Reversal is what Undo would do.
type Reversal struct {
	// Done says what was done that would be taken back, At when.
	Done string
	At   time.Time
	// Number is that of the step; 0 where the state has none.
	Number int64
	// Last is set where nothing was done since, Own where this run has done it: one that
	// goes on for long, as a dashboard does.
	Last, Own bool
	// again is set where undo took Done back, and it would be done again.
	again bool
	// Lost says what was done since, cannot be taken back any more, and why; empty for
	// nothing.
	Lost string
	// Secrets are the profiles that get back another secret by it.
	Secrets []string
}

// Question asks whether to do it, where what would be taken back was not done last, or
// by another run.
func (r Reversal) Question(now time.Time) string {
	if r.Lost != "" {
		return fmt.Sprintf("%s Before that: %s, %s. Take that back?", text.Sentence(r.Lost), r.Done, text.Ago(now.Sub(r.At)))
	}
	switch {
	case r.again:
		return fmt.Sprintf("Another run of rollcall has taken this back: %s, %s. Do it again?", r.Done, text.Ago(now.Sub(r.At)))
	case r.Last && r.At.IsZero():
		return fmt.Sprintf("Another run of rollcall has done this: %s. Take it back?", r.Done)
	case r.Last:
		return fmt.Sprintf("Another run of rollcall has done this: %s, %s. Take it back?", r.Done, text.Ago(now.Sub(r.At)))
	}
	return fmt.Sprintf("This is not the last that was done: %s, %s. Take it back?", r.Done, text.Ago(now.Sub(r.At)))
}

// Next says what Undo, or UndoEarlier, would do.
func (m *Manager) Next() (Reversal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.next(false)
	return r.Reversal, err
}

// NextAgain says what Redo would do.
func (m *Manager) NextAgain() (Reversal, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.next(true)
	r.again = true
	return r.Reversal, err
}

// Undo takes back the newest change, of this run or of another: of the file, a
// secret, a choice, a pin or a snooze. Where something was done since that cannot be
// taken back, the error is ErrNotLast and tells what an Undo right after it does.
func (m *Manager) Undo(ctx context.Context) (said string, err error) { return m.undo(ctx, false) }

// UndoEarlier is Undo although something was done since.
func (m *Manager) UndoEarlier(ctx context.Context) (said string, err error) { return m.undo(ctx, true) }

// Redo does again what Undo took back last, as long as nothing else was done since.
func (m *Manager) Redo(ctx context.Context) (said string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.next(true)
	if err != nil {
		return "", err
	}
	return m.reverse(ctx, r)
}

// lostError is ErrNotLast with what cannot be taken back and what can.
type lostError struct{ next Reversal }

func (e *lostError) Error() string {
	return e.next.Lost + "\nAnother undo takes back what was done before: " + e.next.Done
}

func (e *lostError) Is(target error) bool { return target == ErrNotLast }

func (m *Manager) undo(ctx context.Context, earlier bool) (said string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, err := m.next(false)
	if err != nil {
		return "", err
	}
	if r.Lost != "" && !earlier && m.warned != r.newest {
		m.warned = r.newest
		return "", &lostError{r.Reversal}
	}
	return m.reverse(ctx, r)
}

// reverse takes back a step, or does one again that was taken back.
func (m *Manager) reverse(ctx context.Context, r reversal) (said string, err error) {
	if err := m.undoSecrets(ctx, r); err != nil {
		return "", err
	}
	var went carried
	var back *lastChange
	if l := r.change; l != nil {
		if back, err = m.edit(config.Undo(l.before, l.after)); err != nil {
			// The secrets were put back for nothing.
			does := "taken back"
			if r.step.Undone {
				does = "done again"
			}
			return "", errors.Join(fmt.Errorf("this cannot be %s: %s: %w", does, r.Done, err), m.undoSecrets(ctx, r))
		}
		if back != nil {
			went = m.carry(back)
		}
	}
	if err := m.withoutGone(r.step.Parts); err != nil {
		return "", err
	}
	said = "took back: " + r.Done + consequence(r.step.Parts)
	if r.step.Undone {
		said = "did again: " + r.Done
	}
	if len(r.Secrets) > 0 && m.Refresh != nil {
		said += "; a check follows"
	}
	but := m.noteUndone(r.step, back, went.forgotten)
	if went.now != nil {
		but = m.afterwards(went) + but
	}
	return said + but, nil
}

// undoSecrets exchanges the secrets of a step with the former ones. Each is where the
// profile has it now, whatever becomes of the file. Where one cannot be, none is.
func (m *Manager) undoSecrets(ctx context.Context, r reversal) error {
	var all []config.Draft
	c, err := m.Load()
	for _, name := range secretsOf(r.step.Parts) {
		if err != nil {
			return err
		}
		p, ok := c.Profile(name)
		if !ok {
			return c.NoProfile(name)
		}
		all = append(all, config.DraftOf(p))
	}
	for i, d := range all {
		if err := m.putBack(ctx, d); err != nil {
			for _, d := range all[:i] {
				err = errors.Join(err, m.putBack(ctx, d))
			}
			return err
		}
	}
	return nil
}

// withoutGone has the parts of a step choose no profile that is not there any more.
func (m *Manager) withoutGone(parts []store.Part) error {
	now, err := m.Load()
	if err != nil {
		return err
	}
	for i, p := range parts {
		if _, there := now.Profile(p.Was); p.Kind == store.PartChoice && !there {
			parts[i].Was = ""
		}
	}
	return nil
}

// noteUndone has the state follow what was taken back, and notes that for a
// further Undo. It says what did not work.
func (m *Manager) noteUndone(step store.Step, back *lastChange, forgotten []store.Part) string {
	if step.Number == 0 {
		step.Parts = []store.Part{{Kind: store.PartFile}}
	}
	var number int64
	err := m.lend(func(s *store.Store) (err error) {
		number, err = s.TakeBack(step, forgotten...)
		return err
	})
	if step.Has(store.PartFile) {
		delete(m.changes, step.Number)
		m.keepChange(back, number, err)
	}
	if err != nil {
		return fmt.Sprintf("; it could not be noted for undo: %v", err)
	}
	return ""
}

// consequence says what is so again, as the end of a sentence, where a step was one
// decision or secret. Others are told of well enough by what they have done.
func consequence(parts []store.Part) string {
	if slices.ContainsFunc(parts, func(p store.Part) bool { return p.Kind == store.PartFile }) {
		return ""
	}
	var all []string
	for _, p := range parts {
		if words := again(p); words != "" {
			all = append(all, words)
		}
	}
	if len(all) > 2 {
		return ""
	}
	return "; " + strings.Join(all, "; ")
}
