package transport

import (
	"cmp"
	"crypto/tls"
	"net"
	"net/http/httptrace"
	"sync"
	"time"

	"rollcall/client/account"
)

// phase is a part of the time that a request takes.
type phase int

// The phases, in their order. The zero value is that of a request whose phase
// is unknown.
const (
	phaseUnknown phase = iota
	phaseName
	phaseConnect
	phaseTLS
	phaseAnswer
	phaseReading
)

// trace notes when the phases of one attempt began and ended. Its hooks may be
// called from several goroutines, and even after the attempt.
type trace struct {
	// connected is called with the connection of the attempt; nil for nobody.
	connected func(net.Conn)

	mu sync.Mutex
	// ended is when the attempt was over. What comes later is ignored: it belongs
	// to a dial that goes on in the background.
	ended time.Time
	// ready is when there was a connection; dialled is set for a new one.
	ready   time.Time
	dialled bool
	// peer is the network address of the last connection attempt.
	peer string

	name, connect, tls span
	// wrote is when the request had been sent, first when its answer began.
	wrote, first time.Time
}

// span lasts from the first start to the first successful end.
type span struct{ start, end time.Time }

// note calls f with the present time, unless the attempt is over.
func (t *trace) note(f func(now time.Time)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ended.IsZero() {
		f(time.Now())
	}
}

func (t *trace) begin(s *span) {
	t.note(func(now time.Time) { s.start = earlier(s.start, now) })
}

func (t *trace) end(s *span, err error) {
	if err == nil {
		t.note(func(now time.Time) { s.end = earlier(s.end, now) })
	}
}

// earlier is the time that is known already, or else now.
func earlier(known, now time.Time) time.Time {
	if known.IsZero() {
		return now
	}
	return known
}

// hooks have a request report to the trace.
func (t *trace) hooks() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		DNSStart: func(httptrace.DNSStartInfo) { t.begin(&t.name) },
		DNSDone:  func(i httptrace.DNSDoneInfo) { t.end(&t.name, i.Err) },
		ConnectStart: func(_, address string) {
			t.begin(&t.connect)
			t.note(func(time.Time) { t.peer = address })
		},
		ConnectDone:       func(_, _ string, err error) { t.end(&t.connect, err) },
		TLSHandshakeStart: func() { t.begin(&t.tls) },
		TLSHandshakeDone:  func(_ tls.ConnectionState, err error) { t.end(&t.tls, err) },
		GotConn: func(i httptrace.GotConnInfo) {
			if t.connected != nil {
				t.connected(i.Conn)
			}
			t.note(func(now time.Time) {
				// After a redirect, a request can reuse the connection that it
				// dialled itself.
				t.dialled = t.dialled || !i.Reused
				t.ready = now
			})
		},
		// After a redirect, the last request counts.
		WroteRequest: func(httptrace.WroteRequestInfo) {
			t.note(func(now time.Time) { t.wrote, t.first = now, time.Time{} })
		},
		GotFirstResponseByte: func() { t.note(func(now time.Time) { t.first = now }) },
	}
}

// finish ends the trace and returns how long each phase took; a phase without
// an end lasts until now. last is the phase that was under way, and peer the
// network address of the last connection attempt.
func (t *trace) finish() (phases account.Phases, last phase, peer string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := time.Now()
	t.ended = now
	lasted := func(s span) time.Duration {
		if s.start.IsZero() {
			return 0
		}
		return max(0, earlier(s.end, now).Sub(s.start))
	}
	if t.dialled || t.ready.IsZero() {
		phases.DNS, phases.Connect, phases.TLS = lasted(t.name), lasted(t.connect), lasted(t.tls)
	}
	if sent := cmp.Or(t.wrote, t.ready); !sent.IsZero() {
		phases.FirstByte = lasted(span{sent, t.first})
	}
	return phases, t.under(), t.peer
}

// under is the phase that is under way.
func (t *trace) under() phase {
	switch {
	case !t.first.IsZero():
		return phaseReading
	case !t.ready.IsZero():
		return phaseAnswer
	case !t.tls.start.IsZero():
		return phaseTLS
	case !t.connect.start.IsZero():
		return phaseConnect
	case !t.name.start.IsZero():
		return phaseName
	}
	return phaseUnknown
}
