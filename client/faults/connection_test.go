package faults_test

import (
	"io"
	"net"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/service/katapult/katapulttest"
)

const ok = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

// whole is a good answer, and cut is one that ends in the middle.
var whole, cut = ok + sized(katapulttest.Good), (ok + sized(katapulttest.Good))[:300]

// more is an answer to a request that nobody sent.
const more = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhush"

// overTLS is a server that says the same over TLS.
func overTLS(s server) server {
	s.over = secure
	return s
}

// greets is a server that does something with a connection before a request was read.
func greets(do func(c *net.TCPConn)) server {
	return server{accepts: func(c *net.TCPConn) bool {
		do(c)
		return true
	}}
}

// greetsWith is one that says something in place of waiting for a request.
func greetsWith(said string) server {
	return greets(func(c *net.TCPConn) { _, _ = io.WriteString(c, said) })
}

// does is one that has read a request.
func does(do func(p *peer)) server { return server{answers: do} }

// connectionFaults are those of a connection that is not made or does not last.
func connectionFaults() []fault {
	const unreachable, reset = account.Unreachable, "reset"
	return []fault{
		{name: "nobody listens", server: server{closed: true}, state: unreachable, code: "refused", attempts: 3},
		{name: "the connection is reset at once", server: greets(resetNow), state: unreachable, code: reset, attempts: 3},
		{name: "the connection is closed at once", server: greetsWith(""), state: unreachable, code: reset, attempts: 3},
		{name: "the connection is reset after the request", server: does((*peer).reset), state: unreachable, code: reset, attempts: 3},
		{name: "the connection is closed after the request", server: says(""), state: unreachable, code: reset, attempts: 3},
		{name: "the connection is closed within the first line", server: says("HTTP/1.1 2"), state: account.BadResponse},
		{name: "the connection is closed within the headers", server: says(ok), state: unreachable, code: reset, attempts: 3},
		{name: "the connection is closed within the body", server: says(cut), state: unreachable, code: reset, attempts: 3},
		{name: "the connection is closed within a chunk", server: says(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\n{"), state: unreachable, code: reset, attempts: 3},
		{name: "the connection is closed before the last chunk", server: says(ok + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"), state: unreachable, code: reset, attempts: 3},
		{name: "the connection is closed within the trailer", server: says(ok + "Transfer-Encoding: chunked\r\nTrailer: X-A\r\n\r\n2\r\n{}\r\n0\r\nX-A"), state: account.BadResponse},
		{name: "the connection is reset while a large answer comes", server: does(func(p *peer) { p.write(ok + "\r\n" + strings.Repeat(" ", 3<<20)); p.reset() }), state: unreachable, code: reset, attempts: 3},
		{name: "the server takes the request and says nothing", server: stops(""), late: true, state: unreachable, code: "timeout_answer"},
		{name: "the answer stops within the headers", server: stops(ok), late: true, state: unreachable, code: "timeout_reading"},
		{name: "the answer stops within the body", server: stops(cut), late: true, state: unreachable, code: "timeout_reading"},
		{name: "the answer stops before the last chunk", server: stops(ok + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"), late: true, state: unreachable, code: "timeout_reading"},
		{name: "the headers drip", server: drips(ok + "X-Slow: "), late: true, state: unreachable, code: "timeout_reading"},
		{name: "the body drips", server: drips(ok + "Content-Length: 100000\r\n\r\n"), late: true, state: unreachable, code: "timeout_reading"},
		{name: "the answer says that the request was too slow", server: says("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), state: account.Unavailable},
		{name: "something follows the answer", server: says(whole + more), state: account.Healthy},
		{name: "something follows the answer over a connection that stays", server: stops(whole + more), state: account.Healthy},
		{name: "something follows the answer over TLS", server: overTLS(stops(whole + more)), state: account.Healthy},
		{name: "what answers is no service of HTTP", server: says("SSH-2.0-OpenSSH_9.2\r\n"), state: account.BadResponse},
		{name: "what answers is a service of mail", server: says("220 mail.example ESMTP\r\n"), state: account.BadResponse},
		{name: "what answers sends bytes that mean nothing", server: says("\x00\xff\x00\xfe\x1b[31m\r\n\r\n"), state: account.BadResponse},
		{name: "what answers speaks TLS where none is spoken", server: says("\x15\x03\x01\x00\x02\x02\x46"), state: account.BadResponse},
		{name: "what answers wants TLS and says so", server: says("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n"), state: account.BadRequest},
	}
}

// resetNow resets a connection once something was sent over it: the reset is then no
// refusal.
func resetNow(c *net.TCPConn) {
	_, _ = c.Read(make([]byte, 1))
	reset(c)
}

// drips is a server that sends one byte after the other, far too slowly.
func drips(first string) server {
	return does(func(p *peer) {
		for said := first; p.write(said); said = "x" {
			<-time.After(50 * time.Millisecond)
		}
	})
}
