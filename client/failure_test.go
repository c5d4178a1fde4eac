package client

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rollcall/client/account"
	"rollcall/client/transport/authoritytest"
)

// newAuthority is one that signs certificates for the tests.
func newAuthority(t *testing.T) *authoritytest.Authority {
	return authoritytest.New(t, "Otter Test Authority", nil, nil)
}

func writeFile(t *testing.T, name string, content []byte) string {
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// serveTLS runs a TLS server that answers well, with a certificate of the
// authority.
func serveTLS(t *testing.T, a *authoritytest.Authority, change func(*x509.Certificate), config *tls.Config) *httptest.Server {
	s := httptest.NewUnstartedServer(http.HandlerFunc(answerWell))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.EnableHTTP2 = true
	s.TLS = config
	if s.TLS == nil {
		s.TLS = &tls.Config{}
	}
	s.TLS.Certificates = []tls.Certificate{a.Pair(t, change)}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func answerWell(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, `{"id":"u1","name":"HTTP/%d"}`, r.ProtoMajor)
}

func TestTLS(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	cert, key := authoritytest.PEM(t, a.Pair(t, nil))
	certFile, keyFile := writeFile(t, "cert.pem", cert), writeFile(t, "key.pem", key)
	clients := x509.NewCertPool()
	caPEM, _ := os.ReadFile(a.File)
	clients.AppendCertsFromPEM(caPEM)

	good := serveTLS(t, a, nil, nil)
	// TLS 1.3 tells of a missing certificate only after the handshake, when the
	// connection may break first.
	strict := serveTLS(t, a, nil, &tls.Config{
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients, MaxVersion: tls.VersionTLS12,
	})

	trust := func(p *Profile) { p.CAFile = a.File }
	tests := []struct {
		name   string
		base   string
		change func(*Profile)
		state  account.State
		code   string
		texts  []string
	}{
		{"trusted by ca_file", good.URL, trust, account.Healthy, "", nil},
		{"not verified", good.URL, func(p *Profile) { p.InsecureSkipVerify = true }, account.Healthy, "", nil},
		{"client certificate", strict.URL, func(p *Profile) { trust(p); p.ClientCert, p.ClientKey = certFile, keyFile }, account.Healthy, "", nil},
		{"no client certificate", strict.URL, trust, account.Unreachable, "tls_refused", []string{"The TLS handshake with 127.0.0.1"}},
		{"no ca_file", good.URL, func(p *Profile) { p.CAFile = "/nowhere/ca.pem" }, account.Misconfigured, "", []string{"ca_file /nowhere/ca.pem", "no such file"}},
		{"empty ca_file", good.URL, func(p *Profile) { p.CAFile = keyFile }, account.Misconfigured, "", []string{"ca_file", "no certificate"}},
		{"client_key missing", good.URL, func(p *Profile) { p.ClientCert, p.ClientKey = certFile, "/nowhere/key" }, account.Misconfigured, "", []string{"/nowhere/key"}},
		{"client_key is none", good.URL, func(p *Profile) { p.ClientCert, p.ClientKey = certFile, certFile }, account.Misconfigured, "", []string{"together"}},
	}
	n := testNetwork(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newPlainClient(n, tt.base, tt.change).Check(t.Context()).Health
			expect(t, h, tt.state, tt.code, tt.texts...)
			if tt.state == account.Misconfigured && (!h.CheckedAt.IsZero() || h.Attempts != 0) {
				t.Errorf("%d requests at %v", h.Attempts, h.CheckedAt)
			}
			if tt.state == account.Unreachable && h.Attempts != 1 {
				t.Errorf("%d attempts: such a failure does not pass", h.Attempts)
			}
		})
	}
}

// expect checks the state and code of a failure, and that its explanation has
// the facts.
func expect(t *testing.T, h account.Health, state account.State, code string, facts ...string) {
	t.Helper()
	if h.State != state || h.Code != code {
		t.Errorf("%s (%s), want %s (%s): %s", h.State, h.Code, state, code, h.Explanation)
	}
	for _, fact := range facts {
		if !strings.Contains(h.Explanation, fact) {
			t.Errorf("%q is not in: %s", fact, h.Explanation)
		}
	}
	if state.Severity() == account.SeverityFail && (h.Remedy == "" || !strings.HasSuffix(h.Explanation, ".")) {
		t.Errorf("explanation %q, remedy %q", h.Explanation, h.Remedy)
	}
}

func TestTLSTakesHTTP2(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	s := serveTLS(t, a, nil, nil)
	n := testNetwork(t)
	trust := func(p *Profile) { p.CAFile = a.File }
	for range 2 {
		acc := newPlainClient(n, s.URL, trust).Check(t.Context()).Account
		if acc == nil || acc.User.FullName != "HTTP/2" {
			t.Fatalf("the account is %+v", acc)
		}
	}
}

// listen runs a TCP server that handles each connection with f.
func listen(t *testing.T, f func(net.Conn)) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go f(conn)
		}
	}()
	return "http://" + l.Addr().String()
}

