package client

import (
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rollcall/client/account"
)

// authority signs certificates for tests.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	// file holds its certificate.
	file string
}

func newAuthority(t *testing.T) *authority {
	a := &authority{}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	a.key = key
	a.cert = &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Otter Test Authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, a.cert, a.cert, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	a.file = writeFile(t, "ca.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	return a
}

// issue signs a certificate for 127.0.0.1, after change has made it special.
func (a *authority) issue(t *testing.T, change func(*x509.Certificate)) (certPEM, keyPEM []byte) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "otter"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	if change != nil {
		change(c)
	}
	der, err := x509.CreateCertificate(rand.Reader, c, a.cert, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER})
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
func (a *authority) serveTLS(t *testing.T, change func(*x509.Certificate), config *tls.Config) *httptest.Server {
	cert, key := a.issue(t, change)
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(answerWell))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.EnableHTTP2 = true
	s.TLS = config
	if s.TLS == nil {
		s.TLS = &tls.Config{}
	}
	s.TLS.Certificates = []tls.Certificate{pair}
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
	cert, key := a.issue(t, nil)
	certFile, keyFile := writeFile(t, "cert.pem", cert), writeFile(t, "key.pem", key)
	clients := x509.NewCertPool()
	caPEM, _ := os.ReadFile(a.file)
	clients.AppendCertsFromPEM(caPEM)

	good := a.serveTLS(t, nil, nil)
	old := a.serveTLS(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }, nil)
	early := a.serveTLS(t, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Minute) }, nil)
	other := a.serveTLS(t, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"other.example"} }, nil)
	// TLS 1.3 tells of a missing certificate only after the handshake, when the
	// connection may break first.
	strict := a.serveTLS(t, nil, &tls.Config{
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients, MaxVersion: tls.VersionTLS12,
	})
	plain := serve(t, answerWell)

	trust := func(p *Profile) { p.CAFile = a.file }
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
		{"unknown authority", good.URL, func(*Profile) {}, account.Unreachable, "tls_unknown_authority", []string{"CN=otter", "signed by CN=Otter Test Authority", "valid until 20"}},
		{"expired", old.URL, trust, account.Unreachable, "tls_expired", []string{"CN=otter", "ended on 20"}},
		{"not yet valid", early.URL, trust, account.Unreachable, "tls_not_yet_valid", []string{"not valid before 20"}},
		{"wrong host", other.URL, trust, account.Unreachable, "tls_wrong_host", []string{"127.0.0.1", "other.example"}},
		{"no client certificate", strict.URL, trust, account.Unreachable, "tls_refused", []string{"The TLS handshake with 127.0.0.1"}},
		{"HTTP on an HTTPS port", "https" + strings.TrimPrefix(plain.URL, "http"), trust, account.Unreachable, "tls_not_spoken", []string{"127.0.0.1"}},
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
	s := a.serveTLS(t, nil, nil)
	n := testNetwork(t)
	trust := func(p *Profile) { p.CAFile = a.file }
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

