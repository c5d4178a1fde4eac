package manage

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"

	"rollcall/config"
	"rollcall/config/credential"
)

// proof is a new secret that was tried for a profile, and the one that the profile had
// then, both as sums.
type proof struct{ fresh, was [sha256.Size]byte }

// proofs are the last ones of the profiles in this run.
type proofs struct {
	mu  sync.Mutex
	all map[string]proof
}

// note notes that a secret is tried for a profile that has another one.
func (p *proofs) note(profile, fresh, was string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all == nil {
		p.all = map[string]proof{}
	}
	p.all[profile] = proof{sha256.Sum256([]byte(fresh)), sha256.Sum256([]byte(was))}
}

// outdated reports whether a profile had another secret than now when a new one was
// tried for it.
func (p *proofs) outdated(profile, fresh, now string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	known, ok := p.all[profile]
	return ok && known.fresh == sha256.Sum256([]byte(fresh)) && known.was != sha256.Sum256([]byte(now))
}

// noteProof notes what a profile has while another secret is tried for it, where
// rollcall is to write that.
func (m *Manager) noteProof(ctx context.Context, name, fresh string) {
	if now, known := m.hasNow(ctx, name); known {
		m.proofs.note(name, fresh, now)
	}
}

// hasNow is the secret that a profile has, where rollcall writes it; known is false for
// others, and where it cannot be had.
func (m *Manager) hasNow(ctx context.Context, name string) (secret string, known bool) {
	c, err := m.Load()
	if err != nil {
		return "", false
	}
	p, listed := c.Profile(name)
	if !listed || config.DraftOf(p).Replacement().By != credential.ByRollcall {
		return "", false
	}
	secret, err = presentSecret(ctx, p)
	return secret, err == nil
}

// HasSecret reports whether a secret is the one that a profile has already, where
// rollcall writes that.
func (m *Manager) HasSecret(ctx context.Context, d config.Draft, secret string) bool {
	now, known := m.hasNow(ctx, d.Name)
	return known && secret != "" && now == secret
}

// asProved is an error where a profile has another secret by now than it had when the
// new one was tried: somebody has changed it, and would lose that.
func (m *Manager) asProved(ctx context.Context, p config.Profile, fresh string) error {
	now, err := presentSecret(ctx, p)
	if err != nil || now == fresh || !m.proofs.outdated(p.Name, fresh, now) {
		return nil
	}
	return fmt.Errorf("the secret of %s was changed meanwhile, so that it was not replaced; paste the new one and prove it again", p.Name)
}
