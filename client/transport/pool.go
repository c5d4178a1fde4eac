package transport

import (
	"context"
	"crypto/x509"
	"maps"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

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

	mu      sync.Mutex
	ways    map[Setup]*way
	origins map[string]originLimit
	// authorities are the certificates that each ca_file adds to those of the system.
	authorities map[fileVersion]func() (*x509.CertPool, error)
}

// way is how the requests of a set-up go out.
type way struct {
	// transport builds it when it is first called. Whoever waits for the files of one
	// set-up keeps nobody else waiting. built is what it built; nil before that.
	transport func() (*http.Transport, error)
	built     atomic.Pointer[http.Transport]

	mu         sync.Mutex
	turnstiles map[string]*turnstile
}

// turnstile is the one before an origin; nil where none is needed.
func (w *way) turnstile(origin string) *turnstile {
	if w == nil || !strings.HasPrefix(origin, "https:") {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.turnstiles[origin]
	if t == nil {
		t = newTurnstile()
		w.turnstiles[origin] = t
	}
	return t
}

// originLimit bounds the concurrent requests to one origin. A request for
// details takes a place of both semaphores.
type originLimit struct{ all, details *semaphore.Weighted }

// NewPool returns a pool whose requests carry the user agent.
func NewPool(userAgent string) *Pool {
	return &Pool{
		userAgent: userAgent, ways: map[Setup]*way{}, origins: map[string]originLimit{},
		authorities: map[fileVersion]func() (*x509.CertPool, error){},
	}
}

// Close closes the idle connections. The pool can be used afterwards.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range p.ways {
		w.close()
	}
}

// close closes the idle connections of a way.
func (w *way) close() {
	if t := w.built.Load(); t != nil {
		t.CloseIdleConnections()
	}
}

// transport returns the transport of a set-up with its way; nil for one that takes the
// place of all. A transport that cannot be built is tried again for the next request,
// since its files may have been corrected.
func (p *Pool) transport(s Setup) (http.RoundTripper, *way, error) {
	if p.Base != nil {
		return p.Base, nil, nil
	}
	w := p.way(s)
	t, err := w.transport()
	if err != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.ways[s] == w {
			delete(p.ways, s)
		}
		return nil, nil, err
	}
	return t, w, nil
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
			old.close()
		}
		return outdated
	})
	w := &way{turnstiles: map[string]*turnstile{}}
	w.transport = sync.OnceValues(func() (*http.Transport, error) {
		t, err := newTransport(s, p.roots)
		w.built.Store(t)
		return t, err
	})
	p.ways[s] = w
	return w
}

// fileVersion is a file as it was at a time, in nanoseconds.
type fileVersion struct {
	path    string
	changed int64
}

// roots are the authorities of the system with those of the ca_file of a set-up. They
// are read once for all set-ups that name the file, and anew once it has changed.
func (p *Pool) roots(s Setup) (*x509.CertPool, error) {
	file := fileVersion{s.CAFile, s.changed[0]}
	p.mu.Lock()
	read := p.authorities[file]
	if read == nil {
		maps.DeleteFunc(p.authorities, func(other fileVersion, _ func() (*x509.CertPool, error)) bool {
			return other.path == file.path
		})
		read = sync.OnceValues(func() (*x509.CertPool, error) { return readAuthorities(file.path) })
		p.authorities[file] = read
	}
	p.mu.Unlock()
	roots, err := read()
	if err != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		delete(p.authorities, file)
	}
	return roots, err
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
		o = originLimit{semaphore.NewWeighted(RequestsPerOrigin), semaphore.NewWeighted(detailsPerOrigin)}
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
