package manage

import (
	"context"
	"fmt"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config"
)

// Pinned is what came of pinning a profile to the user who answers.
type Pinned struct {
	// Answer is what the service said. The profile is pinned where it named a user.
	Answer account.Snapshot
	// Before is the user that the profile was pinned to; empty for nobody.
	Before string
	// Moved is set where the profile was pinned to another address than the one that its
	// service now names, which it is pinned to in its place.
	Moved bool
}

// Done reports whether the profile is pinned to the user of the answer.
func (p Pinned) Done() bool { return p.Answer.Health.State.Answered() && p.Answer.Account != nil }

// Pin asks who answers for a profile now, and where its service has that told, and
// pins the profile to both. It is an error where the configuration itself says whose the profile is,
// and there is no place to pin it to.
func (m *Manager) Pin(ctx context.Context, c *config.Config, p config.Profile) (done Pinned, err error) {
	if provider, ok := c.Provider(p.Provider); ok && provider.Anonymous {
		return done, fmt.Errorf("%s names no user, so that there is nobody to pin %s to", provider.Name, p.Name)
	}
	err = m.lend(func(s *store.Store) error {
		endpoint := m.Services.Endpoint(p.Provider, p.BaseURL, p.Parts)
		before, placed := s.Place(p.Name, endpoint)
		if p.Identity != "" && !placed {
			return fmt.Errorf("%s is tied to the user %s by its identity setting\n"+
				"Change that line in %s, or delete it and pin the profile again", p.Name, p.Identity, m.Path)
		}
		// A newcomer knows no user: whoever answers is welcome, wherever that is.
		done.Answer = m.Check(ctx, Trial{Config: c, Profile: p}, s.Newcomer())
		if err := ctx.Err(); err != nil {
			return err
		}
		done.Before, _ = s.Pin(p.Name, endpoint)
		if !done.Done() {
			return nil
		}
		id := done.Answer.Account.User.ID
		if p.Identity != "" {
			done.Before, id = id, ""
		}
		done.Moved = placed && done.Answer.Named != before
		if err := s.RepinAt(p.Name, endpoint, id, done.Answer.Named); err != nil {
			return fmt.Errorf("%s could not be pinned: %w", p.Name, err)
		}
		return nil
	})
	if err == nil && done.Done() {
		m.refresh(p.Name)
	}
	return done, err
}
