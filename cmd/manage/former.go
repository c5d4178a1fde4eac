package manage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
	"rollcall/config/credential"
)

const (
	// FormerLife is how long a secret that was replaced is kept for undo at most.
	FormerLife = 7 * 24 * time.Hour
	// askPause is the least time between two questions to a service whether it takes a
	// replaced secret still, unless a person asks.
	askPause = time.Hour
)

// formerPlace is where the secret of a profile is kept that was replaced last; no
// credential where none is.
func formerPlace(d config.Draft) credential.Credential {
	c, err := d.Credential()
	if err != nil {
		return credential.Credential{}
	}
	return c.Former()
}

// storedFormer is the secret of a profile that was replaced last; empty where none is
// kept.
func storedFormer(ctx context.Context, d config.Draft) (secret string, err error) {
	place := formerPlace(d)
	if place.IsZero() {
		return "", nil
	}
	return place.Stored(ctx)
}

// keepFormer keeps the secret of a profile that is replaced. watched says that the
// service is to be asked whether it takes it still.
func (m *Manager) keepFormer(ctx context.Context, d config.Draft, secret string, watched bool) error {
	place := formerPlace(d)
	if place.IsZero() {
		return errors.New("there is no place for it")
	}
	switch other, err := m.owner(place); {
	case err != nil:
		return err
	case other != "":
		return fmt.Errorf("its place, %s, is that of the secret of %s", place.Source(), other)
	}
	// It is noted first: of a secret that nobody knows of, nobody would delete what a
	// kill has left. Where it cannot be noted, the secret stays until the next rotation.
	f := formerOf(d.Name, place)
	f.Kept, f.Watched = m.now(), watched
	_ = m.lend(func(s *store.Store) error { return s.KeepFormer(f) })
	return place.Store(ctx, secret)
}

// owner is the profile whose own secret is in a place; empty for none. It is an error where
// that cannot be told.
func (m *Manager) owner(place credential.Credential) (string, error) {
	c, err := m.Load()
	if err != nil {
		return "", err
	}
	for _, p := range c.Profiles {
		for _, own := range []credential.Credential{p.Credential(), p.SecondToken} {
			if own.Kind() == place.Kind() && slices.Equal(own.Reference(), place.Reference()) {
				return p.Name, nil
			}
		}
	}
	return "", nil
}

// formerOf is how the state knows a kept secret.
func formerOf(profile string, place credential.Credential) store.Former {
	f := store.Former{Profile: profile, Source: string(place.Kind())}
	if words := place.Reference(); len(words) > 0 {
		f.Place = words[0]
	}
	return f
}

// dropFormer deletes a kept secret, and has the state follow: nothing can be put back
// any more, and the rotation is at its end.
func (m *Manager) dropFormer(ctx context.Context, f store.Former, refused bool) error {
	place, ok := credential.FormerAt(credential.Source(f.Source), f.Place)
	own, err := m.owner(place)
	if err != nil {
		return err
	}
	if ok && own == "" {
		secret, err := place.Stored(ctx)
		if err == nil && secret != "" {
			err = place.Store(ctx, "")
		}
		if err != nil {
			return err
		}
	}
	return m.lend(func(s *store.Store) error {
		err := errors.Join(s.DropFormer(f), s.LoseSecret(f.Profile))
		all, failed := s.Rotations()
		for _, r := range all {
			if r.Profile == f.Profile && r.Step == account.RotationOld {
				r.Step, r.Refused = account.RotationDone, refused
				failed = errors.Join(failed, s.StepRotation(r))
			}
		}
		return errors.Join(err, failed)
	})
}

// OldAnswer is what a service said of a secret that was replaced.
type OldAnswer struct {
	account.Snapshot
	// Refused is set where the service takes the secret no more, and the kept one was
	// deleted.
	Refused bool
}

// AskOld asks the service of a profile whether it takes the secret still that was
// replaced last, and deletes what is kept of it where not. Where the new secret is
// refused, too, nothing is deleted.
func (m *Manager) AskOld(ctx context.Context, name string) (OldAnswer, error) {
	return m.askOld(ctx, name, false)
}

