package transport

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
)

// way is how the requests of a set-up go out. It is a [http.RoundTripper].
type way struct {
	// narrow trusts the authorities of the ca_file alone, wide those of the system, too.
	// They are the same where the set-up names no file.
	narrow, wide *lazyTransport
	// widened is set once a certificate was found that only wide can know.
	widened atomic.Bool

	mu         sync.Mutex
	turnstiles map[string]*turnstile
}

// lazyTransport is a transport that is built when it is first needed. Whoever waits for
// the files of one set-up keeps nobody else waiting.
type lazyTransport struct {
	build func() (*http.Transport, error)
	// built is what was built; nil before that.
	built atomic.Pointer[http.Transport]
}

func newLazyTransport(s Setup, roots func() (*x509.CertPool, error)) *lazyTransport {
	l := &lazyTransport{}
	l.build = sync.OnceValues(func() (*http.Transport, error) {
		t, err := newTransport(s, roots)
		l.built.Store(t)
		return t, err
	})
	return l
}

func newWay(s Setup, a *authorities) *way {
	w := &way{turnstiles: map[string]*turnstile{}, wide: newLazyTransport(s, a.all)}
	if w.narrow = w.wide; s.CAFile != "" {
		w.narrow = newLazyTransport(s, a.own)
	}
	return w
}

// ready builds what the first request needs.
func (w *way) ready() error {
	_, err := w.narrow.build()
	return err
}

// RoundTrip sends a request. A certificate that the authorities of the ca_file do not
// vouch for is looked at again with those of the system, which few who name a file
// need, and which take longer to read than an answer to come. Nothing was sent before
// that.
func (w *way) RoundTrip(r *http.Request) (*http.Response, error) {
	if !w.widened.Load() {
		t, err := w.narrow.build()
		if err != nil {
			return nil, err
		}
		resp, err := t.RoundTrip(r)
		if _, unknown := errors.AsType[*tls.CertificateVerificationError](err); !unknown || w.narrow == w.wide {
			return resp, err
		}
		w.widened.Store(true)
	}
	t, err := w.wide.build()
	if err != nil {
		return nil, err
	}
	return t.RoundTrip(r)
}

// CloseIdleConnections closes the connections that no request is on.
func (w *way) CloseIdleConnections() {
	for _, l := range []*lazyTransport{w.narrow, w.wide} {
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
type authorities struct {
	own, all func() (*x509.CertPool, error)
	// failed is set where the file could not be read.
	failed atomic.Bool
}

func newAuthorities(file string) *authorities {
	a := &authorities{}
	read := func(pool func() *x509.CertPool) func() (*x509.CertPool, error) {
		return sync.OnceValues(func() (*x509.CertPool, error) {
			roots, err := readAuthorities(file, pool())
			a.failed.Store(err != nil)
			return roots, err
		})
	}
	a.own, a.all = read(x509.NewCertPool), read(systemAuthorities)
	return a
}

// systemAuthorities are those that the system trusts.
func systemAuthorities() *x509.CertPool {
	if pool, err := x509.SystemCertPool(); err == nil {
		return pool
	}
	return x509.NewCertPool()
}
