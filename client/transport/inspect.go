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

// Stage is one part of the way to a service.
type Stage string

// The stages, in their order. A stage that is not needed is skipped: an IP
// address needs no name to be looked up.
const (
	StageProfile    Stage = "profile"
	StageProxy      Stage = "proxy"
	StageName       Stage = "name"
	StageConnection Stage = "connection"
	StageTLS        Stage = "tls"
	StageAnswer     Stage = "answer"
)

// Inspection is what can be seen of the way to a service without a credential.
type Inspection struct {
	// Host is the host of the service, with its port where the profile has one.
	Host string
	// Proxy is the host of the proxy on the way; empty where there is none.
	Proxy string
	// Name is the host name that was looked up, that of the proxy where there is
	// one. Addresses are what was found. Both are empty without a lookup.
	Name      string
	Addresses []string
	// Peer is the network address of the last connection attempt.
	Peer   string
	Phases account.Phases
	// Certificate is the service's certificate; nil where none was accepted.
	Certificate *Certificate
	// ClockAhead is how far this computer's clock is ahead of the service's, in
	// whole seconds; nil where the answer had no date.
	ClockAhead *time.Duration
	// Stage is the stage that was reached, and Problem what went wrong in it.
	// Problem has no state where nothing did.
	Stage   Stage
	Problem account.Diagnosis
}

// Inspect walks the way to the service on a new connection, without a
// credential. It requests only the headers of the first page at the host of
// address, which is any URL of the service.
func (s Sender) Inspect(ctx context.Context, address string) Inspection {
	in := Inspection{Host: s.Host, Stage: StageProfile}
	transport, err := newTransport(s.Setup, newAuthorities(s.Setup.CAFile).all.get)
	if err != nil {
		in.Problem = s.failure(ctx, err).Diagnosis
		return in
	}
	defer transport.CloseIdleConnections()
	release, err := s.Pool.acquire(ctx, s.Origin, false)
	if err != nil {
		in.Problem = s.failure(ctx, err).Diagnosis
		return in
	}
	defer release()
	return s.walk(ctx, transport, address, in)
}

// walk sends the request of an inspection and fills in what it sees.
func (s Sender) walk(parent context.Context, transport *http.Transport, address string, in Inspection) Inspection {
	ctx, cancel := context.WithTimeout(parent, s.Timeout)
	defer cancel()
	var t trace
	var seen connection
	req, err := http.NewRequestWithContext(seen.watch(ctx), http.MethodHead, address, http.NoBody)
	if err != nil {
		in.Problem = s.failure(parent, err).Diagnosis
		return in
	}
	// The first page is no part of the API, where a request without a credential
	// could look like an attack.
	req.URL = &url.URL{Scheme: req.URL.Scheme, Host: req.URL.Host, Path: "/"}
	req.Header.Set("User-Agent", s.Pool.userAgent)
	proxy, err := transport.Proxy(req)
	if err != nil {
		in.Problem, in.Stage = s.failure(parent, err).Diagnosis, StageProxy
		return in
	}
	if proxy != nil {
		in.Proxy = proxy.Host
	}
	room := s.Pool.room(s.Origin)
	defer room.release()
	start := time.Now()
	a, err := exchange(transport, req, &t, room.holding(parent, nil))
	took := time.Since(start)
	var last phase
	in.Phases, last, in.Peer = t.finish()
	var failed *Failure
	if err != nil {
		failed = s.failure(parent, &phaseError{last, in.Peer, err})
	}
	s.tell(req, 1, a.Status, took, failed)
	state := seen.tell(&in)
	in.Certificate = newCertificate(state, transport.TLSClientConfig.RootCAs, s.Host, req.URL.Hostname())
	in.Stage = StageAnswer
	if failed != nil {
		in.Problem = failed.Diagnosis
		in.Stage = last.stage()
		return in
	}
	in.ClockAhead = clockAhead(a, in.Phases.FirstByte)
	return in
}

// stage is the stage to which a phase belongs.
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

// clockAhead compares the clocks. The service is taken to have read its clock
// half-way through the wait for the answer, or earlier by the age of a cached
// answer.
func clockAhead(a service.Answer, waited time.Duration) *time.Duration {
	told, err := http.ParseTime(a.Header.Get("Date"))
	if err != nil {
		return nil
	}
	if age, err := strconv.ParseUint(a.Header.Get("Age"), 10, 31); err == nil {
		told = told.Add(time.Duration(age) * time.Second)
	}
	// The header cuts off the fraction of a second, which is half on average.
	ahead := a.At.Add(-waited / 2).Sub(told.Add(time.Second / 2)).Round(time.Second)
	return &ahead
}

// connection is what the hooks of a request noted beyond what a trace does.
type connection struct {
	mu        sync.Mutex
	name      string
	addresses []string
	state     tls.ConnectionState
}

// watch makes the requests of a context report to the connection.
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
		// The hook for the end of a handshake would do as well for one with the
		// proxy, so this one is used instead.
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

// tell adds what was noted to an inspection. The state of TLS is the zero value
// where there was none.
func (s *connection) tell(in *Inspection) (state tls.ConnectionState) {
	s.note(func() { in.Name, in.Addresses, state = s.name, slices.Clone(s.addresses), s.state })
	return state
}
