package faults_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rollcall/client/service/katapult/katapulttest"
)

// protocol is what a server speaks.
type protocol int

const (
	// plain is HTTP/1.1, secure the same over TLS, and second HTTP/2 over TLS.
	plain protocol = iota
	secure
	second
)

// server is one that misbehaves, until it is mended. It speaks its protocol before it
// does the first of these that is set; without any, it answers well.
type server struct {
	over protocol
	// tls changes how it shows itself.
	tls func(t *testing.T, a *authorities, c *tls.Config)
	// accepts is what it does with a connection before anything else. It reports
	// whether that is all.
	accepts func(c *net.TCPConn) (done bool)
	// answers is what it does with a request, of which it has read the head. The
	// connection ends with it.
	answers func(c *peer)
	// opens is how it begins a connection of HTTP/2, and streams what it does with a
	// request in it, after which the connection may go on. silent is set where it does not
	// even acknowledge what is sent.
	opens   func(c *peer2)
	streams func(c *peer2, stream uint32) (goesOn bool)
	silent  bool
	// lost is set where a connection stays as it is when the server is mended.
	lost bool
	// good is what it answers with when it is mended; empty for a good answer of Katapult.
	good http.HandlerFunc
	// host is the name in its address; empty for the address of loopback.
	host string
	// closed is set where nobody listens until it is mended.
	closed bool
}

// running is a server that runs, or will.
type running struct {
	server
	t           *testing.T
	authorities *authorities
	address     string
	url         string
	// config is how it shows itself in the end, and broken before.
	config, broken *tls.Config
	mended         atomic.Bool
	// proxy is the address of what lies before it.
	proxy string

	mu        sync.Mutex
	listeners []net.Listener
	conns     map[net.Conn]bool
	ended     bool
	active    sync.WaitGroup
}

// run runs the server until it is stopped.
func (s server) run(t *testing.T, a *authorities) *running {
	r := &running{server: s, t: t, authorities: a, conns: map[net.Conn]bool{}}
	r.config = &tls.Config{Certificates: []tls.Certificate{a.good.Pair(t, nil)}, NextProtos: []string{"http/1.1"}}
	if s.over == second {
		r.config.NextProtos = []string{"h2"}
	}
	if r.broken = r.config.Clone(); s.tls != nil {
		s.tls(t, a, r.broken)
	}
	if s.closed {
		r.address = closedAddress(t)
	} else {
		r.listen("127.0.0.1:0")
	}
	scheme, host := "https", r.address
	if s.over == plain {
		scheme = "http"
	}
	if s.host != "" {
		host = s.host + host[strings.LastIndexByte(host, ':'):]
	}
	r.url = scheme + "://" + host
	return r
}

// closedAddress is one that nobody listens at. It is on a loopback address of its own
// where the system has several, since a port that was free a moment ago may be given to
// another test.
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

// listen takes connections until the server stops.
func (r *running) listen(address string) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		r.t.Error(err)
		return
	}
	r.address = l.Addr().String()
	r.take(l, func(c net.Conn) { r.serve(c.(*net.TCPConn)) })
}

// take has somebody serve the connections of a listener until the server stops.
func (r *running) take(l net.Listener, serve func(c net.Conn)) {
	r.mu.Lock()
	r.listeners = append(r.listeners, l)
	r.mu.Unlock()
	r.active.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			if r.keep(c) {
				r.active.Go(func() { serve(c) })
			}
		}
	})
}

// stop ends the server. It reports whether all connections have ended by themselves by
// then, or soon after: the other end has closed them.
func (r *running) stop() (byThemselves bool) {
	r.mu.Lock()
	r.ended = true
	for _, l := range r.listeners {
		l.Close()
	}
	r.mu.Unlock()
	ended := make(chan struct{})
	go func() {
		r.active.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return true
	case <-time.After(patience):
	}
	r.mu.Lock()
	for c := range r.conns {
		c.Close()
	}
	r.mu.Unlock()
	<-ended
	return false
}

// keep has a connection end with the server.
func (r *running) keep(c net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ended {
		c.Close()
		return false
	}
	r.conns[c] = true
	return true
}

