package faults_test

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/transport/authoritytest"
)

// shows is a server with another certificate than a good one.
func shows(by func(*authorities) *authoritytest.Authority, change func(*x509.Certificate)) server {
	return server{over: secure, tls: func(t *testing.T, a *authorities, c *tls.Config) {
		c.Certificates = []tls.Certificate{by(a).Pair(t, change)}
	}}
}

func good(a *authorities) *authoritytest.Authority    { return a.good }
func other(a *authorities) *authoritytest.Authority   { return a.other }
func between(a *authorities) *authoritytest.Authority { return a.between }

// shakesHands is a server of TLS with a set-up of its own.
func shakesHands(change func(c *tls.Config)) server {
	return server{over: secure, tls: func(_ *testing.T, _ *authorities, c *tls.Config) { change(c) }}
}

// afterHello is a server that reads the beginning of a handshake, and then does
// something else than to go on with it.
func afterHello(do func(c *net.TCPConn)) server {
	return server{over: secure, accepts: func(c *net.TCPConn) bool {
		head := make([]byte, 5)
		if _, err := io.ReadFull(c, head); err != nil {
			return true
		}
		if _, err := io.ReadFull(c, make([]byte, int(head[3])<<8|int(head[4]))); err == nil {
			do(c)
		}
		return true
	}}
}

// saysAfterHello is one that says something, and closes.
func saysAfterHello(said string) server {
	return afterHello(func(c *net.TCPConn) { _, _ = io.WriteString(c, said) })
}

// inRecords is a server that answers over TLS with bytes that are no records of it.
func inRecords(first, raw string) server {
	return server{over: secure, answers: func(p *peer) {
		p.write(first)
		_, _ = io.WriteString(p.tcp, raw)
	}}
}

// certificateFaults are those of what a service shows of itself.
func certificateFaults() []fault {
	const unreachable = account.Unreachable
	self := server{over: secure, tls: func(t *testing.T, _ *authorities, c *tls.Config) {
		a := authoritytest.New(t, "otter", nil, nil)
		c.Certificates = []tls.Certificate{a.Pair(t, nil)}
	}}
	named := func(names ...string) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, names }
	}
	var many []string
	for i := range 100 {
		many = append(many, fmt.Sprintf("host-%d.example", i))
	}
	return []fault{
		{name: "a certificate of an unknown authority", server: shows(other, nil), state: unreachable, code: "tls_unknown_authority"},
		{name: "a certificate that signed itself", server: self, state: unreachable, code: "tls_unknown_authority"},
		{name: "a certificate whose issuer is not sent", server: shows(between, nil), state: unreachable, code: "tls_unknown_authority"},
		{name: "a certificate that has ended", server: shows(good, func(c *x509.Certificate) { c.NotAfter = lately }), state: unreachable, code: "tls_expired"},
		{name: "a certificate that is not valid yet", server: shows(good, func(c *x509.Certificate) { c.NotBefore = later }), state: unreachable, code: "tls_not_yet_valid"},
		{name: "a certificate for another name", server: shows(good, named("other.example")), state: unreachable, code: "tls_wrong_host"},
		{name: "a certificate for very many other names", server: shows(good, named(many...)), state: unreachable, code: "tls_wrong_host"},
		{name: "a certificate for no name at all", server: shows(good, named()), state: unreachable, code: "tls_wrong_host"},
		{name: "a certificate for another use", server: shows(good, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning} }), state: unreachable, code: "tls_certificate"},
		{name: "a certificate with a weak signature", server: shows(good, func(c *x509.Certificate) { c.SignatureAlgorithm = x509.ECDSAWithSHA1 }), state: unreachable, code: "tls_certificate"},
		{name: "a certificate with an extension that nobody knows", server: shows(good, func(c *x509.Certificate) {
			c.ExtraExtensions = []pkix.Extension{{Id: []int{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}}}
		}), state: unreachable, code: "tls_certificate"},
		{name: "a certificate that is far too long", server: shows(good, func(c *x509.Certificate) { c.Subject.CommonName = strings.Repeat("x", 300<<10) }), state: unreachable, code: "tls_refused"},
	}
}

