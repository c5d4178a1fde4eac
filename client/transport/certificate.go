package transport

import (
	"crypto/tls"
	"crypto/x509"
	"time"

	"rollcall/client/account"
)

// Certificate is the certificate that a service presents.
type Certificate struct {
	// Subject and Issuer are the names in the certificate.
	Subject, Issuer string
	// ExpiresAt is when the service stops to be trusted: the first end of a
	// certificate in the chain. FirstToExpire is the subject of that one.
	ExpiresAt     time.Time
	FirstToExpire string
	// Version is the version of TLS: "TLS 1.3".
	Version string
	// Unverified is set where the set-up switches the verification off. Flaw then
	// is what the verification would have found; without a state, nothing.
	Unverified bool
	Flaw       account.Diagnosis
}

// newCertificate describes the certificates of a connection, and verifies them
// where the connection did not. address is the name of the host in sentences.
func newCertificate(state tls.ConnectionState, roots *x509.CertPool, address, host string) *Certificate {
	if len(state.PeerCertificates) == 0 {
		return nil
	}
	leaf, chains := state.PeerCertificates[0], state.VerifiedChains
	c := &Certificate{
		Subject: leaf.Subject.String(), Issuer: leaf.Issuer.String(),
		Version: tls.VersionName(state.Version), Unverified: len(chains) == 0,
	}
	if c.Unverified {
		between := x509.NewCertPool()
		for _, other := range state.PeerCertificates[1:] {
			between.AddCert(other)
		}
		var err error
		chains, err = leaf.Verify(x509.VerifyOptions{DNSName: host, Roots: roots, Intermediates: between})
		if err != nil {
			chains = [][]*x509.Certificate{{leaf}}
			failed := &tls.CertificateVerificationError{UnverifiedCertificates: state.PeerCertificates, Err: err}
			c.Flaw = trouble{host: address, err: failed, now: WallTime()}.certificate().Diagnosis
		}
	}
	// One valid chain to an authority is enough, so the chain that lasts longest
	// counts.
	for _, chain := range chains {
		if first := firstToExpire(chain); first.NotAfter.After(c.ExpiresAt) {
			c.ExpiresAt, c.FirstToExpire = first.NotAfter, first.Subject.String()
		}
	}
	return c
}

// firstToExpire is the certificate of a chain that expires first.
func firstToExpire(chain []*x509.Certificate) *x509.Certificate {
	first := chain[0]
	for _, other := range chain[1:] {
		if other.NotAfter.Before(first.NotAfter) {
			first = other
		}
	}
	return first
}
