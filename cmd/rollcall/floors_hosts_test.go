//go:build linux

package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/client/transport/authoritytest"
)

// hosts is a service at many names below localhost, which answers by HTTP/2 over
// TLS: each name has a certificate of its own.
type hosts struct {
	port int
	// authority is the file to trust it by.
	authority string
	// delay is how long an answer takes, in nanoseconds.
	delay atomic.Int64
	// organizations is the list of those of each user, in JSON; nil for two.
	organizations atomic.Pointer[string]
	// asked counts the requests, connections those who came to ask.
	asked, connections atomic.Int64
}

// newHosts serves n names until the test ends.
func newHosts(t *testing.T, n int) *hosts {
	t.Helper()
	authority := authoritytest.New(t, "Floor authority", nil, nil)
	h := &hosts{authority: authority.File}
	certificates := map[string]*tls.Certificate{}
	for i := range n {
		pair := authority.Pair(t, func(c *x509.Certificate) { c.DNSNames = []string{hostName(i)} })
		certificates[hostName(i)] = &pair
	}
	server := &http.Server{
		Handler: h, ErrorLog: log.New(io.Discard, "", 0),
		TLSConfig: &tls.Config{GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			if c := certificates[hello.ServerName]; c != nil {
				return c, nil
			}
			return nil, fmt.Errorf("no certificate for %q", hello.ServerName)
		}},
		ConnState: func(_ net.Conn, s http.ConnState) {
			if s == http.StateNew {
				h.connections.Add(1)
			}
		},
	}
	for i, listener := range loopback(t) {
		if i == 0 {
			h.port = listener.Addr().(*net.TCPAddr).Port
		}
		go func() { _ = server.ServeTLS(listener, "", "") }()
	}
	t.Cleanup(func() { _ = server.Close() })
	return h
}

// loopback listens on both addresses that localhost can stand for, at one port.
func loopback(t *testing.T) []net.Listener {
	t.Helper()
	four, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	six, err := net.Listen("tcp6", fmt.Sprintf("[::1]:%d", four.Addr().(*net.TCPAddr).Port))
	if err != nil {
		return []net.Listener{four} // There is a machine without the newer one.
	}
	return []net.Listener{four, six}
}

// hostName is the name of one of the hosts.
func hostName(i int) string { return fmt.Sprintf("h%03d.localhost", i) }

// base is the address of one of the hosts.
func (h *hosts) base(i int) string { return fmt.Sprintf("https://%s:%d", hostName(i), h.port) }

// identity is where the user is asked for at one of the hosts.
func (h *hosts) identity(i int) string { return h.base(i) + "/core/v1/users/current" }

// ServeHTTP answers who shows the token, with what a service usually says of a user.
func (h *hosts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.asked.Add(1)
	if d := time.Duration(h.delay.Load()); d > 0 {
		select {
		case <-time.After(d):
		case <-r.Context().Done():
			return
		}
	}
	who := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "+tokenPrefix)
	w.Header().Set("Content-Type", "application/json")
	organizations := `{"id":"org_acme","name":"Acme","sub_domain":"acme"},{"id":"org_otter","name":"Otter Labs","sub_domain":"otter"}`
	if many := h.organizations.Load(); many != nil {
		organizations = *many
	}
	fmt.Fprintf(w, `{"user":{"id":"user_%s","first_name":"Sam","last_name":"Roe %[1]s"},"api_token_id":null,"organizations":[%s]}`, who, organizations)
}

// await waits until so many requests have come, for a while at most, and reports
// whether they have.
func (h *hosts) await(ctx context.Context, n int64) bool {
	for look := time.NewTicker(10 * time.Millisecond); ; {
		select {
		case <-ctx.Done():
			look.Stop()
			return h.asked.Load() >= n
		case <-look.C:
			if h.asked.Load() >= n {
				look.Stop()
				return true
			}
		}
	}
}
