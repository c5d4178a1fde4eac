package transport

import (
	"context"
	"net"
	"sync"
)

// keptConn is a connection that knows whether somebody waits for bytes from it.
//
// What a server sends behind a whole answer was often read together with that, and lies in
// a buffer of net/http. Where the next request comes first, net/http takes it for the
// answer to that, which may be one for another profile; where its own reader comes first,
// that ends the connection. A request over a connection that was kept therefore waits for
// the reader, which waits for bytes itself only where none are left over.
//
// So what was read before a request is never the answer to it. What had not been read yet
// may be: where more comes by itself while the reader waits for it, and the request is just
// being written, HTTP/1 has nothing to tell it from the answer. A server that sends what
// nobody asked for can give one profile the answer for another in that moment; HTTP/2
// numbers its answers.
type keptConn struct {
	net.Conn

	mu      sync.Mutex
	changed sync.Cond
	// reading is set while somebody waits for bytes, and closed once nobody will.
	reading, closed bool
}

// dialKept connects to an address.
func dialKept(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return newKeptConn(conn), nil
}

func newKeptConn(conn net.Conn) *keptConn {
	c := &keptConn{Conn: conn}
	c.changed.L = &c.mu
	return c
}

func (c *keptConn) Read(p []byte) (int, error) {
	c.become(true, false)
	defer c.become(false, false)
	return c.Conn.Read(p)
}

// Close ends the connection.
func (c *keptConn) Close() error {
	c.become(false, true)
	return c.Conn.Close()
}

func (c *keptConn) become(reading, closed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reading, c.closed = reading, c.closed || closed
	c.changed.Broadcast()
}

// quiet waits until the reader of a connection has looked at all that it has read. It reports
// whether that was nothing but answers, so that the connection still is one. Whether more
// has come that is not read yet, it does not know.
func (c *keptConn) quiet() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.reading && !c.closed {
		c.changed.Wait()
	}
	return !c.closed
}

// quiet reports whether a connection of HTTP/1, below its layers of TLS, can take the next
// request; true for one that was not dialled here.
func quiet(conn net.Conn) bool {
	for {
		switch c := conn.(type) {
		case *keptConn:
			return c.quiet()
		case interface{ NetConn() net.Conn }:
			conn = c.NetConn()
		default:
			return true
		}
	}
}

// keptError is an error of a request that went over a connection which was kept, before an
// answer to it began that could be read.
type keptError struct{ error }

func (e *keptError) Unwrap() error { return e.error }
