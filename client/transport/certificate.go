package transport

import (
	"crypto/tls"
	"crypto/x509"
	"time"

	"rollcall/client/account"
)

// Certificate is how a service proves who it is.
type Certificate struct {
	// Subject and Issuer are as the certificate has them.
	Subject, Issuer string
	// ExpiresAt is when the first of the certificates ends that the service's
	// depends on, Ending the subject of that one.
	ExpiresAt     time.Time
	FirstToExpire string
	// Version is that of TLS: "TLS 1.3".
	Version string
	// Unverified is set where the profile has nothing verified. Flaw then says
	// what would have been found; it has no state where nothing is wrong.
	Unverified bool
	Flaw       account.Diagnosis
}

// newCertificate looks at the certificates of a connection, and verifies them
// where that was not done. address is how the host is called in sentences.
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
	// A service is trusted for as long as one way to an authority is good.
	for _, chain := range chains {
		if first := firstEnd(chain); first.NotAfter.After(c.ExpiresAt) {
			c.ExpiresAt, c.FirstToExpire = first.NotAfter, first.Subject.String()
		}
	}
	return c
}

// firstEnd is the certificate of a chain that ends first.
func firstEnd(chain []*x509.Certificate) *x509.Certificate {
	first := chain[0]
	for _, other := range chain[1:] {
		if other.NotAfter.Before(first.NotAfter) {
			first = other
		}
	}
	return first
}
