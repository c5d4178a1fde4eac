package transport

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestASystemAuthorityCountsBesideACAFile has a server whose certificate only the
// authorities of the system know, and one that nobody does.
func TestASystemAuthorityCountsBesideACAFile(t *testing.T) {
	t.Parallel()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	system := x509.NewCertPool()
	system.AddCert(s.Certificate())
	for _, test := range []struct {
		name string
		own  *x509.CertPool
		all  *x509.CertPool
		// reads is how often the authorities of the system are needed.
		reads int
		good  bool
	}{
		{"the file knows it", system, system, 0, true},
		{"the system knows it", x509.NewCertPool(), system, 1, true},
		{"nobody knows it", x509.NewCertPool(), x509.NewCertPool(), 1, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			reads := 0
			a := &authorities{}
			a.own.build = func() (*x509.CertPool, error) { return test.own, nil }
			a.all.build = func() (*x509.CertPool, error) { reads++; return test.all, nil }
			w := newWay(Setup{CAFile: "a.pem"}, a)
			defer w.CloseIdleConnections()
			for range 3 {
				req, err := http.NewRequest(http.MethodGet, s.URL, http.NoBody)
				if err != nil {
					t.Fatal(err)
				}
				resp, err := w.RoundTrip(req)
				if (err == nil) != test.good {
					t.Errorf("it ended with %v", err)
				}
				if err == nil {
					resp.Body.Close()
					continue
				}
				if _, verified := errors.AsType[*tls.CertificateVerificationError](err); !verified {
					t.Errorf("it ended with %v", err)
				}
			}
			if reads != test.reads {
				t.Errorf("the authorities of the system were read %d times", reads)
			}
		})
	}
}
