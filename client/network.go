package client

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"sync"

	"rollcall/client/ratelimit"
	"rollcall/client/service"
	"rollcall/client/transport"
)

// Network holds what clients share: connections, the limit of requests at a
// time per origin, and what is known of rate limits.
type Network struct {
	// Log is told of credentials, requests, checks and details; nil for nobody. It is to
	// be set before the first check.
	Log *slog.Logger

	pool *transport.Pool
	// key makes fingerprints of credentials that mean nothing elsewhere.
	key [32]byte
	// services are those that a profile can name.
	services Services
	// budgets are the rate limits of all credentials.
	budgets *ratelimit.Budgets
	// validators have what can be asked for by what has changed.
	validators validators
	// kept has what is not asked for every time.
	kept keptAnswers

	mu sync.Mutex
	// paces are how checks follow each other at each origin.
	paces map[string]*pace
}

// Services finds a service by its name.
type Services interface {
	Named(name string) (service.Service, bool)
}

// NewNetwork makes a network for profiles of the services. Its requests carry the
// user agent.
func NewNetwork(userAgent string, services Services) *Network {
	n := &Network{services: services, pool: transport.NewPool(userAgent), budgets: ratelimit.NewBudgets(), paces: map[string]*pace{}}
	// Never fails: where there is no randomness, the program ends.
	_, _ = rand.Read(n.key[:])
	return n
}

// pace is how the checks at an origin follow each other.
func (n *Network) pace(origin string) *pace {
	n.mu.Lock()
	defer n.mu.Unlock()
	p := n.paces[origin]
	if p == nil {
		p = &pace{}
		n.paces[origin] = p
	}
	return p
}

// Close ends idle connections.
func (n *Network) Close() { n.pool.Close() }

// fingerprint stands for a secret at an origin, within this process only.
func (n *Network) fingerprint(origin, secret string) string {
	m := hmac.New(sha256.New, n.key[:])
	m.Write([]byte(origin))
	m.Write([]byte{0})
	m.Write([]byte(secret))
	return string(m.Sum(nil))
}

// Fingerprint stands for a secret: the same text for the same secret within
// one network. It differs between runs and cannot be turned back.
func (n *Network) Fingerprint(secret string) string {
	return hex.EncodeToString([]byte(n.fingerprint("", secret)))
}