// closedAddress is one that nobody listens at. It is on a loopback address of
// its own where the system has several, since a port that was free a moment ago
// may be given to another test.
func closedAddress(t *testing.T) string {
	t.Helper()
	for _, host := range []string{"127.0.0.77", "127.0.0.1"} {
		if l, err := net.Listen("tcp", host+":0"); err == nil {
			l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no port can be had")
	return ""
}

// tunnel is a proxy that wants a password and lets connections through to one
// server only. It keeps what it was asked in seen.
func tunnel(t *testing.T, to string, seen *[]string) *httptest.Server {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		*seen = append(*seen, r.Method+" "+r.Host+" "+r.Header.Get("X-Auth-Token"))
		switch {
		case r.Header.Get("Proxy-Authorization") == "":
			w.WriteHeader(http.StatusProxyAuthRequired)
			return
		case r.Host != "service.example:443":
			w.WriteHeader(http.StatusForbidden)
			return
		}
		far, err := net.Dial("tcp", to)
		if err != nil {
			t.Error(err)
			return
		}
		near, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		io.WriteString(near, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { io.Copy(far, near); far.Close() }()
		go func() { io.Copy(near, far); near.Close() }()
	})
}

func TestProxy(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	service := serveTLS(t, a, func(c *x509.Certificate) { c.DNSNames = []string{"service.example"} }, nil)
	var seen []string
	proxy := tunnel(t, service.Listener.Addr().String(), &seen)
	at := strings.TrimPrefix(proxy.URL, "http://")
	n := testNetwork(t)
	check := func(base, proxy string) account.Health {
		return newPlainClient(n, base, func(p *Profile) { p.Proxy, p.CAFile = proxy, a.File }).Check(t.Context()).Health
	}
	expect(t, check("https://service.example", "http://user:hushhush@"+at), account.Healthy, "")
	expect(t, check("https://service.example", "http://"+at), account.Misconfigured, "", "wants a user name", at)
	expect(t, check("https://other.example", "http://user:hushhush@"+at), account.Unreachable, "proxy", at, "403")
	expect(t, check("https://service.example", "http://user:hushhush@%zz"), account.Misconfigured, "", "proxy")
	expect(t, check("https://service.example", "http://user:hushhush@127.0.0.1:1"), account.Unreachable, "proxy", "127.0.0.1:1")
	if len(seen) != 3 {
		t.Errorf("the proxy saw %q", seen)
	}
	plain := serve(t, answerWell)
	below := strings.Replace(plain.URL, "127.0.0.1", "below.localhost", 1)
	expect(t, check(below, "http://user:hushhush@"+at), account.Healthy, "")
	if len(seen) != 3 {
		t.Error("plain http went to the proxy")
	}
	for _, s := range seen {
		if !strings.HasPrefix(s, "CONNECT ") || strings.Contains(s, plainSecret) {
			t.Errorf("the proxy saw %q", s)
		}
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	var strangers []string
	stranger := func(_ http.ResponseWriter, r *http.Request) {
		strangers = append(strangers, r.URL.String())
	}
	otherPort := serve(t, stranger)
	a := newAuthority(t)
	secure := serveTLS(t, a, nil, nil)
	secure.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, otherPort.URL+"/in-the-clear", http.StatusFound)
	})
	var tokens []string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		tokens = append(tokens, r.Header.Get("X-Auth-Token")+r.Header.Get("Authorization"))
		to := map[string]string{
			"/near/api/me": "/good/", "/relative/api/me": "../../good/x",
			"/port/api/me":    otherPort.URL + "/login?token=hush",
			"/name/api/me":    strings.Replace("http://"+r.Host+"/good/", "127.0.0.1", "localhost", 1),
			"/loop/api/me":    "/loop/api/me",
			"/bad/api/me":     "http://%zz/",
			"/many/api/me":    "/many/1",
			"/many/1":         "/many/2",
			"/many/2":         "/many/3",
			"/many/3":         "/many/4",
			"/many/4":         "/good/",
			"/toomany/api/me": "/many/api/me",
		}[r.URL.Path]
		switch {
		case strings.HasPrefix(r.URL.Path, "/good/"):
			answerWell(w, r)
		case to != "":
			w.Header().Set("Location", to)
			fallthrough
		default:
			w.WriteHeader(http.StatusTemporaryRedirect)
		}
	})
	trust := func(p *Profile) { p.CAFile = a.File }
	tests := []struct {
		base  string
		state account.State
		text  string
		asked int
	}{
		{s.URL + "/near", account.Healthy, "", 2},
		{s.URL + "/relative", account.Healthy, "", 2},
		{s.URL + "/many", account.Healthy, "", 6},
		{s.URL + "/toomany", account.Misconfigured, "on and on", 6},
		{s.URL + "/loop", account.Misconfigured, "on and on", 6},
		{s.URL + "/port", account.Misconfigured, otherPort.URL + "/login…,", 1},
		{s.URL + "/name", account.Misconfigured, "http://localhost:", 1},
		{s.URL + "/nowhere", account.Misconfigured, "", 1},
		{s.URL + "/bad", account.Misconfigured, "not an address", 1},
		{secure.URL, account.Misconfigured, otherPort.URL + "/in-the-clear", 0},
	}
	n := testNetwork(t)
	for _, username := range []string{"", "sam"} {
		for _, tt := range tests {
			t.Run(strings.Trim(strings.TrimPrefix(tt.base, s.URL)+" "+username, "/ "), func(t *testing.T) {
				tokens = nil
				h := newPlainClient(n, tt.base, trust, func(p *Profile) { p.Username = username }).Check(t.Context()).Health
				expect(t, h, tt.state, "", tt.text)
				if len(tokens) != tt.asked {
					t.Errorf("%d requests, want %d", len(tokens), tt.asked)
				}
				for _, token := range tokens {
					if token == "" {
						t.Error("a request within the origin had no credential")
					}
				}
				if strings.Contains(h.Explanation, "hush") {
					t.Errorf("the query shows: %s", h.Explanation)
				}
				if tt.state == account.Misconfigured && h.HTTPStatus/100 != 3 {
					t.Errorf("status is %d", h.HTTPStatus)
				}
			})
		}
	}
	if len(strangers) > 0 {
		t.Errorf("others were asked for %q", strangers)
	}
}
