package transport

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/singleflight"
)

// way is how the requests of a set-up go out. It is a [http.RoundTripper].
type way struct {
	// narrow trusts the authorities of the ca_file alone, wide those of the system, too.
	// They are the same where the set-up names no file.
	narrow, wide *lazy[http.Transport]
	// widened is set once a certificate was found that only wide can know.
	widened atomic.Bool

	mu         sync.Mutex
	turnstiles map[string]*turnstile
}

// lazy is made when it is first needed. Whoever waits for the files of one set-up keeps
// nobody else waiting, and those who need it at the same time wait for one reading. Where
// that fails, who comes later tries again: the files may have been corrected.
type lazy[T any] struct {
	build  func() (*T, error)
	flight singleflight.Group
	// built is what was built; nil before that.
	built atomic.Pointer[T]
}

func (l *lazy[T]) get() (*T, error) {
	if built := l.built.Load(); built != nil {
		return built, nil
	}
	_, err, _ := l.flight.Do("", func() (any, error) {
		if l.built.Load() != nil {
			return nil, nil // While this one was about to begin.
		}
		built, err := l.build()
		if err == nil {
			l.built.Store(built)
		}
		return nil, err
	})
	return l.built.Load(), err
}

func newWay(s Setup, a *authorities) *way {
	from := func(roots func() (*x509.CertPool, error)) *lazy[http.Transport] {
		return &lazy[http.Transport]{build: func() (*http.Transport, error) { return newTransport(s, roots) }}
	}
	w := &way{turnstiles: map[string]*turnstile{}, wide: from(a.all.get)}
	if w.narrow = w.wide; s.CAFile != "" {
		w.narrow = from(a.own.get)
	}
	return w
}

// ready builds what the first request needs.
func (w *way) ready() error {
	_, err := w.narrow.get()
	return err
}

// RoundTrip sends a request. A certificate that the authorities of the ca_file do not
// vouch for is looked at again with those of the system, which few who name a file
// need, and which take longer to read than an answer to come. Nothing was sent before
// that.
func (w *way) RoundTrip(r *http.Request) (*http.Response, error) {
	if !w.widened.Load() {
		t, err := w.narrow.get()
		if err != nil {
			return nil, err
		}
		resp, err := t.RoundTrip(r)
		if _, unknown := errors.AsType[*tls.CertificateVerificationError](err); !unknown || w.narrow == w.wide {
			return resp, err
		}
		w.widened.Store(true)
	}
	t, err := w.wide.get()
	if err != nil {
		return nil, err
	}
	return t.RoundTrip(r)
}

// CloseIdleConnections closes the connections that no request is on.
func (w *way) CloseIdleConnections() {
	for _, l := range []*lazy[http.Transport]{w.narrow, w.wide} {
		if t := l.built.Load(); t != nil {
			t.CloseIdleConnections()
		}
	}
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

// fileVersion is a file as it was at a time, in nanoseconds.
type fileVersion struct {
	path    string
	changed int64
}

// authorities are those that a ca_file names, which may be the empty path for none. own
// are these alone, and all has those of the system with them.
type authorities struct{ own, all lazy[x509.CertPool] }

func newAuthorities(file string) *authorities {
	a := &authorities{}
	a.own.build = func() (*x509.CertPool, error) { return readAuthorities(file, x509.NewCertPool()) }
	a.all.build = func() (*x509.CertPool, error) { return readAuthorities(file, systemAuthorities()) }
	return a
}

// systemAuthorities are those that the system trusts.
func systemAuthorities() *x509.CertPool {
	if pool, err := x509.SystemCertPool(); err == nil {
		return pool
	}
	return x509.NewCertPool()
}
