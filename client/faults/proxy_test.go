package faults_test

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"net/http"

	"rollcall/client"
	"rollcall/client/account"
)

// through is a fault of a proxy: the service behind it is well. scheme is that of the
// proxy, and refuses what it does in place of opening the way.
func through(scheme string, refuses func(c net.Conn)) (server, func(*client.Profile, *running)) {
	s := server{over: secure, host: "service.test"}
	return s, func(p *client.Profile, r *running) {
		before := &proxy{running: r, refuses: refuses, scheme: scheme}
		r.proxy = before.listen()
		p.Proxy = scheme + "://" + r.proxy
	}
}

// proxy is what lies between rollcall and a service.
type proxy struct {
	*running
	scheme  string
	refuses func(c net.Conn)
}

// listen takes connections until the server stops.
func (p *proxy) listen() string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		p.t.Error(err)
		return ""
	}
	p.take(l, p.serve)
	return l.Addr().String()
}

// serve refuses a connection, or opens the way to the service.
func (p *proxy) serve(c net.Conn) {
	defer c.Close()
	mended := p.mended.Load()
	if p.scheme == "https" && mended {
		c = tls.Server(c, p.config)
	}
	if p.scheme == "socks5" {
		p.serveSOCKS(c, mended)
		return
	}
	in := bufio.NewReader(c)
	if p.scheme == "http" || mended {
		if _, err := http.ReadRequest(in); err != nil {
			return
		}
	}
	if !mended {
		p.refuses(c)
		return
	}
	p.open(c, "HTTP/1.1 200 OK\r\n\r\n")
}

// serveSOCKS greets in the protocol of SOCKS 5, and then refuses or opens the way.
func (p *proxy) serveSOCKS(c net.Conn, mended bool) {
	buffer := make([]byte, 512)
	if _, err := c.Read(buffer); err != nil {
		return
	}
	if !mended {
		p.refuses(c)
		return
	}
	_, _ = io.WriteString(c, "\x05\x00")
	if _, err := c.Read(buffer); err == nil {
		p.open(c, "\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
	}
}

// open says so, and carries bytes to and fro.
func (p *proxy) open(near net.Conn, said string) {
	far, err := net.Dial("tcp", p.address)
	if err != nil || !p.keep(far) {
		return
	}
	defer far.Close()
	_, _ = io.WriteString(near, said)
	p.active.Go(func() {
		_, _ = io.Copy(far, near)
		far.Close()
	})
	_, _ = io.Copy(near, far)
}

// proxyFaults are those of what lies before a service.
func proxyFaults() (all []fault) {
	add := func(name, scheme string, refuses func(c net.Conn), f fault) {
		f.name = name
		f.server, f.profile = through(scheme, refuses)
		all = append(all, f)
	}
	says := func(said string) func(c net.Conn) {
		return func(c net.Conn) { _, _ = io.WriteString(c, said) }
	}
	goesOn := func(first, more string) func(c net.Conn) {
		return func(c net.Conn) {
			for said := first; ; said = more {
				if _, err := io.WriteString(c, said); err != nil {
					return
				}
			}
		}
	}
	hold := func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }
	refused := fault{state: account.Unreachable, code: "proxy"}
	again := fault{state: account.Unreachable, code: "proxy", attempts: 3}
	add("the proxy forbids the way", "http", says("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"), refused)
	add("the proxy wants a password", "http", says("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"), fault{state: account.Misconfigured})
	add("the proxy finds no way", "http", says("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"), again)
	add("the proxy sends the request elsewhere", "http", says("HTTP/1.1 302 Found\r\nLocation: http://portal.example/login\r\nContent-Length: 0\r\n\r\n"), refused)
	add("the proxy wants people to sign in", "http", says("HTTP/1.1 511 Network Authentication Required\r\nContent-Length: 0\r\n\r\n"), refused)
	add("the proxy closes the connection", "http", says(""), again)
	add("the proxy opens the way and closes it", "http", says("HTTP/1.1 200 OK\r\n\r\n"), fault{state: account.Unreachable, code: "reset", attempts: 3})
	add("the proxy opens the way to something else", "http", func(c net.Conn) {
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
		_, _ = c.Read(make([]byte, 4096))
		_, _ = io.WriteString(c, "SSH-2.0-OpenSSH_9.2\r\n")
	}, fault{state: account.Unreachable, code: "tls_not_spoken"})
	add("the proxy is none", "http", says("SSH-2.0-OpenSSH_9.2\r\n"), refused)
	add("the headers of the proxy never end", "http", goesOn("HTTP/1.1 200 OK\r\n", "X-A: hush\r\n"), fault{state: account.Unreachable, code: "proxy", attempts: 3, large: true})
	add("the proxy says nothing", "http", hold, fault{late: true, state: account.Unreachable, code: "timeout_connect"})
	add("the proxy does not speak TLS", "https", says("HTTP/1.1 400 Bad Request\r\n\r\n"), refused)
	add("the proxy of SOCKS forbids the way", "socks5", func(c net.Conn) {
		_, _ = io.WriteString(c, "\x05\x00")
		_, _ = c.Read(make([]byte, 512))
		_, _ = io.WriteString(c, "\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00")
	}, again)
	add("the proxy of SOCKS wants a password", "socks5", says("\x05\x02"), again)
	add("the proxy of SOCKS is none", "socks5", says("HTTP/1.1 400 Bad Request\r\n\r\n"), again)
	return all
}
