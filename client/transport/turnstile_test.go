package transport_test

import (
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rollcall/client/service"
	"rollcall/client/transport"
)

// TestOneConnectionWhereItCanBeShared has many requests come together, of which six are
// under way at a time.
func TestOneConnectionWhereItCanBeShared(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, protocol string
		accept         func(conn int) act
		change         func(nth int, s *transport.Sender)
		// conns is how many connections there are at most, fails how many requests fail.
		conns, fails int
	}{
		{"HTTP/2", "h2", nil, nil, 1, 0},
		// net/http goes on with a dial although an earlier connection has become free.
		{"HTTP/1.1", "https", nil, nil, 12, 0},
		{"without TLS", "http", nil, nil, 12, 0},
		{"set-ups of their own", "h2", nil, func(nth int, s *transport.Sender) {
			if nth%2 == 0 {
				s.Setup.Proxy = "http://127.0.0.1:1"
			}
		}, 1, 50},
		// Each of the first connections costs an attempt, of which a request has three.
		{"HTTP/2 that breaks off at first", "h2", func(conn int) act {
			if conn <= 2 {
				return resets
			}
			return answers
		}, nil, 3, 0},
		{"HTTP/2 that hangs at first", "h2", func(conn int) act {
			if conn == 1 {
				return waits
			}
			return answers
		}, nil, 7, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serveWire(t, tt.protocol)
			s.behave(tt.accept, nil)
			sender := senderTo(t, s)
			sender.Timeout = 5 * time.Second
			var running sync.WaitGroup
			var mu sync.Mutex
			failed := 0
			for nth := range 100 {
				sender := sender
				if tt.change != nil {
					tt.change(nth, &sender)
				}
				running.Go(func() {
					if _, f := ask(t, s, sender, false); f != nil {
						mu.Lock()
						failed++
						mu.Unlock()
					}
				})
			}
			running.Wait()
			if conns, _ := s.counts(); conns > tt.conns || failed != tt.fails {
				t.Errorf("%d connections, %d at most; %d requests failed, %d wanted", conns, tt.conns, failed, tt.fails)
			}
		})
	}
}

// TestAConnectionIsMadeAgainOnce has a server go away between two crowds of requests.
func TestAConnectionIsMadeAgainOnce(t *testing.T) {
	t.Parallel()
	s := serveWire(t, "h2")
	sender := senderTo(t, s)
	for range 2 {
		var running sync.WaitGroup
		for range 20 {
			running.Go(func() {
				if _, failed := ask(t, s, sender, false); failed != nil {
					t.Error(failed)
				}
			})
		}
		running.Wait()
		sender.Pool.Close()
	}
	if conns, _ := s.counts(); conns != 2 {
		t.Errorf("%d connections", conns)
	}
}

// BenchmarkReconnect asks again after the connection has ended, server included.
func BenchmarkReconnect(b *testing.B) {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") }))
	s.EnableHTTP2 = true
	s.StartTLS()
	defer s.Close()
	file := filepath.Join(b.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		b.Fatal(err)
	}
	sender := transport.Sender{
		Pool: transport.NewPool("rollcall/test"), Setup: transport.Setup{CAFile: file}, Root: s.URL, Origin: s.URL, Host: "host.example",
		Timeout: 10 * time.Second, Prepare: func(http.Header) {},
		Before: func(service.Request) (time.Time, bool) { return time.Time{}, false }, After: func(service.Answer, service.Request) {},
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, failed := sender.Do(b.Context(), service.Request{Path: "/user"}, false); failed != nil {
			b.Fatal(failed)
		}
		sender.Pool.Close()
	}
}
