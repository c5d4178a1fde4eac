package transport

import (
	"crypto/x509"
	"encoding/pem"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

// TestAuthorities has the forms in which a certificate is found on a disk.
func TestAuthorities(t *testing.T) {
	t.Parallel()
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	der := s.Certificate().Raw
	plain := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	// OpenSSL puts a list of purposes behind a trusted certificate.
	trusted := string(pem.EncodeToMemory(&pem.Block{Type: "TRUSTED CERTIFICATE", Bytes: append(append([]byte{}, der...), 0x30, 0x02, 0x30, 0x00)}))
	key := string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte{1, 2, 3}}))
	wide := []byte{0xff, 0xfe}
	for _, c := range []byte(plain) {
		wide = append(wide, c, 0)
	}
	for name, test := range map[string]struct {
		text string
		want bool
	}{
		"plain": {plain, true}, "a mark": {"\ufeff" + plain, true}, "a mark within": {key + "\ufeff" + plain, true}, "trusted": {trusted, true},
		"words before": {"# ours\r\n" + plain, true}, "UTF-16": {string(wide), true},
		"a key": {key, false}, "nothing": {"", false}, "no certificate": {"-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n", false},
	} {
		file := filepath.Join(t.TempDir(), "ca.pem")
		if err := os.WriteFile(file, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := readPEM(file)
		if err != nil {
			t.Fatal(err)
		}
		pool := x509.NewCertPool()
		if got := addAuthorities(pool, text); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
		if _, err := s.Certificate().Verify(x509.VerifyOptions{Roots: pool}); (err == nil) != test.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}