// handshakeFaults are those of the way to a secure connection.
func handshakeFaults() []fault {
	const unreachable = account.Unreachable
	demands := func(version uint16) func(c *tls.Config) {
		return func(c *tls.Config) { c.ClientAuth, c.MaxVersion = tls.RequireAnyClientCert, version }
	}
	return []fault{
		{name: "what answers speaks HTTP where TLS is spoken", server: saysAfterHello("HTTP/1.1 400 Bad Request\r\n\r\n"), state: unreachable, code: "tls_not_spoken"},
		{name: "what answers speaks neither TLS nor HTTP", server: saysAfterHello("SSH-2.0-OpenSSH_9.2\r\n"), state: unreachable, code: "tls_not_spoken"},
		{name: "the handshake is refused", server: saysAfterHello("\x15\x03\x03\x00\x02\x02\x28"), state: unreachable, code: "tls_refused"},
		{name: "the handshake is refused for the name", server: saysAfterHello("\x15\x03\x03\x00\x02\x02\x70"), state: unreachable, code: "tls_refused"},
		{name: "the handshake is refused for a fault of the server", server: saysAfterHello("\x15\x03\x03\x00\x02\x02\x50"), state: unreachable, code: "tls_refused"},
		{name: "the connection is closed within the handshake", server: saysAfterHello(""), state: unreachable, code: "reset", attempts: 3},
		{name: "the connection is closed within a record of the handshake", server: saysAfterHello("\x16\x03\x03\x01\x00\x02"), state: unreachable, code: "reset", attempts: 3},
		{name: "the connection is reset within the handshake", server: afterHello(reset), state: unreachable, code: "reset", attempts: 3},
		{name: "the handshake stops", server: afterHello(func(c *net.TCPConn) { _, _ = io.Copy(io.Discard, c) }), late: true, state: unreachable, code: "timeout_tls"},
		{name: "the handshake is of bytes that mean nothing", server: saysAfterHello("\x16\x03\x03\x00\x08\x02\x00\x00\x04\xde\xad\xbe\xef"), state: unreachable, code: "tls_refused"},
		{name: "the handshake is in a version that is too old", server: shakesHands(func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11 }), state: unreachable, code: "tls_refused"},
		{name: "the handshake finds no protocol", server: shakesHands(func(c *tls.Config) { c.NextProtos = []string{"spdy/3"} }), state: unreachable, code: "tls_refused"},
		{name: "a certificate of the client is wanted in the handshake", server: shakesHands(demands(tls.VersionTLS12)), state: unreachable, code: "tls_refused"},
		{name: "a certificate of the client is wanted after the handshake", server: shakesHands(demands(tls.VersionTLS13)), state: unreachable, code: "tls_refused"},
		{name: "the handshake agrees on no protocol", server: shakesHands(func(c *tls.Config) { c.NextProtos = nil }), state: account.Healthy},
	}
}

// recordFaults are those of what comes over a secure connection.
func recordFaults() []fault {
	const unreachable = account.Unreachable
	return []fault{
		{name: "a record is cut", server: inRecords("", "\x17\x03\x03\x01\x00hush"), state: unreachable, code: "reset", attempts: 3},
		{name: "a record is cut within the answer", server: inRecords(cut, "\x17\x03\x03\x01\x00hush"), state: unreachable, code: "reset", attempts: 3},
		{name: "a record was changed on the way", server: inRecords("", "\x17\x03\x03\x00\x20"+strings.Repeat("h", 32)), state: unreachable, code: "tls_refused"},
		{name: "a record is longer than records are", server: inRecords("", "\x17\x03\x03\xff\xff"+strings.Repeat("h", 1<<16)), state: unreachable, code: "tls_refused"},
		{name: "the answer goes on without TLS", server: inRecords("", "HTTP/1.1 200 OK\r\n\r\n"), state: unreachable, code: "tls_refused"},
		{name: "an answer of unknown length is cut", server: inRecords(ok+"\r\n"+`{"user":{"id":"u`, ""), state: account.BadResponse},
		{name: "a whole answer ends without a word", server: inRecords(whole, ""), state: account.Healthy},
	}
}

// tlsFaults are all of them.
func tlsFaults() []fault {
	all := append(certificateFaults(), handshakeFaults()...)
	return append(all, recordFaults()...)
}
