package transport

import (
	"context"
	"crypto/tls"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
)

// Stage is a part of the way to a service.
type Stage string

// The stages, in their order. One that is not needed, such as the name of an
// address in numbers, is passed over.
const (
	StageProfile    Stage = "profile"
	StageName       Stage = "name"
	StageConnection Stage = "connection"
	StageTLS        Stage = "tls"
	StageAnswer     Stage = "answer"
)

// Inspection is what is to be seen of the way to a service by someone who
// shows no credential.
type Inspection struct {
	// Host is the one asked, with its port where the profile names one.
	Host string
	// Proxy is the host of the proxy on the way; empty where there is none.
	Proxy string
	// Name was looked up, of the proxy where there is one, and Addresses are
	// what it stands for. Both are empty where nothing was looked up.
	Name      string
	Addresses []string
	// Peer is the network address that was connected to.
	Peer   string
	Phases account.Phases
	// Certificate is the service's; nil where none was seen or accepted.
	Certificate *Certificate
	// ClockAhead is how far this computer's clock is ahead of the service's, to the
	// second; nil where the service told no time.
	ClockAhead *time.Duration
	// Stage is where the way ended: StageAnswer where Problem has no state.
	Stage   Stage
	Problem account.Diagnosis
}

// Inspect walks the way to the service, on a connection of its own, and asks for
// nothing but the headers of its first page. address is one of the service's.
func (s Sender) Inspect(ctx context.Context, address string) Inspection {
	in := Inspection{Host: s.Host, Stage: StageProfile}
	transport, err := newTransport(s.Setup)
	if err != nil {
		in.Problem = s.failure(ctx, err).Diagnosis
		return in
	}
	defer transport.CloseIdleConnections()
	leave, err := s.Pool.enter(ctx, s.Origin, false)
	if err != nil {
		in.Problem = s.failure(ctx, err).Diagnosis
		return in
	}
	defer leave()
	return s.walk(ctx, transport, address, in)
}

// walk sends the request of an inspection.
func (s Sender) walk(parent context.Context, transport *http.Transport, address string, in Inspection) Inspection {
	ctx, cancel := context.WithTimeout(parent, s.Timeout)
	defer cancel()
	var t trace
	var seen connection
	req, err := http.NewRequestWithContext(seen.watch(t.watch(ctx)), http.MethodHead, address, http.NoBody)
	if err != nil {
		in.Problem = s.failure(parent, err).Diagnosis
		return in
	}
	// The first page is no call of the API, where a request without a
	// credential could look like an attempt to break in.
	req.URL = &url.URL{Scheme: req.URL.Scheme, Host: req.URL.Host, Path: "/"}
	req.Header.Set("User-Agent", s.Pool.userAgent)
	if proxy, err := transport.Proxy(req); err == nil && proxy != nil {
		in.Proxy = proxy.Host
	}
	a, err := exchange(transport, req)
	var last phase
	in.Phases, last, in.Peer = t.finish()
	state := seen.tell(&in)
	in.Certificate = newCertificate(state, transport.TLSClientConfig.RootCAs, s.Host, req.URL.Hostname())
	in.Stage = StageAnswer
	if err != nil {
		in.Problem = s.failure(parent, &phaseError{last, in.Peer, err}).Diagnosis
		in.Stage = last.stage()
		return in
	}
	in.ClockAhead = clockAhead(a, in.Phases.FirstByte)
	return in
}

// stage is the part of the way in which a request was in a phase.
func (p phase) stage() Stage {
	switch p {
	case phaseName:
		return StageName
	case phaseUnknown, phaseConnect:
		return StageConnection
	case phaseTLS:
		return StageTLS
	default:
		return StageAnswer
	}
}

// clockAhead compares the clocks. The service read its own half-way through
// waiting for the answer, unless the answer was kept on the way for a while.
func clockAhead(a service.Answer, waited time.Duration) *time.Duration {
	told, err := http.ParseTime(a.Header.Get("Date"))
	if err != nil {
		return nil
	}
	if age, err := strconv.ParseUint(a.Header.Get("Age"), 10, 31); err == nil {
		told = told.Add(time.Duration(age) * time.Second)
	}
	// The header leaves out parts of seconds: half of one, taken all round.
	ahead := a.At.Add(-waited / 2).Sub(told.Add(time.Second / 2)).Round(time.Second)
	return &ahead
}

// connection are what the hooks of a request noted beside what trace does.
type connection struct {
	mu        sync.Mutex
	name      string
	addresses []string
	state     tls.ConnectionState
}

func (s *connection) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart: func(i httptrace.DNSStartInfo) { s.note(func() { s.name = i.Host }) },
		DNSDone: func(i httptrace.DNSDoneInfo) {
			s.note(func() {
				for _, a := range i.Addrs {
					s.addresses = append(s.addresses, a.String())
				}
			})
		},
		// Not the end of a handshake, which may be the one with a proxy.
		GotConn: func(i httptrace.GotConnInfo) {
			if conn, ok := i.Conn.(*tls.Conn); ok {
				state := conn.ConnectionState()
				s.note(func() { s.state = state })
			}
		},
	})
}

func (s *connection) note(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

// tell adds what was seen; the state is empty where there was no TLS.
func (s *connection) tell(in *Inspection) (state tls.ConnectionState) {
	s.note(func() { in.Name, in.Addresses, state = s.name, slices.Clone(s.addresses), s.state })
	return state
}
