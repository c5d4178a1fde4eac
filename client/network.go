package client

import (
	"context"
	"crypto/rand"
	"net/http"
	"sync"
)

// placesPerOrigin is how many requests may be under way at an origin at a
// time, over all profiles.
const placesPerOrigin = 6

// Network holds what clients share: one transport per TLS set-up and proxy,
// the limit of requests at a time per origin, and what is known of rate limits.
type Network struct {
	userAgent string
	// key makes fingerprints of credentials that mean nothing elsewhere.
	key [32]byte
	// base takes the place of the transports; set by tests only.
	base http.RoundTripper
	// budgets are the rate limits of all credentials.
	budgets *budgets

	mu         sync.Mutex
	transports map[setup]*http.Transport
	places     map[string]chan struct{}
}

// NewNetwork makes a network whose requests carry the user agent.
func NewNetwork(userAgent string) *Network {
	n := &Network{
		userAgent:  userAgent,
		budgets:    newBudgets(),
		transports: map[setup]*http.Transport{},
		places:     map[string]chan struct{}{},
	}
	// Never fails: where there is no randomness, the program ends.
	_, _ = rand.Read(n.key[:])
	return n
}

// Close ends idle connections.
func (n *Network) Close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, t := range n.transports {
		t.CloseIdleConnections()
	}
}

// transport is the one for a TLS set-up and proxy. A set-up that cannot be
// built is tried anew the next time: its files may have been mended.
func (n *Network) transport(s setup) (http.RoundTripper, error) {
	if n.base != nil {
		return n.base, nil
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if t := n.transports[s]; t != nil {
		return t, nil
	}
	t, err := newTransport(s)
	if err != nil {
		return nil, err
	}
	n.transports[s] = t
	return t, nil
}

// enter waits for a place at an origin. The place must be left again unless
// ctx ended first.
func (n *Network) enter(ctx context.Context, origin string) (leave func(), err error) {
	n.mu.Lock()
	places := n.places[origin]
	if places == nil {
		places = make(chan struct{}, placesPerOrigin)
		n.places[origin] = places
	}
	n.mu.Unlock()
	select {
	case places <- struct{}{}:
		return func() { <-places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
