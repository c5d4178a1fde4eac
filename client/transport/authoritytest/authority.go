package authoritytest

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

// The times of certificates are fixed, since sentences repeat them.
var (
	longAgo = time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	farOff  = time.Date(2101, 3, 4, 5, 6, 7, 0, time.UTC)
)

// Authority signs certificates.
type Authority struct {
	// File holds its certificate in PEM form, until the test ends.
	File string

	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// New makes an authority that another has signed, or, where by is nil, it itself. Change,
// where it is not nil, makes its certificate special before.
func New(t testing.TB, name string, by *Authority, change func(*x509.Certificate)) *Authority {
	t.Helper()
	a := &Authority{key: newKey(t), cert: &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: longAgo, NotAfter: farOff,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}}
	if by == nil {
		by = a
	}
	der := by.sign(t, a.cert, a.key, change)
	a.File = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(a.File, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return a
}

// Pair makes a certificate of a server or a client, for loopback and the names below
// "test", with its key. Change, where it is not nil, makes it special before.
func (a *Authority) Pair(t testing.TB, change func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	key := newKey(t)
	der := a.sign(t, &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "otter"}, NotBefore: longAgo, NotAfter: farOff,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"*.test"},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}, key, change)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// sign signs a certificate once it was changed.
func (a *Authority) sign(t testing.TB, c *x509.Certificate, key *ecdsa.PrivateKey, change func(*x509.Certificate)) []byte {
	t.Helper()
	if change != nil {
		change(c)
	}
	der, err := x509.CreateCertificate(rand.Reader, c, a.cert, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// PEM is a certificate and its key, as files hold them.
func PEM(t testing.TB, pair tls.Certificate) (cert, key []byte) {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}
