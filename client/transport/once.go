package transport

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// errSentOnce is a request that was lost with its connection. What exactly
// happened to it, net/http does not tell where it would send the request again.
var errSentOnce = fmt.Errorf("the request was lost with its connection: %w", io.EOF)

// sendOnce sends a request and never sends it again: that is for the [Sender]
// alone, which counts its attempts and pauses between them.
//
// By itself, net/http sends a request of a reading method again, at once and on
// another connection, where a connection that was used before ended or broke
// before the answer began, so that each idle connection costs a request. In
// HTTP/2 it does so with any request where the server refuses the stream, breaks
// it with PROTOCOL_ERROR or goes away: up to seven times on one connection, and
// as often as there is time for where each of them is a new one. No option
// switches that off. A body that cannot be read twice would, but HTTP/2 sends a
// frame for it even where it is empty.
//
// So a request whose headers were written gets no second connection. Where
// nothing was written, net/http may go on: that costs the service nothing, and
// an idle connection that ended meanwhile is no failure. Nothing is written either to
// one over which more was read than was asked for.
//
// The context of the request must end soon after the answer was read: until then
// it holds what watches over the request. The trace hears of the request, too: hooks that
// net/http joins itself are called by reflection, a tenth of a millisecond each time.
func sendOnce(transport http.RoundTripper, req *http.Request, t *trace) (*http.Response, error) {
	ctx, cancel := context.WithCancel(req.Context())
	var written, dead atomic.Bool
	var refused, idled bool
	hooks := t.hooks()
	noted := hooks.GotConn
	// What is written to a dead connection goes nowhere.
	hooks.WroteHeaders = func() { written.Store(!dead.Load()) }
	hooks.GotConn = func(i httptrace.GotConnInfo) {
		if !written.Load() {
			idled = i.Reused && !speaksHTTP2(i.Conn)
			dead.Store(idled && !quiet(i.Conn))
		} else {
			refused = true
			cancel()
			// HTTP/2 looks at the context before it writes. HTTP/1.1 does not,
			// but its connection is for this request alone.
			if !speaksHTTP2(i.Conn) {
				_ = i.Conn.Close()
			}
		}
		noted(i)
	}
	resp, err := transport.RoundTrip(req.WithContext(httptrace.WithClientTrace(ctx, hooks)))
	if err == nil {
		return resp, nil
	}
	cancel()
	if idled && req.Context().Err() == nil {
		closeIdle(transport)
	}
	switch {
	case refused:
		err = errSentOnce
	case idled:
		err = &keptError{err}
	}
	return nil, err
}

// closeIdle ends the connections that wait for a request. Where one of them
// turned out to be dead, the others most likely are, too: a server that was
// started anew or a firewall has forgotten all of them. The next attempt must not
// be lost on them.
func closeIdle(transport http.RoundTripper) {
	if t, ok := transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

func speaksHTTP2(conn net.Conn) bool {
	secure, ok := conn.(*tls.Conn)
	return ok && secure.ConnectionState().NegotiatedProtocol == "h2"
}
