package manage

import (
	"context"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/client/text"
	"rollcall/config"
)

// Try asks the service as the draft says, with the secret or, where it is
// empty, with what the draft refers to. Nothing of it is kept.
func (m *Manager) Try(ctx context.Context, d config.Draft, secret string) account.Snapshot {
	failed := func(err error) account.Snapshot {
		return account.Snapshot{Profile: d.Name, Health: account.Health{
			State: account.Misconfigured, Explanation: text.Capitalized(err.Error()), Remedy: "Correct it, then test again.",
		}}
	}
	c, err := m.Load()
	if err != nil {
		return failed(err)
	}
	p, err := d.Profile(c)
	if err != nil {
		return failed(err)
	}
	return m.TryProfile(ctx, Trial{c, p, secret})
}

// TryProfile checks a profile once, details included. Nothing of it is kept but
// how long the service wants no more requests, and in this run what the profile had
// when another secret was tried for it. A profile that is in the file answers as the
// user that it is tied to; one that is switched off is asked all the same.
func (m *Manager) TryProfile(ctx context.Context, t Trial) account.Snapshot {
	if t.Secret != "" {
		m.noteProof(ctx, t.Profile.Name, t.Secret)
	}
	return m.checkOnce(ctx, t)
}

func (m *Manager) checkOnce(ctx context.Context, t Trial) (s account.Snapshot) {
	t.Profile.Disabled = false
	if _, listed := t.Config.Profile(t.Profile.Name); listed && t.Profile.Identity == "" {
		t.Profile.Identity = m.pinned(t.Profile)
	}
	check := func(state *store.Store) error {
		s = m.Check(ctx, t, state.Trial())
		return nil
	}
	if err := m.lend(check); err != nil && s.Profile == "" {
		memory, _, _ := store.Open("", "") // Without a folder it does not fail.
		_ = check(memory)
		_ = memory.Close()
	}
	return s
}

// Present is the answer to the secret that a profile has: that of now, or the
// last good one where it cannot be had.
func (m *Manager) Present(ctx context.Context, c *config.Config, p config.Profile) (s account.Snapshot) {
	if now := m.TryProfile(ctx, Trial{Config: c, Profile: p}); now.Account != nil {
		return now
	}
	// A state that cannot be read knows no answer.
	_ = m.lend(func(state *store.Store) error {
		s, _ = state.Snapshot(p.Name, m.Services.Endpoint(p.Provider, p.BaseURL, p.Parts))
		return nil
	})
	return s
}

// pinned is the user that a profile is tied to; empty for none.
func (m *Manager) pinned(p config.Profile) (id string) {
	// A state that cannot be read ties the profile to nobody; the next check of
	// the profiles reports it.
	_ = m.lend(func(state *store.Store) error {
		id, _ = state.Pin(p.Name, m.Services.Endpoint(p.Provider, p.BaseURL, p.Parts))
		return nil
	})
	return id
}
