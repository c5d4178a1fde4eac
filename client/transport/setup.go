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
	"strings"
	"time"

	"rollcall/client/text"
	"rollcall/plainfile"
)

// Setup is the TLS and proxy configuration of a profile. Two profiles share
// connections where their set-ups are equal. The zero value is that of the
// system and the environment.
type Setup struct {
	// CAFile is the path of a file with further certificate authorities.
	// ClientCert and ClientKey are those of a certificate to present and its key.
	// All are in PEM form, and empty for none.
	CAFile, ClientCert, ClientKey string
	// Proxy is the URL of an HTTP or SOCKS5 proxy; empty for the one that the
	// environment names.
	Proxy string
	// Insecure switches off the verification of the service's certificate.
	Insecure bool
	// changed holds the modification times of the files, in nanoseconds, so that
	// a renewed certificate makes another set-up.
	changed [3]int64
}

// withFileTimes returns the set-up with the present modification times, as far as they
// are told before ctx ends.
func (s Setup) withFileTimes(ctx context.Context) Setup {
	for i, file := range []string{s.CAFile, s.ClientCert, s.ClientKey} {
		if file == "" {
			continue
		}
		// The error of a file that cannot be read comes when it is read.
		if info, err := plainfile.Stat(ctx, file); err == nil {
			s.changed[i] = info.ModTime().UnixNano()
		}
	}
	return s
}

// newTransport builds the transport of a set-up. The time limit of an attempt
// bounds its dialling and handshake. The limits here bound those that go on in
// the background after the attempt, whose connection a later request can use.
//
// roots reads the authorities of a set-up that names a file of them.
func newTransport(s Setup, roots func() (*x509.CertPool, error)) (*http.Transport, error) {
	config, err := s.tlsConfig(roots)
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
		DialContext:            dialKept,
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    30 * time.Second,
		ForceAttemptHTTP2:      true,
		// The pings find a connection that died while the machine slept, before
		// many requests have waited on it.
		HTTP2:                  &http.HTTP2Config{SendPingTimeout: 30 * time.Second, PingTimeout: 10 * time.Second, MaxReceiveBufferPerStream: unread},
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    RequestsPerOrigin,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: maxHeaders,
	}, nil
}

// readAuthorities adds the authorities of a file to a pool.
func readAuthorities(file string, pool *x509.CertPool) (*x509.CertPool, error) {
	text, err := readPEM(file)
	if err != nil {
		return nil, fileError("ca_file", file, err)
	}
	if !addAuthorities(pool, text) {
		return nil, fileError("ca_file", file, errors.New("it holds no certificate in PEM form"))
	}
	return pool, nil
}

func (s Setup) tlsConfig(roots func() (*x509.CertPool, error)) (config *tls.Config, err error) {
	// A connection that is made again after a pause, as at long intervals, costs a
	// fraction where the session is known.
	config = &tls.Config{
		MinVersion: tls.VersionTLS12, InsecureSkipVerify: s.Insecure, ClientSessionCache: tls.NewLRUClientSessionCache(keptSessions),
	}
	if s.CAFile != "" {
		if config.RootCAs, err = roots(); err != nil {
			return nil, err
		}
	}
	if s.ClientCert == "" {
		return config, nil
	}
	cert, err := readPEM(s.ClientCert)
	if err != nil {
		return nil, fileError("client_cert", s.ClientCert, err)
	}
	key, err := readKey(s.ClientKey)
	if err != nil {
		return nil, fileError("client_key", s.ClientKey, err)
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return nil, &setupError{
			fmt.Sprintf("client_cert %s and client_key %s cannot be used together: %s.", s.ClientCert, s.ClientKey, err),
			"Name a certificate and its own unencrypted key, both in PEM form.",
			false,
		}
	}
	config.Certificates = []tls.Certificate{pair}
	return config, nil
}

// fileError is the error of a file that cannot be used; key is its name in the
// configuration.
func fileError(key, file string, err error) error {
	if e, ok := errors.AsType[*plainfile.Error](err); ok {
		return &setupError{fmt.Sprintf("%s %s %s.", key, file, e.What), text.Sentence(text.Capitalized(e.Remedy)), false}
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	return &setupError{
		fmt.Sprintf("%s %s cannot be used: %s.", key, file, err),
		"Correct " + key + " or the file.",
		false,
	}
}

// dial connects to an address in the form of [DialAddress].
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}
	return dialer.DialContext(ctx, network, DialAddress(address))
}

// DialAddress returns the host and port to connect to for those of a URL. Every
// name below localhost becomes localhost, so that it is this computer whatever
// a name server says.
func DialAddress(address string) string {
	if host, port, err := net.SplitHostPort(address); err == nil && strings.HasSuffix(strings.ToLower(host), ".localhost") {
		return net.JoinHostPort("localhost", port)
	}
	return address
}
