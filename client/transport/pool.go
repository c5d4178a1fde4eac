package transport

import (
	"context"
	"maps"
	"net/http"
	"sync"

	"golang.org/x/sync/semaphore"
)

// Pool holds what the requests of all profiles share: one transport per TLS
// set-up and proxy, and the limit of requests at a time per origin.
type Pool struct {
	userAgent string
	// Base takes the place of the transports; set by tests only.
	Base http.RoundTripper

	mu         sync.Mutex
	transports map[Setup]*http.Transport
	origins    map[string]originLimit
}

// originLimit bounds the requests at a time to one scheme, host and port. A request
// for details counts for both.
type originLimit struct{ all, details *semaphore.Weighted }

// NewPool makes a pool whose requests carry the user agent.
func NewPool(userAgent string) *Pool {
	return &Pool{userAgent: userAgent, transports: map[Setup]*http.Transport{}, origins: map[string]originLimit{}}
}

// Close ends idle connections.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range p.transports {
		t.CloseIdleConnections()
	}
}

// transport is the one for a TLS set-up and proxy. A set-up that cannot be
// built is tried anew the next time: its files may have been mended.
func (p *Pool) transport(s Setup) (http.RoundTripper, error) {
	if p.Base != nil {
		return p.Base, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if t := p.transports[s]; t != nil {
		return t, nil
	}
	t, err := newTransport(s)
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(p.transports, func(other Setup, old *http.Transport) bool {
		other.changed = s.changed
		outdated := other == s
		if outdated {
			old.CloseIdleConnections()
		}
		return outdated
	})
	p.transports[s] = t
	return t, nil
}

// enter waits until one more request may be under way at an origin. leave is
// to be called when it is over, unless ctx ended first.
func (p *Pool) enter(ctx context.Context, at string, forDetails bool) (leave func(), err error) {
	o := p.at(at)
	if !forDetails {
		return acquire(ctx, o.all)
	}
	leaveDetails, err := acquire(ctx, o.details)
	if err != nil {
		return nil, err
	}
	leaveAll, err := acquire(ctx, o.all)
	if err != nil {
		leaveDetails()
		return nil, err
	}
	return func() { leaveAll(); leaveDetails() }, nil
}

func (p *Pool) at(name string) originLimit {
	p.mu.Lock()
	defer p.mu.Unlock()
	o, known := p.origins[name]
	if !known {
		o = originLimit{semaphore.NewWeighted(requestsPerOrigin), semaphore.NewWeighted(detailsPerOrigin)}
		p.origins[name] = o
	}
	return o
}

func acquire(ctx context.Context, s *semaphore.Weighted) (release func(), err error) {
	if err := s.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	return func() { s.Release(1) }, nil
}
