package client

import (
	"context"
	"crypto/rand"
	"maps"
	"net/http"
	"sync"
)

const (
	// placesPerOrigin is how many requests may be under way at an origin at a
	// time, over all profiles.
	placesPerOrigin = 6
	// placesForDetails is how many of them may be for details: those of one
	// profile must not delay the identity of another.
	placesForDetails = placesPerOrigin - 1
)

// places are those at one origin. Who asks for details takes one of each.
type places struct{ all, details chan struct{} }

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
	places     map[string]places
}

// NewNetwork makes a network whose requests carry the user agent.
func NewNetwork(userAgent string) *Network {
	n := &Network{
		userAgent:  userAgent,
		budgets:    newBudgets(),
		transports: map[setup]*http.Transport{},
		places:     map[string]places{},
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
	maps.DeleteFunc(n.transports, func(other setup, old *http.Transport) bool {
		other.changed = s.changed
		outdated := other == s
		if outdated {
			old.CloseIdleConnections()
		}
		return outdated
	})
	n.transports[s] = t
	return t, nil
}

// enter waits for a place at an origin. The place must be left again unless
// ctx ended first.
func (n *Network) enter(ctx context.Context, origin string, forDetails bool) (leave func(), err error) {
	at := n.placesAt(origin)
	if !forDetails {
		return take(ctx, at.all)
	}
	leaveDetails, err := take(ctx, at.details)
	if err != nil {
		return nil, err
	}
	leaveAll, err := take(ctx, at.all)
	if err != nil {
		leaveDetails()
		return nil, err
	}
	return func() { leaveAll(); leaveDetails() }, nil
}

func (n *Network) placesAt(origin string) places {
	n.mu.Lock()
	defer n.mu.Unlock()
	at, known := n.places[origin]
	if !known {
		at = places{make(chan struct{}, placesPerOrigin), make(chan struct{}, placesForDetails)}
		n.places[origin] = at
	}
	return at
}

// take waits for one of some places.
func take(ctx context.Context, from chan struct{}) (leave func(), err error) {
	select {
	case from <- struct{}{}:
		return func() { <-from }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
