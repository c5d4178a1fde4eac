package faults_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// authorities sign certificates: the good one is trusted by the profiles, and the other
// one is not.
type authorities struct{ good, other, between *authority }

// authority signs certificates.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	// File holds its certificate.
	File string
}

// The times of certificates are fixed, since sentences repeat them.
var (
	longAgo, lately = time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC), time.Date(2002, 3, 4, 5, 6, 7, 0, time.UTC)
	later, farOff   = time.Date(2100, 2, 3, 4, 5, 6, 0, time.UTC), time.Date(2101, 3, 4, 5, 6, 7, 0, time.UTC)
)

func newAuthorities(t *testing.T) *authorities {
	a := &authorities{good: newAuthority(t, "Otter Test Authority", nil), other: newAuthority(t, "Stoat Test Authority", nil)}
	a.between = newAuthority(t, "Otter Branch Authority", a.good)
	return a
}

// newAuthority is one that another has signed; nil for itself.
func newAuthority(t *testing.T, name string, by *authority) *authority {
	t.Helper()
	a := &authority{key: elliptical(t)}
	a.cert = &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: longAgo, NotAfter: farOff,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	if by == nil {
		by = a
	}
	der, err := x509.CreateCertificate(rand.Reader, a.cert, by.cert, a.key.Public(), by.key)
	if err != nil {
		t.Fatal(err)
	}
	a.File = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(a.File, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return a
}

func elliptical(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// pair is a certificate for loopback and for the names of the tests, after change has
// made it special, with its key.
func (a *authority) pair(t *testing.T, change func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	key := elliptical(t)
	c := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "otter"}, NotBefore: longAgo, NotAfter: farOff,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"*.test"},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if change != nil {
		change(c)
	}
	der, err := x509.CreateCertificate(rand.Reader, c, a.cert, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}
