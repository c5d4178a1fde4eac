package client

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"rollcall/client/account"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestPhasesOfACheck(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	s := serveTLS(t, a, nil, nil)
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(time.Second) // far more than is demanded: the program may be late to notice what it has sent
		answerWell(w, r)
	})
	c := newPlainClient(testNetwork(t), s.URL, func(p *Profile) { p.CAFile = a.File })
	first := c.check(t.Context(), checkOptions{})
	p := first.phases
	if p.DNS != 0 || p.Connect <= 0 || p.TLS <= 0 || p.FirstByte < 20*time.Millisecond {
		t.Errorf("the phases of the first check are %+v", p)
	}
	if sum := p.DNS + p.Connect + p.TLS + p.FirstByte; sum > first.snapshot.Health.Latency {
		t.Errorf("%v in all, more than the latency of %v", sum, first.snapshot.Health.Latency)
	}
	second := c.check(t.Context(), checkOptions{})
	if p := second.phases; p.Connect != 0 || p.TLS != 0 || p.FirstByte < 20*time.Millisecond {
		t.Errorf("the phases over a connection that was there are %+v", p)
	}
	name := newPlainClient(testNetwork(t), strings.Replace(serve(t, answerWell).URL, "127.0.0.1", "localhost", 1))
	if p := name.check(t.Context(), checkOptions{}).phases; p.DNS <= 0 || p.TLS != 0 {
		t.Errorf("the phases with a name are %+v", p)
	}
}

func TestTimeoutsTellTheirPhase(t *testing.T) {
	t.Parallel()
	hold := func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }
	silent := strings.TrimPrefix(listen(t, hold), "http://")
	// What is said to the proxy is never answered.
	proxy := listen(t, func(conn net.Conn) {
		_, _ = bufio.NewReader(conn).ReadString('\n')
		hold(conn)
	})
	tests := []struct {
		name, base, proxy string
		code, text        string
		phase             func(account.Phases) time.Duration
	}{
		{"no handshake", "https://" + silent, "", "timeout_tls", "the TLS handshake did not end", func(p account.Phases) time.Duration { return p.TLS }},
		{"no answer", "http://" + silent, "", "timeout_answer", "took the request", func(p account.Phases) time.Duration { return p.FirstByte }},
		{"proxy is silent", "https://service.example", proxy, "timeout_connect", "service.example (at 127.0.0.1:", nil},
	}
	n := testNetwork(t)
	// Long enough for what comes before the silence on a busy machine, and waited for once.
	var waiting sync.WaitGroup
	checked := make([]outcome, len(tests))
	for i, tt := range tests {
		c := newPlainClient(n, tt.base, func(p *Profile) { p.Timeout, p.Proxy = 10*time.Second, tt.proxy })
		waiting.Go(func() { checked[i] = c.check(t.Context(), checkOptions{}) })
	}
	waiting.Wait()
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out := checked[i]
			expect(t, out.snapshot.Health, account.Unreachable, tt.code, tt.text, "10s")
			if tt.phase != nil && tt.phase(out.phases) < 100*time.Millisecond {
				t.Errorf("the phases are %+v", out.phases)
			}
		})
	}
}
