package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"rollcall/client/account"
)

// failureRow is an error of a request and what must be made of it.
type failureRow struct {
	name      string
	err       error
	state     account.State
	code      string
	transient bool
	// says and tells are parts of the explanation and of the remedy.
	says, tells []string
}

func dialError(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }

// otterCert is a certificate whose facts must be told.
var otterCert = &x509.Certificate{
	Subject: pkix.Name{CommonName: "otter"}, Issuer: pkix.Name{CommonName: "Otter Test Authority"},
	NotBefore: time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC), NotAfter: time.Date(2002, 3, 4, 5, 6, 7, 0, time.UTC),
	DNSNames: []string{"other.example"},
}

var otterFacts = []string{"host.example", "CN=otter", "signed by CN=Otter Test Authority", "2002-03-04"}

// failureRows has a row per way in which a request gets no whole answer.
var failureRows = []failureRow{
	{"no such host", dialError(&net.DNSError{Name: "api.example", Err: "no such host", IsNotFound: true}), account.Unreachable, "dns", false, []string{"api.example"}, []string{"base_url"}},
	{"name server failed", dialError(&net.DNSError{Name: "api.example", Err: "server misbehaving", IsTemporary: true}), account.Unreachable, "dns", true, []string{"api.example", "server misbehaving"}, []string{"name servers"}},
	{"name server slow", dialError(&net.DNSError{Name: "api.example", Err: "i/o timeout", IsTimeout: true}), account.Unreachable, "timeout_dns", false, []string{"api.example"}, []string{"name servers"}},
	{"refused", dialError(syscall.ECONNREFUSED), account.Unreachable, "refused", true, []string{"host.example"}, []string{"port"}},
	{"refused on Windows", dialError(syscall.Errno(10061)), account.Unreachable, "refused", true, []string{"host.example"}, []string{"port"}},
	{"no route", dialError(syscall.EHOSTUNREACH), account.Unreachable, "no_route", true, []string{"host.example"}, []string{"VPN"}},
	{"no network", dialError(syscall.ENETUNREACH), account.Unreachable, "no_route", true, []string{"host.example"}, []string{"network connection"}},
	{"reset", &phaseError{phaseAnswer, "192.0.2.7:443", syscall.ECONNRESET}, account.Unreachable, "reset", true, []string{"host.example", "without an answer"}, []string{"port"}},
	{"reset on Windows", dialError(syscall.Errno(10054)), account.Unreachable, "reset", true, []string{"host.example"}, nil},
	{"reset in the answer", &readError{200, syscall.ECONNRESET}, account.Unreachable, "reset", true, []string{"while the answer was read"}, nil},
	{"closed", io.EOF, account.Unreachable, "reset", true, []string{"host.example"}, nil},
	{"the system's own limit", dialError(syscall.ETIMEDOUT), account.Unreachable, "timeout_connect", false, []string{"host.example"}, []string{"firewall"}},
	{"deadline", os.ErrDeadlineExceeded, account.Unreachable, "timeout", false, []string{"host.example", "10s"}, []string{"request_timeout"}},
	{"time-out at the name", &phaseError{phaseName, "", context.DeadlineExceeded}, account.Unreachable, "timeout_dns", false, []string{"The name of host.example", "10s"}, []string{"name servers"}},
	{"time-out at connecting", &phaseError{phaseConnect, "192.0.2.7:443", context.DeadlineExceeded}, account.Unreachable, "timeout_connect", false, []string{"No connection to host.example (at 192.0.2.7:443)", "10s"}, []string{"firewall"}},
	{"time-out at TLS", &phaseError{phaseTLS, "192.0.2.7:443", context.DeadlineExceeded}, account.Unreachable, "timeout_tls", false, []string{"host.example", "TLS handshake", "10s"}, []string{"base_url"}},
	{"time-out at the answer", &phaseError{phaseAnswer, "192.0.2.7:443", context.DeadlineExceeded}, account.Unreachable, "timeout_answer", false, []string{"host.example took the request", "10s"}, []string{"request_timeout"}},
	{"time-out at reading", &phaseError{phaseReading, "192.0.2.7:443", &readError{200, context.DeadlineExceeded}}, account.Unreachable, "timeout_reading", false, []string{"host.example began to answer", "10s"}, []string{"request_timeout"}},
	{"unknown authority", x509.UnknownAuthorityError{Cert: otterCert}, account.Unreachable, "tls_unknown_authority", false, otterFacts, []string{"ca_file"}},
	{"wrong host", x509.HostnameError{Certificate: otterCert, Host: "host.example"}, account.Unreachable, "tls_wrong_host", false, append([]string{"other.example"}, otterFacts...), []string{"base_url"}},
	{"certificate ended", x509.CertificateInvalidError{Cert: otterCert, Reason: x509.Expired}, account.Unreachable, "tls_expired", false, append([]string{"ended on 2002-03-04 05:06:07 UTC"}, otterFacts...), []string{"clock"}},
	{"certificate for another use", &tls.CertificateVerificationError{UnverifiedCertificates: []*x509.Certificate{otterCert}, Err: x509.CertificateInvalidError{Cert: otterCert, Reason: x509.IncompatibleUsage}},
		account.Unreachable, "tls_certificate", false, otterFacts, []string{"those who run"}},
	{"no TLS", tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, account.Unreachable, "tls_not_spoken", false, []string{"host.example", "https"}, []string{"port"}},
	{"handshake refused", &net.OpError{Op: "remote error", Err: errors.New("tls: certificate required")}, account.Unreachable, "tls_refused", false, []string{"certificate required"}, []string{"client_cert"}},
	{"proxy refused", &net.OpError{Op: "proxyconnect", Net: "tcp", Err: dialError(syscall.ECONNREFUSED)}, account.Unreachable, "proxy", true, []string{"proxy", "host.example"}, []string{"HTTPS_PROXY"}},
	{"SOCKS refused", &net.OpError{Op: "socks connect", Net: "tcp", Err: errors.New("not allowed")}, account.Unreachable, "proxy", true, []string{"not allowed"}, []string{"HTTPS_PROXY"}},
	{"proxy says no", &proxyRefusal{"proxy.example:3128", 403}, account.Unreachable, "proxy", false, []string{"proxy.example:3128", "host.example", "403"}, []string{"NO_PROXY"}},
	{"proxy wants a password", &proxyRefusal{"proxy.example:3128", 407}, account.Misconfigured, "", false, []string{"proxy.example:3128"}, []string{"proxy address"}},
	{"set-up", &setupError{"ca_file /x cannot be used: it is empty.", "Correct ca_file or the file.", false}, account.Misconfigured, "", false, []string{"ca_file /x"}, []string{"ca_file"}},
	{"sent elsewhere", &redirectError{to: "https://new.example/api", status: 302}, account.Misconfigured, "", false, []string{"host.example", "https://new.example/api", "nothing was sent there."}, []string{"base_url"}},
	{"sent to a login page", &redirectError{to: "https://sso.example/login", status: 302}, account.Misconfigured, "", false, []string{"https://sso.example/login", "login page or a captive portal"}, []string{"sign in to the network"}},
	{"sent to a portal", &redirectError{to: "http://wifi.airport.example/welcome", status: 302}, account.Misconfigured, "", false, []string{"captive portal"}, []string{"browser"}},
	{"sent in circles", &redirectError{status: 302}, account.Misconfigured, "", false, []string{"host.example", "on and on"}, []string{"base_url"}},
	{"too large", &readError{200, errTooLarge}, account.BadResponse, "", false, []string{"host.example", "4 MiB"}, []string{"base_url"}},
	{"broken packing", &readError{200, errCompression}, account.BadResponse, "", false, []string{"host.example", "compressed"}, []string{"base_url"}},
	{"not HTTP", &phaseError{phaseReading, "192.0.2.7:443", errors.New(`net/http: malformed HTTP response "SSH"`)}, account.BadResponse, "", false, []string{"host.example", "HTTP"}, []string{"base_url"}},
	{"broken headers", &phaseError{phaseReading, "192.0.2.7:443", errors.New(`malformed MIME header: missing colon: "hush"`)}, account.BadResponse, "", false, []string{"host.example", "breaks the rules of HTTP"}, []string{"base_url"}},
	{"long headers", &phaseError{phaseReading, "192.0.2.7:443", errors.New("net/http: server response headers exceeded 262144 bytes; aborted")}, account.BadResponse, "", false, []string{"host.example", "256 KiB"}, []string{"base_url"}},
	{"another protocol", &readError{101, errSwitched}, account.BadResponse, "", false, []string{"host.example", "status 101"}, []string{"base_url"}},
	{"HTTP/2 connection lost", &phaseError{phaseAnswer, "192.0.2.7:443", errors.New("http2: client connection lost")}, account.Unreachable, "reset", true, []string{"host.example", "without an answer"}, nil},
	{"HTTP/2 connection lost in the answer", &readError{200, errors.New("http2: client connection lost")}, account.Unreachable, "reset", true, []string{"while the answer was read"}, nil},
	{"HTTP/2 broken", errors.New("connection error: PROTOCOL_ERROR"), account.BadResponse, "", false, []string{"host.example", "breaks the rules of HTTP"}, nil},
	{"HTTP/2 going away", &phaseError{phaseAnswer, "192.0.2.7:443", errors.New(`http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=NO_ERROR, debug="hush"`)}, account.Unreachable, "reset", true, []string{"without an answer"}, nil},
	{"broken proxy", &phaseError{phaseConnect, "192.0.2.7:3128", errors.New(`malformed HTTP response "hush"`)}, account.Unreachable, "proxy", false, []string{"proxy", "host.example"}, []string{"HTTPS_PROXY"}},
	{"something else", errors.New("odd thing"), account.Unreachable, "", true, []string{"odd thing", "host.example"}, []string{"base_url"}},
}