// askOld is AskOld; proved says that the service has just taken the new secret.
func (m *Manager) askOld(ctx context.Context, name string, proved bool) (a OldAnswer, err error) {
	c, err := m.Load()
	if err != nil {
		return a, err
	}
	p, ok := c.Profile(name)
	if !ok {
		return a, c.NoProfile(name)
	}
	d := config.DraftOf(p)
	secret, err := storedFormer(ctx, d)
	switch {
	case err != nil:
		return a, err
	case secret == "":
		return a, fmt.Errorf("the old secret of %s is not kept any more, so that the service cannot be asked about it", name)
	}
	now, f := m.now(), formerOf(name, formerPlace(d))
	bad := false
	_ = m.lend(func(s *store.Store) error {
		bad = !proved && m.judgedInvalid(s, p)
		for _, kept := range m.formers(s) {
			if kept.Source == f.Source && kept.Place == f.Place {
				f = kept
			}
		}
		_, err := s.ClaimFormer(f, now, now)
		return err
	})
	a.Snapshot = m.checkOnce(ctx, Trial{Config: c, Profile: p, Secret: secret})
	if a.Health.State != account.InvalidToken || ctx.Err() != nil {
		return a, ctx.Err()
	}
	if present, err := presentSecret(ctx, p); err != nil || present == secret || present == "" || bad {
		return a, err
	}
	a.Refused = true
	return a, m.dropFormer(ctx, f, true)
}

// judgedInvalid reports whether the service has refused the secret of a profile when it
// was asked last.
func (m *Manager) judgedInvalid(s *store.Store, p config.Profile) bool {
	known, _ := s.Snapshot(p.Name, m.Services.Endpoint(p.Provider, p.BaseURL, p.Parts))
	return known.Verdict.State == account.InvalidToken
}

// AskFormer asks the service about the former secret of a profile, for who wants to put
// it back. Where none is kept, the answer is empty.
func (m *Manager) AskFormer(ctx context.Context, c *config.Config, p config.Profile) (s account.Snapshot, err error) {
	secret, err := storedFormer(ctx, config.DraftOf(p))
	if err != nil || secret == "" {
		return s, err
	}
	return m.checkOnce(ctx, Trial{Config: c, Profile: p, Secret: secret}), nil
}

// formers are the secrets that are kept; none where that cannot be read.
func (m *Manager) formers(s *store.Store) []store.Former {
	all, _ := s.Formers()
	return all
}

// Sweep deletes the secrets that were kept for long enough, and tells whose these
// were. One that cannot be deleted now is left for the next time.
func (m *Manager) Sweep(ctx context.Context) (gone []string) {
	for _, f := range m.due(func(f store.Former, now time.Time) bool { return !now.Before(f.Kept.Add(FormerLife)) }) {
		m.mu.Lock()
		err := m.dropFormer(ctx, f, false)
		m.mu.Unlock()
		if err == nil {
			gone = append(gone, f.Profile)
		}
	}
	return gone
}

// Tend asks the services of those kept secrets that nobody has asked about for an hour,
// and tells whose are refused by now.
func (m *Manager) Tend(ctx context.Context) (refused []string) {
	quiet := func(f store.Former, now time.Time) bool {
		return f.Watched && !now.Before(f.Kept.Add(askPause)) && !now.Before(f.Asked.Add(askPause))
	}
	for _, f := range m.due(quiet) {
		mine := false
		_ = m.lend(func(s *store.Store) (err error) {
			mine, err = s.ClaimFormer(f, m.now().Add(-askPause), m.now())
			return err
		})
		if !mine || ctx.Err() != nil {
			continue
		}
		if a, err := m.AskOld(ctx, f.Profile); err == nil && a.Refused {
			refused = append(refused, f.Profile)
		}
	}
	return refused
}

// due are the kept secrets for which it is time.
func (m *Manager) due(is func(f store.Former, now time.Time) bool) (all []store.Former) {
	now := m.now()
	_ = m.lend(func(s *store.Store) error {
		for _, f := range m.formers(s) {
			if is(f, now) {
				all = append(all, f)
			}
		}
		return nil
	})
	return all
}

// now is the time by the clock of the manager.
func (m *Manager) now() time.Time {
	if m.Now != nil {
		return m.Now()
	}
	return time.Now()
}
