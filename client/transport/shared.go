package transport

import (
	"crypto/tls"
	"net"
	"sync"
)

// sharedConns are the connections of HTTP/2 that have requests under way. By itself
// net/http goes on with such a connection after a request over it has failed: where it
// died without a word, every check fails with it until its pings have waited long
// enough, and what a server floods it with is read for ever. So a connection whose last
// request failed is closed as soon as it has none under way.
type sharedConns struct {
	mu  sync.Mutex
	all map[net.Conn]*sharedConn
}

// sharedConn counts the requests that are under way over a connection. failed is set
// where the last one that ended did so without an answer.
type sharedConn struct {
	requests int
	failed   bool
}

// passage is the way of one request over such a connection.
type passage struct {
	shared *sharedConns
	on     net.Conn
}

// passage begins the way of a request; the caller calls end.
func (c *sharedConns) passage() *passage { return &passage{shared: c} }

// over takes in the connection that the request goes over: the first one, since another
// is made where that has failed already.
func (p *passage) over(conn net.Conn) {
	if p.on != nil || !speaksHTTP2(conn) {
		return
	}
	p.on = conn
	p.shared.mu.Lock()
	defer p.shared.mu.Unlock()
	one := p.shared.all[conn]
	if one == nil {
		one = &sharedConn{}
		p.shared.all[conn] = one
	}
	one.requests++
}

// end takes in that the request is over.
func (p *passage) end(failed bool) {
	if p.on == nil {
		return
	}
	p.shared.mu.Lock()
	defer p.shared.mu.Unlock()
	one := p.shared.all[p.on]
	one.failed = failed
	if one.requests--; one.requests == 0 {
		delete(p.shared.all, p.on)
		if secure, ok := p.on.(*tls.Conn); ok && one.failed {
			// To say so to a server that reads nothing could take seconds.
			_ = secure.NetConn().Close()
		}
	}
	p.on = nil
}
