package transport_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
)

// act is what a server does with a request, or with a connection that it has
// accepted.
type act int

const (
	answers act = iota
	// resets breaks the connection off, hangsUp ends it in good order.
	resets
	hangsUp
	// waits never answers.
	waits
	// unavailable answers with status 503.
	unavailable
	// garbles answers with what is no HTTP, and babbles answers a request that nobody
	// sent behind the one that was.
	garbles
	babbles
	// refuses and breaks end the stream of the request with the errors
	// REFUSED_STREAM and PROTOCOL_ERROR of HTTP/2; goesAway says that the request
	// was not looked at and that the connection is to be used no more.
	refuses
	breaks
	goesAway
)

// server is a server on loopback that counts what comes over the wire, which no
// server of net/http can do where connections are broken off.
type server struct {
	url string
	// accept decides on a connection, by its number from 1, and answer on a
	// request, by the number of its connection, its own number on that, and its
	// number among all.
	accept func(conn int) act
	answer func(conn, nth, all int) act

	mu              sync.Mutex
	conns, requests int
	// heads are the requests as they came: the bytes in HTTP/1.1, and the type
	// and flags of each frame after the settings in HTTP/2.
	heads []string
}

// serveWire runs a server of "http", "https" with HTTP/1.1, or "h2".
func serveWire(t *testing.T, protocol string) *server {
	t.Helper()
	s := &server{
		accept: func(int) act { return answers },
		answer: func(int, int, int) act { return answers },
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	s.url = "https://" + l.Addr().String()
	var config *tls.Config
	switch protocol {
	case "http":
		s.url = "http://" + l.Addr().String()
	case "https":
		config = serverTLS("http/1.1")
	case "h2":
		config = serverTLS("h2")
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go s.serve(conn.(*net.TCPConn), config)
		}
	}()
	return s
}

// serverTLS has the certificate of net/http's own test servers.
func serverTLS(protocol string) *tls.Config {
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	return &tls.Config{Certificates: s.TLS.Certificates, NextProtos: []string{protocol}}
}

// behave changes what the server does; nil leaves it as it is.
func (s *server) behave(accept func(conn int) act, answer func(conn, nth, all int) act) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if accept != nil {
		s.accept = accept
	}
	if answer != nil {
		s.answer = answer
	}
}

func (s *server) counts() (conns, requests int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns, s.requests
}

func (s *server) serve(tcp *net.TCPConn, config *tls.Config) {
	defer tcp.Close()
	s.mu.Lock()
	s.conns++
	number := s.conns
	accept := s.accept
	s.mu.Unlock()
	switch a := accept(number); {
	case end(tcp, a):
		return
	case a == waits:
		_, _ = io.Copy(io.Discard, tcp)
		return
	}
	if config == nil {
		s.serveHTTP1(tcp, tcp, number)
		return
	}
	conn := tls.Server(tcp, config)
	if conn.Handshake() != nil {
		return
	}
	if config.NextProtos[0] == "h2" {
		s.serveHTTP2(tcp, conn, number)
	} else {
		s.serveHTTP1(tcp, conn, number)
	}
}

// end ends a connection where that is what the server does.
func end(tcp *net.TCPConn, a act) bool {
	switch a {
	case resets:
		_ = tcp.SetLinger(0)
		tcp.Close()
	case hangsUp:
		tcp.Close()
	default:
		return false
	}
	return true
}

// next counts a request, and decides on it.
func (s *server) next(conn, nth int, head string) act {
	s.mu.Lock()
	s.requests++
	s.heads = append(s.heads, head)
	all, answer := s.requests, s.answer
	s.mu.Unlock()
	return answer(conn, nth, all)
}

func (s *server) serveHTTP1(tcp *net.TCPConn, conn net.Conn, number int) {
	var raw bytes.Buffer
	r := bufio.NewReader(io.TeeReader(conn, &raw))
	for nth := 1; ; nth++ {
		req, err := http.ReadRequest(r)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, req.Body)
		head := raw.String()
		raw.Reset()
		a := s.next(number, nth, head)
		if end(tcp, a) {
			return
		}
		switch a {
		case waits:
			_, _ = io.Copy(io.Discard, conn)
			return
		case unavailable:
			_, _ = io.WriteString(conn, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
		case garbles:
			_, _ = io.WriteString(conn, "}\r\n")
		case babbles:
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhush")
		default:
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
		}
	}
}

// The types of the frames of HTTP/2, and their flags.
const (
	frameData, frameHeaders, frameReset, frameSettings, framePing, frameGoAway = 0, 1, 3, 4, 6, 7

	flagEndStream, flagAck, flagEndHeaders = 1, 1, 4
)

func writeFrame(w io.Writer, kind, flags byte, stream uint32, payload ...byte) {
	head := []byte{0, byte(len(payload) >> 8), byte(len(payload)), kind, flags}
	head = binary.BigEndian.AppendUint32(head, stream)
	_, _ = w.Write(append(head, payload...))
}

func number32(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

func (s *server) serveHTTP2(tcp *net.TCPConn, conn net.Conn, number int) {
	preface := make([]byte, len("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
	if _, err := io.ReadFull(conn, preface); err != nil {
		return
	}
	writeFrame(conn, frameSettings, 0, 0)
	head := make([]byte, 9)
	for nth := 0; ; {
		if _, err := io.ReadFull(conn, head); err != nil {
			return
		}
		payload := make([]byte, int(head[0])<<16|int(head[1])<<8|int(head[2]))
		if _, err := io.ReadFull(conn, payload); err != nil {
			return
		}
		kind, flags, stream := head[3], head[4], binary.BigEndian.Uint32(head[5:])
		switch {
		case kind == frameSettings && flags&flagAck == 0:
			writeFrame(conn, frameSettings, flagAck, 0)
		case kind == framePing && flags&flagAck == 0:
			writeFrame(conn, framePing, flagAck, 0, payload...)
		case kind == frameData:
			s.mu.Lock()
			s.heads = append(s.heads, string(head[3:5]))
			s.mu.Unlock()
		case kind == frameHeaders:
			nth++
			a := s.next(number, nth, string(head[3:5]))
			if end(tcp, a) {
				return
			}
			s.answerHTTP2(conn, stream, a)
		}
	}
}

// answerHTTP2 answers a request in the stream that it came in.
func (s *server) answerHTTP2(conn io.Writer, stream uint32, a act) {
	// The status 200 and 503 as the compression of headers has them.
	const ok = 0x88
	failed := []byte{0x08, 3, '5', '0', '3'}
	switch a {
	case waits:
	case refuses:
		writeFrame(conn, frameReset, 0, stream, number32(7)...)
	case breaks:
		writeFrame(conn, frameReset, 0, stream, number32(1)...)
	case goesAway:
		writeFrame(conn, frameGoAway, 0, 0, slices.Concat(number32(max(stream, 2)-2), number32(0))...)
	case unavailable:
		writeFrame(conn, frameHeaders, flagEndHeaders|flagEndStream, stream, failed...)
	default:
		writeFrame(conn, frameHeaders, flagEndHeaders, stream, ok)
		writeFrame(conn, frameData, flagEndStream, stream, '{', '}')
	}
}
