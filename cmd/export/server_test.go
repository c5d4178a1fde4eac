package export

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// served is an exporter that is being served.
type served struct {
	t       *testing.T
	address string
	// stop ends it, and returns what it ended with.
	stop func() error
}

func serve(t *testing.T, source Source) served {
	t.Helper()
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, l, source) }()
	return served{t, l.Addr().String(), func() error { cancel(); return <-ended }}
}

// get asks for a path by the name of a host, in the formats of an Accept header.
func (s served) get(path, host, accept string) (status int, contentType, body string) {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodGet, "http://"+s.address+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if r.Host = host; accept != "" {
		r.Header.Set("Accept", accept)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	answer, err := transport.RoundTrip(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, answer.Header.Get("Content-Type"), string(data)
}

func someDayNow(context.Context) (*Report, error) { return someDay(), nil }

// TestServe answers in the format that is asked for.
func TestServe(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := serve(t, someDayNow)
	const (
		openMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8"
		plain       = "text/plain; version=0.0.4; charset=utf-8"
	)
	for accept, want := range map[string]string{
		"": plain, "*/*": plain, "text/html": plain, "application/openmetrics-text;version=1.0.0": openMetrics,
		"application/openmetrics-text": strings.Replace(openMetrics, "1.0.0", "0.0.1", 1),
		// What Prometheus 2.42, 2.50 and 3 send.
		"application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1": openMetrics,
		"application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,text/plain;version=0.0.4;q=0.5":             plain,
		"application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,text/plain;version=0.0.4;q=0.2":                                  openMetrics,
	} {
		status, contentType, body := s.get("/metrics", "", accept)
		if status != http.StatusOK || !strings.HasPrefix(contentType, want) {
			t.Errorf("%q: %d, %s, want %s", accept, status, contentType, want)
		}
		if strings.HasSuffix(body, "\n# EOF\n") != (want != plain) || !strings.Contains(body, `rollcall_profile_state{profile="work",state="expiring"} 1`) {
			t.Errorf("%q:\n%s", accept, body)
		}
	}
	if status, _, body := s.get("/healthz", "", ""); status != http.StatusOK || body != "ok\n" {
		t.Errorf("/healthz: %d, %q", status, body)
	}
	if status, _, body := s.get("/", "", ""); status != http.StatusOK || !strings.Contains(body, "/metrics ") || !strings.Contains(body, "/readyz ") {
		t.Errorf("/: %d, %q", status, body)
	}
	if status, _, _ := s.get("/metric", "", ""); status != http.StatusNotFound {
		t.Errorf("/metric: %d", status)
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}

// TestNotForPages does not answer a page of the web whose name leads to this computer.
func TestNotForPages(t *testing.T) {
	s := serve(t, someDayNow)
	defer s.stop()
	for host, want := range map[string]int{
		"": 200, "localhost": 200, "LOCALHOST:9317": 200, "127.0.0.1:1": 200, "[::1]:9317": 200, "[::1]": 200, "rollcall.localhost": 200,
		"evil.example": 403, "evil.example:9317": 403, "127.0.0.1.evil.example": 403, "10.0.0.1": 403, "localhost.": 403,
	} {
		for _, path := range []string{"/metrics", "/healthz", "/readyz"} {
			if status, _, body := s.get(path, host, ""); (status == 403) != (want == 403) {
				t.Errorf("%s of %q: %d, %s", path, host, status, body)
			}
		}
	}
	// Whoever listens for others is asked by any name.
	if !meant(&net.TCPAddr{IP: net.IPv4zero, Port: 9317}, "monitoring.example:9317") {
		t.Error("it does not answer other computers")
	}
}

// TestReady is ready once every profile had an answer, and stays so.
func TestReady(t *testing.T) {
	r := someDay()
	r.Unanswered = 1
	s := serve(t, func(context.Context) (*Report, error) { return r, nil })
	defer s.stop()
	ask := func(want int, said string) {
		t.Helper()
		if status, _, body := s.get("/readyz", "", ""); status != want || body != said+"\n" {
			t.Errorf("%d, %q, want %d, %q", status, body, want, said)
		}
	}
	ask(503, "no answer yet of 1 profile")
	r.Unanswered = 0
	ask(200, "ok")
	r.Unanswered = 1
	ask(200, "ok")
}

// TestNothingToTell says so, and goes on.
func TestNothingToTell(t *testing.T) {
	s := serve(t, func(context.Context) (*Report, error) { return nil, errors.New("rollcall ends") })
	defer s.stop()
	for _, path := range []string{"/metrics", "/readyz"} {
		if status, _, body := s.get(path, "", ""); status != http.StatusServiceUnavailable || !strings.Contains(body, "rollcall ends") {
			t.Errorf("%s: %d, %s", path, status, body)
		}
	}
}

// TestStops ends although a source hangs, a client sends nothing, and another one reads
// nothing.
func TestStops(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	asked := make(chan struct{})
	s := serve(t, func(ctx context.Context) (*Report, error) {
		close(asked)
		<-ctx.Done()
		return nil, ctx.Err()
	})
	for _, sent := range []string{"", "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"} {
		c, err := net.Dial("tcp", s.address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := io.WriteString(c, sent); err != nil {
			t.Fatal(err)
		}
	}
	<-asked
	begun := time.Now()
	if err := s.stop(); err != nil {
		t.Error(err)
	}
	// What it waits for at most, and as much again for a busy machine.
	if took := time.Since(begun); took > endingTime+10*time.Second {
		t.Errorf("it took %s to end", took)
	}
}

// TestListen says what is wrong with an address.
func TestListen(t *testing.T) {
	l, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for address, want := range map[string]string{
		l.Addr().String():    "another program listens at " + l.Addr().String() + " already; end that one, or name another port",
		"9317":               `"9317" is no address to listen at; write a host and a port, such as 127.0.0.1:9317`,
		"127.0.0.1:notaport": "nobody can listen at 127.0.0.1:notaport: a port is a number from 0 to 65535; correct it",
		"127.0.0.1:65536":    "nobody can listen at 127.0.0.1:65536: a port is a number from 0 to 65535; correct it",
		"no.invalid:9317":    "nobody can listen at no.invalid:9317: the name no.invalid is not known; name an address",
		"192.0.2.1:9317":     "nobody can listen at 192.0.2.1:9317: this computer has no such address; name one",
	} {
		if _, err := Listen(address); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v", address, err)
		}
	}
}
