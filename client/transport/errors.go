package transport

import (
	"errors"
	"fmt"
)

// redirectError is an answer that wants the request sent elsewhere.
type redirectError struct {
	// to is the place without its query; empty for a loop, and where the place
	// is unreadable.
	to         string
	unreadable bool
	status     int
}

func (e *redirectError) Error() string { return "redirect refused" }

// readError is an answer that began and could not be read to its end.
type readError struct {
	status int
	err    error
}

func (e *readError) Error() string { return "reading the answer: " + e.err.Error() }

func (e *readError) Unwrap() error { return e.err }

// phaseError is an error with what was under way when it came.
type phaseError struct {
	phase phase
	// peer is the network address last connected to; empty where none was.
	peer string
	err  error
}

func (e *phaseError) Error() string { return e.err.Error() }

func (e *phaseError) Unwrap() error { return e.err }

var (
	errTooLarge = errors.New("answer too large")
	errPacking  = errors.New("answer packed wrongly")
	errSwitched = errors.New("another protocol")
)

// setupError is a set-up that cannot be built, or that no request gets
// through because of.
type setupError struct{ explanation, remedy string }

func (e *setupError) Error() string { return e.explanation }

// proxyRefusal is a proxy that does not let a connection through.
type proxyRefusal struct {
	host   string
	status int
}

func (e *proxyRefusal) Error() string { return fmt.Sprintf("proxy %s answered %d", e.host, e.status) }
