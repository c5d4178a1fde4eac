package transport

import (
	"cmp"
	"context"
	"crypto/tls"
	"net/http/httptrace"
	"sync"
	"time"

	"rollcall/client/account"
)

// phase is a part of a request's time.
type phase int

// The phases, in their order. Nothing is known of one that is over or that
// had not begun.
const (
	phaseUnknown phase = iota
	phaseName
	phaseConnect
	phaseTLS
	phaseAnswer
	phaseReading
)

// trace notes when the parts of one attempt began and ended. Its hooks may be
// called from several goroutines, and after the attempt.
type trace struct {
	mu sync.Mutex
	// ended is set when the attempt is over: what a dial that goes on in the
	// background does is no longer about it.
	ended time.Time
	// ready is when there was a connection; dialled is set where it is a new
	// one.
	ready   time.Time
	dialled bool
	// peer is the network address that was last connected to.
	peer string

	name, connect, tls span
	// wrote is when the request was sent, first when its answer began.
	wrote, first time.Time
}

// span is from the first beginning to the first good end.
type span struct{ start, end time.Time }

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

// earlier is the first of two times, where it is known.
func earlier(known, now time.Time) time.Time {
	if known.IsZero() {
		return now
	}
	return known
}

// watch makes the requests of a context tell the trace.
func (t *trace) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
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
			t.note(func(now time.Time) {
				// A request that is sent on may find the connection that it
				// has dialled itself.
				t.dialled = t.dialled || !i.Reused
				t.ready = now
			})
		},
		// Of a request that is sent on, the last leg counts.
		WroteRequest: func(httptrace.WroteRequestInfo) {
			t.note(func(now time.Time) { t.wrote, t.first = now, time.Time{} })
		},
		GotFirstResponseByte: func() { t.note(func(now time.Time) { t.first = now }) },
	})
}

// finish closes the trace. phases are the parts of the attempt's time; one
// that did not end lasts until now. last is the one under way, at peer.
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

// under is the phase under way.
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