// afterRequest is a server that writes an answer as it is and closes.
func afterRequest(t *testing.T, answer string) string {
	return listen(t, func(conn net.Conn) {
		defer conn.Close()
		buffer := make([]byte, 4096)
		conn.Read(buffer)
		io.WriteString(conn, answer)
	})
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

func TestBrokenConnections(t *testing.T) {
	t.Parallel()
	closed := closedAddress(t)
	reset := listen(t, func(conn net.Conn) {
		conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
	})
	slow := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	slowBody := serve(t, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `{"id":`)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	const ok = "HTTP/1.1 200 OK\r\n"
	var b strings.Builder
	zip := gzip.NewWriter(&b)
	io.WriteString(zip, `{"id":"u1"}`)
	zip.Close()
	packed := b.String()
	tests := []struct {
		name     string
		base     string
		state    account.State
		code     string
		attempts int
		text     string
	}{
		{"refused", "http://" + closed, account.Unreachable, "refused", 3, closed},
		{"reset", reset, account.Unreachable, "reset", 3, "closed the connection"},
		{"closed without an answer", afterRequest(t, ""), account.Unreachable, "reset", 3, "closed the connection"},
		{"closed within the answer", afterRequest(t, ok+"Content-Length: 99\r\n\r\n{"), account.Unreachable, "reset", 3, "while the answer was read"},
		{"closed within a chunk", afterRequest(t, ok+"Transfer-Encoding: chunked\r\n\r\n5\r\n{"), account.Unreachable, "reset", 3, "while the answer was read"},
		{"whole but cut JSON", afterRequest(t, ok+"Content-Length: 1\r\n\r\n{"), account.BadResponse, "", 1, "not JSON"},
		{"not HTTP", afterRequest(t, "SSH-2.0-OpenSSH_9.2\r\n"), account.BadResponse, "", 1, "does not speak HTTP"},
		{"broken gzip", afterRequest(t, ok+"Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\nnot gzip at "), account.BadResponse, "", 1, "compressed"},
		{"packed in another way", afterRequest(t, ok+"Content-Encoding: br\r\nContent-Length: 4\r\n\r\n\x0b\x02\x80\x03"), account.BadResponse, "", 1, "packed as br, which was not asked for"},
		{"packed twice", afterRequest(t, ok+"Content-Encoding: gzip, zstd\r\nContent-Length: 4\r\n\r\n\x28\xb5\x2f\xfd"), account.BadResponse, "", 1, "packed as zstd"},
		{"packed without a word", afterRequest(t, fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", ok, len(packed), packed)), account.BadResponse, "", 1, "packed as gzip, and does not say so"},
		{"gzip that is too short", afterRequest(t, ok+"Content-Encoding: gzip\r\nContent-Length: 7\r\n\r\nnotgzip"), account.BadResponse, "", 1, "compressed"},
		{"gzip that breaks off", afterRequest(t, fmt.Sprintf("%sContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", ok, len(packed)-9, packed[:len(packed)-9])), account.BadResponse, "", 1, "compressed"},
		{"closed within gzip", afterRequest(t, fmt.Sprintf("%sContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", ok, len(packed), packed[:12])), account.Unreachable, "reset", 3, "while the answer was read"},
		{"no length of a chunk", afterRequest(t, ok+"Transfer-Encoding: chunked\r\n\r\n5\r\n{\"use\r\nZZZ\r\n"), account.BadResponse, "", 1, "breaks the rules of HTTP"},
		{"no length", afterRequest(t, ok+"Content-Length: hush\r\n\r\n"), account.BadResponse, "", 1, "breaks the rules of HTTP"},
		{"lengths that differ", afterRequest(t, ok+"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"), account.BadResponse, "", 1, "breaks the rules of HTTP"},
		{"unknown transfer encoding", afterRequest(t, ok+"Transfer-Encoding: hush\r\n\r\n"), account.BadResponse, "", 1, "breaks the rules of HTTP"},
		{"header without a colon", afterRequest(t, ok+"hush\r\n\r\n"), account.BadResponse, "", 1, "breaks the rules of HTTP"},
		{"control character in a header", afterRequest(t, ok+"X-A: \x1b[31mhush\r\n\r\n"), account.BadResponse, "", 1, "breaks the rules of HTTP"},
		{"long headers", afterRequest(t, ok+"X-A: "+strings.Repeat("hush", (256<<10)/4)+"\r\n\r\n"), account.BadResponse, "", 1, "more than 256 KiB"},
		{"no answer but its announcement", afterRequest(t, strings.Repeat("HTTP/1.1 102 Processing\r\nX: y\r\n\r\n", (256<<10)/16)), account.BadResponse, "", 1, "more than 256 KiB"},
		{"slow", slow.URL, account.Unreachable, "timeout_answer", 1, "did not answer within 200ms"},
		{"slow to end", slowBody.URL, account.Unreachable, "timeout_reading", 1, "not all of it came within 200ms"},
	}
	n := testNetwork(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := newPlainClient(n, tt.base, func(p *Profile) {
				p.Timeout = 30 * time.Second
				if strings.HasPrefix(tt.code, "timeout") {
					p.Timeout = 200 * time.Millisecond
				}
			})
			h := c.Check(t.Context()).Health
			expect(t, h, tt.state, tt.code, tt.text)
			if h.Attempts != tt.attempts {
				t.Errorf("%d attempts, want %d", h.Attempts, tt.attempts)
			}
			if strings.Contains(h.Explanation, "hush") || strings.Contains(h.Explanation, "net/http") {
				t.Errorf("raw text shows: %s", h.Explanation)
			}
			if tt.state == account.Unreachable && h.HTTPStatus != 0 {
				t.Errorf("status is %d", h.HTTPStatus)
			}
		})
	}
}

func TestLongAnswers(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		size := (4 << 20) + 1
		if strings.HasPrefix(r.URL.Path, "/fits") {
			size = (4 << 20)
		}
		var out io.Writer = w
		if strings.HasPrefix(r.URL.Path, "/gzip") {
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			defer packed.Close()
			out = packed
		}
		const user = `{"id":"u1"}`
		io.WriteString(out, user+strings.Repeat(" ", size-len(user)))
	})
	n := testNetwork(t)
	for _, path := range []string{"/long", "/gzip"} {
		h := newPlainClient(n, s.URL+path).Check(t.Context()).Health
		expect(t, h, account.BadResponse, "", "more than 4 MiB")
		if h.HTTPStatus != 200 || h.Attempts != 1 {
			t.Errorf("%s: status %d, %d attempts", path, h.HTTPStatus, h.Attempts)
		}
	}
	expect(t, newPlainClient(n, s.URL+"/fits").Check(t.Context()).Health, account.Healthy, "")
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
	service := a.serveTLS(t, func(c *x509.Certificate) { c.DNSNames = []string{"service.example"} }, nil)
	var seen []string
	proxy := tunnel(t, service.Listener.Addr().String(), &seen)
	at := strings.TrimPrefix(proxy.URL, "http://")
	n := testNetwork(t)
	check := func(base, proxy string) account.Health {
		return newPlainClient(n, base, func(p *Profile) { p.Proxy, p.CAFile = proxy, a.file }).Check(t.Context()).Health
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
	secure := a.serveTLS(t, nil, nil)
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
	trust := func(p *Profile) { p.CAFile = a.file }
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
		{s.URL + "/port", account.Misconfigured, otherPort.URL + "/login,", 1},
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
