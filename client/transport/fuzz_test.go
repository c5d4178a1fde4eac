package transport

import (
	"crypto/x509"
	"net/http"
	"testing"
	"unicode/utf8"
)

// FuzzBody unpacks and decodes any body, and shows it.
func FuzzBody(f *testing.F) {
	f.Add([]byte(`{"id":1}`), "gzip", "application/json; charset=iso-8859-1")
	f.Add([]byte("\x1f\x8b\x08\x00"), "x-gzip, br", "text/html; charset=utf-16")
	f.Add([]byte("\xff\xfe{\x00}\x00"), "", "application/json; charset=UTF_16LE")
	f.Fuzz(func(t *testing.T, body []byte, coding, kind string) {
		h := http.Header{"Content-Encoding": {coding}, "Content-Type": {kind}}
		plain, err := plainBody(body, h, anyRoom())
		if err != nil {
			return
		}
		lines, _ := bodyLines(plain, func(s string) string { return s })
		for _, line := range lines {
			if !utf8.ValidString(line) {
				t.Errorf("%q is shown", line)
			}
		}
	})
}

// FuzzAuthorities reads any file of certificates.
func FuzzAuthorities(f *testing.F) {
	f.Add([]byte("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"))
	f.Add([]byte("-----BEGIN TRUSTED CERTIFICATE-----\n\n-----END TRUSTED CERTIFICATE-----"))
	f.Fuzz(func(t *testing.T, text []byte) {
		pool := x509.NewCertPool()
		if found := addAuthorities(pool, text); found == pool.Equal(x509.NewCertPool()) {
			t.Errorf("it says %v", found)
		}
	})
}
