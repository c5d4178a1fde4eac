package transport

import (
	"context"
	"maps"
	"net"
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
	// reading bounds those that are read at a time.
	reading *semaphore.Weighted
	// shared are the connections that carry several requests.
	shared *sharedConns

	mu      sync.Mutex
	ways    map[Setup]*way
	origins map[string]originLimit
	// files are the authorities of each ca_file.
	files map[fileVersion]*authorities
}

// originLimit bounds the concurrent requests to one origin. A request for
// details takes a place of all and details; large is for those with large answers.
type originLimit struct{ all, details, large *semaphore.Weighted }

// NewPool returns a pool whose requests carry the user agent.
func NewPool(userAgent string) *Pool {
	return &Pool{
		userAgent: userAgent, bodies: semaphore.NewWeighted(heldBodies), reading: semaphore.NewWeighted(readAtOnce()),
		ways: map[Setup]*way{}, origins: map[string]originLimit{}, files: map[fileVersion]*authorities{}, shared: &sharedConns{all: map[net.Conn]*sharedConn{}},
	}
}

// room is the memory for the body of one answer of an origin, of which nothing is taken
// yet.
func (p *Pool) room(origin string) *share {
	return &share{of: p.bodies, turn: p.limit(origin).large, reading: p.reading}
}

// Close closes the idle connections. The pool can be used afterwards.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.ways {
		w.CloseIdleConnections()
	}
}

// transport returns what sends the requests of a set-up, with its way; nil for one that
// takes the place of all.
func (p *Pool) transport(s Setup) (http.RoundTripper, *way, error) {
	if p.Base != nil {
		return p.Base, nil, nil
	}
	w := p.way(s)
	if err := w.ready(); err != nil {
		return nil, nil, err
	}
	return w, w, nil
}

// way is the one of a set-up. A new one takes the place of that with older files.
func (p *Pool) way(s Setup) *way {
	p.mu.Lock()
	defer p.mu.Unlock()
	if w := p.ways[s]; w != nil {
		return w
	}
	maps.DeleteFunc(p.ways, func(other Setup, old *way) bool {
		other.changed = s.changed
		outdated := other == s
		if outdated {
			old.CloseIdleConnections()
		}
		return outdated
	})
	w := newWay(s, p.authorities(s))
	p.ways[s] = w
	return w
}

// authorities are those of a set-up. They are read once for all set-ups that name the
// same file, and anew once it has changed. The caller holds mu.
func (p *Pool) authorities(s Setup) *authorities {
	file := fileVersion{s.CAFile, s.changed[0]}
	if a := p.files[file]; a != nil {
		return a
	}
	maps.DeleteFunc(p.files, func(other fileVersion, _ *authorities) bool { return other.path == file.path })
	a := newAuthorities(file.path)
	p.files[file] = a
	return a
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
		o = originLimit{
			semaphore.NewWeighted(RequestsPerOrigin), semaphore.NewWeighted(detailsPerOrigin), semaphore.NewWeighted(largePerOrigin),
		}
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
