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

// FormerEntry is the entry of the keyring that has the secret which was
// replaced last, so that it can be put back.
func FormerEntry(d config.Draft) string {
	if d.Source == credential.SourceKeyring {
		return d.Reference + "~"
	}
	return config.KeyringEntry(d.Name) + "~"
}

// former is where the secret of a profile is kept that was replaced last.
func former(d config.Draft) (credential.Credential, error) {
	c, err := d.Credential()
	return c.Former(FormerEntry(d)), err
}

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
// written. The one that was there is kept, see [former]; lose says to go on
// where that is not possible.
func replaceSecret(ctx context.Context, d config.Draft, secret string, lose bool) (swap, error) {
	old, err := StoredSecret(ctx, d)
	if err != nil || old == secret {
		return swap{}, err
	}
	// Whoever interrupts this must find the old secret or the new one in place, so
	// that it is not interrupted.
	ctx = context.WithoutCancel(ctx)
	s := swap{draft: d, done: true, old: old}
	if old != "" {
		place, err := former(d)
		if err == nil {
			err = place.Store(ctx, old)
		}
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
