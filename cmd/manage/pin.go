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
}

// Done reports whether the profile is pinned to the user of the answer.
func (p Pinned) Done() bool { return p.Answer.Health.State.Answered() && p.Answer.Account != nil }

// Pin asks who answers for a profile now, and pins the profile to that user. It is
// an error where the configuration itself says whose the profile is.
func (m *Manager) Pin(ctx context.Context, c *config.Config, p config.Profile) (done Pinned, err error) {
	if p.Identity != "" {
		return done, fmt.Errorf("%s is tied to the user %s by its identity setting\n"+
			"Change that line in %s, or delete it and pin the profile again", p.Name, p.Identity, m.Path)
	}
	if provider, ok := c.Provider(p.Provider); ok && provider.Anonymous {
		return done, fmt.Errorf("%s names no user, so that there is nobody to pin %s to", provider.Name, p.Name)
	}
	err = m.lend(func(s *store.Store) error {
		// Of a trial the store knows no user: whoever answers is welcome.
		done.Answer = m.Check(ctx, Trial{Config: c, Profile: p}, s.Trial())
		if err := ctx.Err(); err != nil {
			return err
		}
		endpoint := m.Services.Endpoint(p.Provider, p.BaseURL, p.Parts)
		done.Before, _ = s.Pin(p.Name, endpoint)
		if !done.Done() {
			return nil
		}
		if err := s.Repin(p.Name, endpoint, done.Answer.Account.User.ID); err != nil {
			return fmt.Errorf("%s could not be pinned: %w", p.Name, err)
		}
		return nil
	})
	if err == nil && done.Done() {
		m.refresh(p.Name)
	}
	return done, err
}