// mend makes the server answer well from now on.
func (r *running) mend() {
	r.mended.Store(true)
	names.mend(r.host)
	if r.closed {
		r.listen(r.address)
	}
}

// places are what stands in sentences, and what the golden file has in its place.
func (r *running) places() []string {
	port := r.address[strings.LastIndexByte(r.address, ':'):]
	pairs := []string{r.address, "host.example", "localhost" + port, "localhost"}
	if r.host != "" {
		pairs = append(pairs, r.host+port, "host.example")
	}
	if r.proxy != "" {
		pairs = append(pairs, r.proxy, "proxy.example")
	}
	return pairs
}

// serve does with a connection what the server does. It ends the connection in good
// order, where it has not ended it otherwise: what was written is then read before.
func (r *running) serve(tcp *net.TCPConn) {
	defer func() {
		_ = tcp.CloseWrite()
		_, _ = io.Copy(io.Discard, tcp)
		tcp.Close()
		r.mu.Lock()
		delete(r.conns, tcp)
		r.mu.Unlock()
	}()
	broken := !r.mended.Load()
	if broken && r.accepts != nil && r.accepts(tcp) {
		return
	}
	var conn net.Conn = tcp
	if r.over != plain {
		config := r.config
		if broken {
			config = r.broken
		}
		secured := tls.Server(tcp, config)
		if secured.Handshake() != nil {
			return
		}
		conn = secured
	}
	p := &peer{running: r, tcp: tcp, conn: conn, in: bufio.NewReader(conn)}
	if r.over == second {
		p.serveHTTP2(broken)
		return
	}
	p.serveHTTP1()
}

// peer is the server's end of one connection.
type peer struct {
	*running
	tcp  *net.TCPConn
	conn net.Conn
	in   *bufio.Reader
	// head is the request.
	head *http.Request
}

// serveHTTP1 answers one request after the other.
func (p *peer) serveHTTP1() {
	for {
		var err error
		if p.head, err = http.ReadRequest(p.in); err != nil {
			return
		}
		if p.answers != nil && !p.mended.Load() {
			p.answers(p)
			return
		}
		if p.good != nil {
			p.handle(p.good)
			continue
		}
		p.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + sized(katapulttest.Good))
	}
}

// write sends bytes as they are. It reports whether they could be sent.
func (p *peer) write(said string) bool {
	_, err := io.WriteString(p.conn, said)
	return err == nil
}

// reset ends the connection without a word.
func (p *peer) reset() { reset(p.tcp) }

// hold leaves the connection open until the other end closes it.
func (p *peer) hold() { _, _ = io.Copy(io.Discard, p.conn) }

// forever sends something again and again, for as long as somebody takes it.
func (p *peer) forever(said string) {
	for p.write(said) {
	}
}

// handle answers the request of the connection as a handler does.
func (p *peer) handle(h http.HandlerFunc) {
	w := &recorded{header: http.Header{}, status: http.StatusOK}
	h(w, p.head)
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/1.1 %d Status\r\n", w.status)
	_ = w.header.Write(&b)
	p.write(b.String() + sized(w.body.String()))
}

// recorded is an answer that is made before it is sent.
type recorded struct {
	header http.Header
	status int
	body   strings.Builder
}

func (w *recorded) Header() http.Header         { return w.header }
func (w *recorded) WriteHeader(status int)      { w.status = status }
func (w *recorded) Write(b []byte) (int, error) { return w.body.Write(b) }

// sized is a body with its length before it, and the end of the headers.
func sized(body string) string { return fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body) }

// reset ends a connection without a word.
func reset(c *net.TCPConn) {
	_ = c.SetLinger(0)
	c.Close()
}

// says is a server of HTTP/1.1 that answers with these bytes, and closes.
func says(bytes string) server { return server{answers: func(p *peer) { p.write(bytes) }} }

// goesOn is one that sends something, and something else for ever.
func goesOn(first, more string) server {
	return server{answers: func(p *peer) {
		if p.write(first) {
			p.forever(more)
		}
	}}
}

// stops is one that sends something, and then nothing.
func stops(bytes string) server {
	return server{answers: func(p *peer) {
		p.write(bytes)
		p.hold()
	}}
}
