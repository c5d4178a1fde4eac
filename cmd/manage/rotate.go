package manage

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"rollcall/client/store"
	"rollcall/config"
)

// Rotate replaces the secret of a profile by one that was tried. The one that
// was there is kept for Undo; lose says to go on where that is not possible.
func (m *Manager) Rotate(ctx context.Context, d config.Draft, secret string, lose bool) (said string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	c, err := m.Load()
	if err != nil {
		return "", err
	}
	// The secret was tried for what the profile was then.
	if p, _ := c.Profile(d.Name); !reflect.DeepEqual(config.DraftOf(p), d) {
		return "", fmt.Errorf("the profile %s was changed in the file meanwhile, so that its secret was not replaced; look at it and begin anew", d.Name)
	}
	if err := Rotatable(d); err != nil {
		return "", err
	}
	s, err := replaceSecret(ctx, d, secret, lose)
	switch {
	case err != nil:
		return "", err
	case !s.done:
		return "", AlreadyIts(d)
	}
	return "replaced the secret of " + d.Name + m.note(nil, m.swapped(s)...), nil
}

// Rotatable says why the secret of a profile cannot be replaced where it is
// kept, and what to do instead; nil where it can.
func Rotatable(d config.Draft) error {
	if why, instead := d.CannotReplace(); why != "" {
		return fmt.Errorf("%s\n%s", why, instead)
	}
	return nil
}

// AlreadyIts says that a new secret is the one that the profile has.
func AlreadyIts(d config.Draft) error {
	return fmt.Errorf("this is the secret that %s has already; nothing was replaced", d.Name)
}

// PutBack exchanges the secret of a profile with the former one.
func (m *Manager) PutBack(ctx context.Context, d config.Draft) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.putBack(ctx, d); err != nil {
		return err
	}
	m.note(nil, store.Part{Kind: store.PartSecret, Profile: d.Name})
	return nil
}

func (m *Manager) putBack(ctx context.Context, d config.Draft) error {
	place, err := former(d)
	if err != nil {
		return err
	}
	secret, err := place.Stored(ctx)
	if err != nil {
		return err
	}
	if secret == "" {
		return errors.New("there is no former secret of " + d.Name + " to put back")
	}
	if _, err := replaceSecret(ctx, d, secret, false); err != nil {
		return err
	}
	m.refresh(d.Name)
	return nil
}

// swapped has a profile asked whose secret was replaced, and says what Undo can do
// about that: where the former one is lost, nothing.
func (m *Manager) swapped(s swap) []store.Part {
	if !s.done {
		return nil
	}
	m.refresh(s.draft.Name)
	p := store.Part{Kind: store.PartOther, Profile: s.draft.Name}
	if s.kept {
		p.Kind = store.PartSecret
	}
	return []store.Part{p}
}

// refresh has a running dashboard check a profile.
func (m *Manager) refresh(name string) {
	if m.Refresh != nil {
		m.Refresh(name)
	}
}
