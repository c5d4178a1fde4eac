package transport

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"testing"
	"testing/synctest"
	"time"
)

// TestLeftOver has the reader of a connection be slow to look at what is left over from
// an answer, so that the next request comes first: it is not taken for the answer to that.
func TestLeftOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conns := 0
		transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			conns++
			near, far := net.Pipe()
			go babble(far)
			return newKeptConn(near), nil
		}}
		defer transport.CloseIdleConnections()
		idle := make(chan struct{})
		slow := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{PutIdleConn: func(error) {
			close(idle)
			time.Sleep(time.Second)
		}})
		go func() { say(t, transport, slow, "yes") }()
		<-idle
		say(t, transport, t.Context(), "yes")
		if conns != 2 {
			t.Errorf("%d connections", conns)
		}
	})
}

// babble answers each request of a connection, and once more.
func babble(conn net.Conn) {
	defer conn.Close()
	r := bufio.NewReader(conn)
	for {
		if _, err := http.ReadRequest(r); err != nil {
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyesHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno")
	}
}

// say asks, and compares the answer.
func say(t *testing.T, transport http.RoundTripper, ctx context.Context, want string) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://host.example/", nil)
	if err != nil {
		t.Error(err)
		return
	}
	resp, err := sendOnce(transport, req, &trace{})
	if err != nil {
		t.Error(err)
		return
	}
	defer resp.Body.Close()
	if got, err := io.ReadAll(resp.Body); string(got) != want || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}
