package manage

import (
	"context"
	"errors"
	"fmt"

	"rollcall/config"
	"rollcall/config/credential"
)

// ErrNotKept says that a secret was not replaced since the one before would
// have been lost.
var ErrNotKept = errors.New("the present secret cannot be kept for a return, so that it was not replaced")

// swap is a secret that was put in the place of another. The zero swap is none: the
// secret was there already.
type swap struct {
	draft config.Draft
	// done is set where the secret is another one now, kept where the old one is kept.
	done, kept bool
	// old is the secret before; empty where there was none.
	old string
}

// replaceSecret puts a secret where the draft refers to, if that can be
// written. The one that was there is kept, see [credential.Credential.Former]; lose
// says to go on where that is not possible.
func (m *Manager) replaceSecret(ctx context.Context, d config.Draft, secret string, lose bool) (swap, error) {
	old, err := StoredSecret(ctx, d)
	if err != nil || old == secret {
		return swap{}, err
	}
	// Whoever interrupts this must find the old secret or the new one in place, so
	// that it is not interrupted.
	ctx = context.WithoutCancel(ctx)
	s := swap{draft: d, done: true, old: old}
	if old != "" {
		err := m.keepFormer(ctx, d, old, true)
		if err != nil && !lose {
			return swap{}, fmt.Errorf("%w: %w", ErrNotKept, err)
		}
		s.kept = err == nil
	}
	return s, writeSecret(ctx, d, secret)
}

// restore puts the old secret back. It is for a change of which the secret was the
// first part, and the second part failed.
func (s swap) restore() error {
	ctx := context.Background() // It is done although the change was called off.
	if !s.done {
		return nil
	}
	return writeSecret(ctx, s.draft, s.old)
}

// StoredSecret is what a profile has for a secret now, where the draft refers
// to; empty where nothing is there. It is an error where no secret can be stored
// in such a place.
func StoredSecret(ctx context.Context, d config.Draft) (string, error) {
	c, err := d.Credential()
	if err != nil {
		return "", err
	}
	return c.Stored(ctx)
}

// writeSecret puts a secret where the draft refers to.
func writeSecret(ctx context.Context, d config.Draft, secret string) error {
	c, err := d.Credential()
	if err != nil {
		return err
	}
	return c.Store(ctx, secret)
}

// PresentSecret is the secret that a profile has, wherever it has it; empty where it
// has none yet in a place that rollcall writes, or that a person gives one. It is an
// error where no other can take its place there.
func (m *Manager) PresentSecret(ctx context.Context, p config.Profile) (string, error) {
	secret, err := presentSecret(ctx, p)
	if by := config.DraftOf(p).Replacement().By; by != credential.ByRollcall {
		return secret, nil
	}
	return secret, err
}

func presentSecret(ctx context.Context, p config.Profile) (string, error) {
	d := config.DraftOf(p)
	if r := d.Replacement(); r.By == credential.ByRollcall && r.Kept {
		return StoredSecret(ctx, d)
	}
	secret, _, err := p.Credential().Resolve(ctx)
	return secret, err
}
