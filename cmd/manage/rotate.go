package manage

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
	"rollcall/config/credential"
)

// ErrNotStored says that a credential does not give the new secret yet. ErrRestart is one
// that says that it will not before rollcall is started anew.
var (
	ErrNotStored = errors.New("does not give the new secret yet")
	ErrRestart   = fmt.Errorf("%w", ErrNotStored)
)

// Exchanged is what has come of replacing the secret of a profile.
type Exchanged struct {
	// Said tells of it.
	Said string
	// Kept is set where the one that was there is kept for Undo, Refused where the
	// service has refused that already, so that nothing is kept of it.
	Kept, Refused bool
}

// Rotate is Exchange, told in a sentence.
func (m *Manager) Rotate(ctx context.Context, d config.Draft, secret string, lose bool) (said string, err error) {
	r, err := m.Exchange(ctx, d, secret, lose)
	return r.Said, err
}

// Exchange replaces the secret of a profile by one that was tried. The one that
// was there is kept for Undo where that can be; lose says to go on where it cannot,
// although the place is one for that. What a person stores by themselves is only
// compared: the error is ErrNotStored where the credential gives another secret. Where it
// is ErrRestart, a rotation that was begun waits for that; it is that of GivenAlready where
// none waits.
func (m *Manager) Exchange(ctx context.Context, d config.Draft, secret string, lose bool) (r Exchanged, err error) {
	way := d.Replacement()
	if way.By != credential.ByRollcall {
		r.Said, err = m.confirmStored(ctx, d, secret, way)
		if errors.Is(err, ErrRestart) {
			m.step(account.Rotation{Profile: d.Name, Step: account.RotationRestart})
		}
		return r, err
	}
	bad := m.refused(d.Name)
	if r, err = m.put(ctx, d, secret, lose); err != nil || !r.Kept || !bad {
		return r, err
	}
	if a, err := m.askOld(ctx, d.Name, true); err == nil && a.Refused {
		r.Kept, r.Refused = false, true
		r.Said += "; the service refuses the old one already"
	}
	return r, nil
}

// refused reports whether the service has refused the secret of a profile.
func (m *Manager) refused(name string) (is bool) {
	c, err := m.Load()
	if err != nil {
		return false
	}
	if p, ok := c.Profile(name); ok {
		_ = m.lend(func(s *store.Store) error {
			is = m.judgedInvalid(s, p)
			return nil
		})
	}
	return is
}

// put writes the secret of a profile in the place of the one that is there.
func (m *Manager) put(ctx context.Context, d config.Draft, secret string, lose bool) (r Exchanged, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p, err := m.unchanged(d)
	if err == nil {
		err = m.asProved(ctx, p, secret)
	}
	if err != nil {
		return r, err
	}
	if !d.Replacement().Kept {
		r.Said, err = m.rotateLiteral(ctx, p, d, secret)
		return r, err
	}
	s, err := m.replaceSecret(ctx, d, secret, lose)
	switch {
	case err != nil:
		return r, err
	case !s.done:
		return r, AlreadyIts(d)
	}
	m.stepped(d.Name, s.kept)
	return Exchanged{Said: "replaced the secret of " + d.Name + m.note(nil, m.swapped(s)...), Kept: s.kept}, nil
}

// unchanged is the profile of a draft as the file has it. It is an error where that is
// another one by now: the secret was tried for what the profile was.
func (m *Manager) unchanged(d config.Draft) (config.Profile, error) {
	c, err := m.Load()
	if err != nil {
		return config.Profile{}, err
	}
	p, _ := c.Profile(d.Name)
	if !reflect.DeepEqual(config.DraftOf(p), d) {
		return p, fmt.Errorf("the profile %s was changed in the file meanwhile, so that its secret was not replaced; look at it and begin anew", d.Name)
	}
	return p, Rotatable(d)
}

// rotateLiteral replaces a secret that stands in the configuration. Nothing keeps the
// old one.
func (m *Manager) rotateLiteral(ctx context.Context, p config.Profile, d config.Draft, secret string) (said string, err error) {
	if old, _, err := p.Credential().Resolve(ctx); err == nil && old == secret {
		return "", AlreadyIts(d)
	}
	edited, err := config.SaveSecret(m.Path, d, secret)
	if err != nil {
		return "", err
	}
	for l := range m.remembered() {
		l.before, l.after = edited(l.before), edited(l.after)
	}
	m.stepped(d.Name, false)
	return "replaced the secret of " + d.Name + m.note(nil, m.swapped(swap{draft: d, done: true})...), nil
}

// confirmStored finds out whether a person has stored the new secret where the profile
// takes it from.
func (m *Manager) confirmStored(ctx context.Context, d config.Draft, secret string, r credential.Replacement) (said string, err error) {
	p, err := m.unchanged(d)
	if err != nil {
		return "", err
	}
	now, _, err := p.Credential().Resolve(ctx)
	switch {
	case err != nil:
		return "", err
	case now != secret:
		why := ErrNotStored
		if r.By == credential.ByRestart {
			why = ErrRestart // No look in this run will find another secret there.
		}
		return "", fmt.Errorf("%s %w: %s", p.Credential().Source(), why, r.Todo)
	case r.By == credential.ByRestart && !m.WaitsForRestart(d.Name):
		// It had this one when rollcall was started, before any was proved.
		return "", GivenAlready(p, r)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stepped(d.Name, false)
	return "the secret of " + d.Name + " is the one that you gave" + m.note(nil, m.swapped(swap{draft: d, done: true})...), nil
}

// Rotatable says why the secret of a profile cannot be replaced, and what to do
// instead; nil where it can.
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

// GivenAlready says that rollcall was started with the secret that was given, although it
// has asked nobody to set that: it cannot know whether it is a new one.
func GivenAlready(p config.Profile, r credential.Replacement) error {
	return fmt.Errorf("%s gives this secret already, so that nothing changed. "+
		"If it is the new one, delete the old one at the service; if not, %s", p.Credential().Source(), r.Todo)
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

// putBack writes the former secret first: wherever this ends, that is in place or kept.
func (m *Manager) putBack(ctx context.Context, d config.Draft) error {
	secret, err := storedFormer(ctx, d)
	if err != nil {
		return err
	}
	if secret == "" {
		return errors.New("there is no former secret of " + d.Name + " to put back")
	}
	now, err := StoredSecret(ctx, d)
	if err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	if now != secret {
		if err := writeSecret(ctx, d, secret); err != nil {
			return err
		}
		if now != "" {
			err = m.keepFormer(ctx, d, now, false)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("%w: %w", ErrNotKept, err), writeSecret(ctx, d, now))
		}
	}
	// Who takes it back wants no other secret now.
	m.step(account.Rotation{Profile: d.Name, Step: account.RotationSkipped})
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
