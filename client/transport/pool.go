package transport

import (
	"context"
	"maps"
	"net/http"
	"sync"

	"golang.org/x/sync/semaphore"
)

// Pool holds what the requests of all profiles share: a transport for each
// [Setup], and the limit of concurrent requests to each origin. It is made by
// [NewPool] and may be used by several goroutines.
type Pool struct {
	userAgent string
	// Base, where it is not nil, takes the place of all transports. It is for
	// tests, and must be set before the first request.
	Base http.RoundTripper

	// bodies bounds the bodies of large answers that are in memory.
	bodies *semaphore.Weighted

	mu         sync.Mutex
	transports map[Setup]*http.Transport
	origins    map[string]originLimit
}

// originLimit bounds the concurrent requests to one origin. A request for
// details takes a place of both semaphores.
type originLimit struct{ all, details *semaphore.Weighted }

// NewPool returns a pool whose requests carry the user agent.
func NewPool(userAgent string) *Pool {
	return &Pool{userAgent: userAgent, bodies: semaphore.NewWeighted(heldBodies), transports: map[Setup]*http.Transport{}, origins: map[string]originLimit{}}
}

// Close closes the idle connections. The pool can be used afterwards.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range p.transports {
		t.CloseIdleConnections()
	}
}

// transport returns the transport of a set-up, and removes the one of the same
// set-up with older files. A transport that cannot be built is tried again for
// the next request, since its files may have been corrected.
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

// acquire waits until one more request can be under way at an origin. The
// caller calls release when the request is over. The error is that of ctx,
// which ended first.
func (p *Pool) acquire(ctx context.Context, origin string, forDetails bool) (release func(), err error) {
	limit := p.limit(origin)
	if !forDetails {
		return acquire(ctx, limit.all)
	}
	releaseDetails, err := acquire(ctx, limit.details)
	if err != nil {
		return nil, err
	}
	releaseAll, err := acquire(ctx, limit.all)
	if err != nil {
		releaseDetails()
		return nil, err
	}
	return func() { releaseAll(); releaseDetails() }, nil
}

// limit returns the limit of an origin.
func (p *Pool) limit(origin string) originLimit {
	p.mu.Lock()
	defer p.mu.Unlock()
	o, known := p.origins[origin]
	if !known {
		o = originLimit{semaphore.NewWeighted(requestsPerOrigin), semaphore.NewWeighted(detailsPerOrigin)}
		p.origins[origin] = o
	}
	return o
}

// acquire takes one place of a semaphore.
func acquire(ctx context.Context, s *semaphore.Weighted) (release func(), err error) {
	if err := s.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	return func() { s.Release(1) }, nil
}
