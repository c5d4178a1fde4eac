package client

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"rollcall/client/account"
)

// TestSwitchedProtocolHoldsNothingUp has a service that answers with a bare
// connection and leaves that open.
func TestSwitchedProtocolHoldsNothingUp(t *testing.T) {
	t.Parallel()
	closed := make(chan struct{})
	base := listen(t, func(conn net.Conn) {
		defer close(closed)
		defer conn.Close()
		conn.Read(make([]byte, 4096))
		io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n{}")
		io.Copy(io.Discard, conn)
	})
	h := newPlainClient(testNetwork(t), base).Check(t.Context()).Health
	expect(t, h, account.BadResponse, "", "another protocol (status 101)")
	if h.HTTPStatus != 101 || h.Attempts != 1 {
		t.Errorf("status %d, %d attempts", h.HTTPStatus, h.Attempts)
	}
	<-closed
}

// TestBrokenHTTP2 has a real server of HTTP/2 end an answer early, break one
// off, and send more headers than are read.
func TestBrokenHTTP2(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	s := a.serveTLS(t, nil, nil)
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.ProtoMajor != 2:
			t.Errorf("asked with %s", r.Proto)
		case strings.HasPrefix(r.URL.Path, "/headers"):
			for i := range 5 {
				w.Header().Set(fmt.Sprint("X-", i), strings.Repeat("x", (256<<10)/4))
			}
		case strings.HasPrefix(r.URL.Path, "/body"):
			io.WriteString(w, `{"id":`)
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		default:
			panic(http.ErrAbortHandler)
		}
	})
	n := testNetwork(t)
	for _, tt := range []struct {
		path     string
		state    account.State
		code     string
		attempts int
		text     string
	}{
		{"/none", account.Unreachable, "reset", 3, "closed the connection without an answer"},
		{"/body", account.Unreachable, "reset", 3, "while the answer was read"},
		{"/headers", account.BadResponse, "", 1, "breaks the rules of HTTP"},
	} {
		h := newPlainClient(n, s.URL+tt.path, func(p *Profile) { p.CAFile = a.file }).Check(t.Context()).Health
		expect(t, h, tt.state, tt.code, tt.text)
		if h.Attempts != tt.attempts {
			t.Errorf("%s: %d attempts, want %d", tt.path, h.Attempts, tt.attempts)
		}
	}
}
