package avatar

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"syscall"
	"time"

	"rollcall/client/transport"
)

// requester sends the requests for pictures.
type requester struct {
	userAgent string
	// resolver looks up names and roots are the certificate authorities. Both
	// are nil, for those of the system, except in tests.
	resolver *net.Resolver
	roots    *x509.CertPool
}

// The limits of a request: time, bytes of the body and redirects followed.
const (
	fetchTimeout = 5 * time.Second
	maxBody      = 1 << 20
	maxRedirects = 3
)

// fetched is the answer to a request for a picture. Its body is nil where the
// picture with the etag that was sent is still current.
type fetched struct {
	body []byte
	etag string
}

// fetch requests a picture, unless it is still the one with the given etag; an
// empty etag stands for none. The connection is not kept for other pictures,
// since the rule decides which addresses it may reach.
func (q requester) fetch(ctx context.Context, u *url.URL, rule rule, etag string) (fetched, error) {
	transport := q.transport(rule)
	defer transport.CloseIdleConnections()
	asker := &http.Client{
		Transport: transport,
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects {
				return errors.New("the picture is behind too many redirects")
			}
			r.Header.Del("Referer")
			return rule.check(r.URL)
		},
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return fetched{}, withoutAddress(err)
	}
	r.Header.Set("User-Agent", q.userAgent)
	r.Header.Set("Accept", "image/png,image/jpeg,image/webp,image/gif")
	if etag != "" {
		r.Header.Set("If-None-Match", etag)
	}
	res, err := asker.Do(r)
	if err != nil {
		return fetched{}, withoutAddress(err)
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusNotModified && etag != "":
		return fetched{}, nil
	case res.StatusCode != http.StatusOK:
		return fetched{}, fmt.Errorf("the picture was answered with status %d", res.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxBody+1))
	switch {
	case ctx.Err() != nil:
		// A server may end its answer just as we hang up.
		return fetched{}, ctx.Err()
	case err != nil:
		return fetched{}, withoutAddress(err)
	case len(body) > maxBody:
		return fetched{}, errors.New("the picture is larger than 1 MiB")
	case len(body) == 0:
		return fetched{}, errors.New("the picture is empty")
	}
	return fetched{body, res.Header.Get("ETag")}, nil
}

// withoutAddress takes the address out of an error, since it may be private.
func withoutAddress(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}

// transport connects only to addresses that the rule allows. Where the
// environment names a proxy, the proxy looks the names up and the rule cannot
// see what it connects to.
func (q requester) transport(rule rule) *http.Transport {
	var proxied atomic.Bool
	return &http.Transport{
		Proxy: func(r *http.Request) (*url.URL, error) {
			var proxy *url.URL
			var err error
			if r.URL.Scheme == "https" {
				proxy, err = transport.ProxyFromEnvironment(r)
			}
			proxied.Store(proxy != nil)
			return proxy, err
		},
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			dialer := net.Dialer{Timeout: fetchTimeout, Resolver: q.resolver}
			if !proxied.Load() {
				dialer.Control = func(_, ip string, _ syscall.RawConn) error {
					return rule.reach(address, ip)
				}
			}
			return dialer.DialContext(ctx, network, transport.DialAddress(address))
		},
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: q.roots},
		TLSHandshakeTimeout:    fetchTimeout,
		DisableCompression:     true,
		MaxResponseHeaderBytes: 64 << 10,
		IdleConnTimeout:        time.Second,
	}
}