func TestFailuresThatNeedNoServer(t *testing.T) {
	for _, r := range failureRows {
		t.Run(r.name, func(t *testing.T) { checkFailure(t, r) })
	}
}

// TestFailuresAtThePublicAddress speaks of base_url to no profile that has none.
func TestFailuresAtThePublicAddress(t *testing.T) {
	for _, r := range failureRows {
		s := Sender{Host: "host.example", Timeout: 10 * time.Second, Public: true}
		f := s.failure(t.Context(), &url.Error{Op: "Get", URL: "https://host.example/", Err: r.err})
		if f.State != r.state || f.Remedy == "" || strings.Contains(f.Remedy, "base_url") {
			t.Errorf("%s: %s, %s", r.name, f.State, f.Remedy)
		}
	}
}

// checkFailure checks what is made of the error of a row.
func checkFailure(t *testing.T, r failureRow) {
	t.Helper()
	s := Sender{Host: "host.example", Timeout: 10 * time.Second}
	f := s.failure(t.Context(), &url.Error{Op: "Get", URL: "https://host.example/?q=hush", Err: r.err})
	if f.State != r.state || f.Code != r.code {
		t.Errorf("%s (%s), want %s (%s): %s", f.State, f.Code, r.state, r.code, f.Explanation)
	}
	for _, part := range r.says {
		if !strings.Contains(f.Explanation, part) {
			t.Errorf("explanation lacks %q: %s", part, f.Explanation)
		}
	}
	if f.State.Severity() == account.SeverityFail && (f.Remedy == "" || !strings.HasSuffix(f.Explanation, ".")) {
		t.Errorf("explanation %q, remedy %q", f.Explanation, f.Remedy)
	}
	for _, part := range r.tells {
		if !strings.Contains(f.Remedy, part) {
			t.Errorf("remedy lacks %q: %s", part, f.Remedy)
		}
	}
	if f.transient != r.transient {
		t.Errorf("transient is %v", f.transient)
	}
	if strings.Contains(f.Error(), "hush") {
		t.Errorf("the query shows: %s", f)
	}
}

func TestAnAddressIsNoLoginPageByChance(t *testing.T) {
	for _, to := range []string{"https://api.example/authors", "https://blogging.example/v2", "https://guests.example/supportal"} {
		if loginPage().MatchString(to) {
			t.Errorf("%s counts as a login page", to)
		}
	}
}
