package faults_test

import (
	"bytes"
	"context"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"rollcall/client/account"
)

// nameServer answers by the first part of a name, until that is mended: then the name is
// that of loopback, and whoever still waits is told so.
type nameServer struct {
	at net.PacketConn

	mu      sync.Mutex
	mended  map[string]bool
	waiting []question
}

// question is one that was asked.
type question struct {
	bytes []byte
	from  net.Addr
}

// names is where the names of the tests are looked up: the process has one resolver.
var names = &nameServer{mended: map[string]bool{}}

// TestMain has names looked up there.
func TestMain(m *testing.M) {
	at, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	names.at = at
	go names.serve()
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", at.LocalAddr().String())
	}}
	os.Exit(m.Run())
}

func (s *nameServer) serve() {
	buffer := make([]byte, 4096)
	for {
		n, from, err := s.at.ReadFrom(buffer)
		if err != nil {
			return
		}
		s.mu.Lock()
		if q := (question{bytes.Clone(buffer[:n]), from}); !s.answer(q) {
			s.waiting = append(s.waiting, q)
		}
		s.mu.Unlock()
	}
}

// mend has a name be that of loopback from now on.
func (s *nameServer) mend(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first, _, _ := strings.Cut(name, ".")
	s.mended[first] = true
	s.waiting = slices.DeleteFunc(s.waiting, s.answer)
}

// answer answers a question. It reports whether that is all there is to say.
func (s *nameServer) answer(q question) (done bool) {
	var m dnsmessage.Message
	if m.Unpack(q.bytes) != nil || len(m.Questions) != 1 {
		return true
	}
	asked := m.Questions[0]
	m.Header = dnsmessage.Header{ID: m.ID, Response: true, RecursionDesired: true, RecursionAvailable: true}
	m.Additionals, done = nil, true
	first, _, _ := strings.Cut(asked.Name.String(), ".")
	if s.mended[first] {
		first = "well"
	}
	switch first {
	case "nobody":
		m.RCode = dnsmessage.RCodeNameError
	case "failing":
		m.RCode = dnsmessage.RCodeServerFailure
	case "refusing":
		m.RCode = dnsmessage.RCodeRefused
	case "silent":
		return false
	case "garbled":
		// The number of the question, and then nothing that could be read.
		_, _ = s.at.WriteTo(append(slices.Clone(q.bytes[:2]), 0x80, 0, 0xff, 0xff, 0xff, 0xff, 1), q.from)
		return false
	case "empty":
	default:
		if asked.Type == dnsmessage.TypeA {
			m.Answers = []dnsmessage.Resource{{
				Header: dnsmessage.ResourceHeader{Name: asked.Name, Type: asked.Type, Class: asked.Class},
				Body:   &dnsmessage.AResource{A: [4]byte{127, 0, 0, 1}},
			}}
		}
	}
	if answer, err := m.Pack(); err == nil {
		_, _ = s.at.WriteTo(answer, q.from)
	}
	return true
}

// nameFaults are those of the look-up of a name.
func nameFaults() []fault {
	const unreachable = account.Unreachable
	return []fault{
		{name: "there is no host of the name", server: server{over: secure, host: "nobody.test"}, state: unreachable, code: "dns"},
		{name: "the name has no address", server: server{over: secure, host: "empty.test"}, state: unreachable, code: "dns"},
		{name: "the name server fails", server: server{over: secure, host: "failing.test"}, state: unreachable, code: "dns", attempts: 3},
		{name: "the name server refuses", server: server{over: secure, host: "refusing.test"}, state: unreachable, code: "dns", attempts: 3},
		{name: "the name server says nothing", server: server{over: secure, host: "silent.test"}, late: true, state: unreachable, code: "timeout_dns"},
		{name: "the name server says what means nothing", server: server{over: secure, host: "garbled.test"}, late: true, state: unreachable, code: "timeout_dns"},
	}
}
