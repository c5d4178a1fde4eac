package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Setup is all that two profiles must have in common to share connections.
type Setup struct {
	// CaFile holds further authorities in PEM; clientCert and clientKey are a
	// certificate to show, both or neither.
	CaFile, ClientCert, ClientKey string
	// Proxy is the address of an HTTP or SOCKS5 proxy; empty for what the
	// environment says.
	Proxy string
	// Insecure is set where the certificate of the service is not verified.
	Insecure bool
	// changed holds the files' times of change, so that a certificate that
	// was renewed is taken up.
	changed [3]int64
}

// dated is the set-up with the files as they are now.
func (s Setup) dated() Setup {
	for i, file := range []string{s.CaFile, s.ClientCert, s.ClientKey} {
		if file == "" {
			continue
		}
		// A file that cannot be read is told of when it is read.
		if info, err := os.Stat(file); err == nil {
			s.changed[i] = info.ModTime().UnixNano()
		}
	}
	return s
}

// newTransport builds the transport of a set-up. Dialling and the handshake
// are bounded by the attempt; the limits here are for those that go on in the
// background, for a later request to use.
func newTransport(s Setup) (*http.Transport, error) {
	config, err := s.tlsConfig()
	if err != nil {
		return nil, err
	}
	proxy, err := s.proxyFunc()
	if err != nil {
		return nil, err
	}
	return &http.Transport{
		Proxy:                  proxy,
		OnProxyConnectResponse: checkProxyAnswer,
		DialContext:            dial,
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    30 * time.Second,
		ForceAttemptHTTP2:      true,
		// A connection that died while the machine slept is found out before
		// many requests have waited on it in vain.
		HTTP2:                  &http.HTTP2Config{SendPingTimeout: 30 * time.Second, PingTimeout: 10 * time.Second},
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    requestsPerOrigin,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: maxHeaders,
	}, nil
}

func (s Setup) tlsConfig() (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: s.Insecure}
	if s.CaFile != "" {
		pem, err := os.ReadFile(s.CaFile)
		if err != nil {
			return nil, fileError("ca_file", s.CaFile, err)
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool()
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, fileError("ca_file", s.CaFile, errors.New("it holds no certificate in PEM form"))
		}
		config.RootCAs = pool
	}
	if s.ClientCert == "" {
		return config, nil
	}
	cert, err := os.ReadFile(s.ClientCert)
	if err != nil {
		return nil, fileError("client_cert", s.ClientCert, err)
	}
	key, err := os.ReadFile(s.ClientKey)
	if err != nil {
		return nil, fileError("client_key", s.ClientKey, err)
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return nil, &setupError{
			fmt.Sprintf("client_cert %s and client_key %s cannot be used together: %s.", s.ClientCert, s.ClientKey, err),
			"Name a certificate and its own unencrypted key, both in PEM form.",
		}
	}
	config.Certificates = []tls.Certificate{pair}
	return config, nil
}

// fileError says which file of a profile cannot be used, and why.
func fileError(key, file string, err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	return &setupError{
		fmt.Sprintf("%s %s cannot be used: %s.", key, file, err),
		"Correct " + key + " or the file.",
	}
}

// proxyFunc chooses the proxy of a request. An address of a proxy may hold a
// password and is never shown. Plain http stays on this computer, since the
// credential in it could be read on the way to a proxy.
func (s Setup) proxyFunc() (func(*http.Request) (*url.URL, error), error) {
	choose := ProxyFromEnvironment
	if s.Proxy != "" {
		u, err := url.Parse(s.Proxy)
		if err != nil {
			// The error itself would repeat the address with its password.
			return nil, &setupError{"The proxy of the profile is no address.", "Please report this as a fault of rollcall."}
		}
		choose = http.ProxyURL(u)
	}
	return func(r *http.Request) (*url.URL, error) {
		if r.URL.Scheme == "http" {
			return nil, nil
		}
		return choose(r)
	}, nil
}

func ProxyFromEnvironment(r *http.Request) (*url.URL, error) {
	proxy, err := http.ProxyFromEnvironment(r)
	if err != nil {
		return nil, &setupError{
			"The address of the proxy in the environment is not valid.",
			"Correct HTTPS_PROXY, for example http://proxy.example.org:3128.",
		}
	}
	return proxy, nil
}

// dial connects; all names below localhost are this computer, whatever a name
// server says.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}
	return dialer.DialContext(ctx, network, Dialable(address))
}

// Dialable is the host and port to look up for an address.
func Dialable(address string) string {
	if host, port, err := net.SplitHostPort(address); err == nil && strings.HasSuffix(strings.ToLower(host), ".localhost") {
		return net.JoinHostPort("localhost", port)
	}
	return address
}

func checkProxyAnswer(_ context.Context, proxy *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	return &proxyRefusal{proxy.Host, answer.StatusCode}
}

// requestsPerOrigin is how many requests may be under way at an origin at
// a time, over all profiles.
const requestsPerOrigin = 6

const (
	// detailsPerOrigin is how many of them may be for details: those of one
	// profile must not delay the identity of another.
	detailsPerOrigin = requestsPerOrigin - 1
)
