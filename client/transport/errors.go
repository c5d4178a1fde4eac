package transport

import (
	"errors"
	"fmt"
)

// redirectError is a redirect that was not followed.
type redirectError struct {
	// to is the target as [redact.Address] has it. It is empty for a loop, and where the
	// target is no valid address, for which unreadable is set.
	to         string
	unreadable bool
	status     int
}

func (e *redirectError) Error() string { return "redirect refused" }

// readError is an answer that could not be read to its end.
type readError struct {
	status int
	err    error
}

func (e *readError) Error() string { return "reading the answer: " + e.err.Error() }

func (e *readError) Unwrap() error { return e.err }

// phaseError is an error with the phase in which it occurred.
type phaseError struct {
	phase phase
	// peer is the network address of the last connection attempt; empty where
	// there was none.
	peer string
	err  error
}

func (e *phaseError) Error() string { return e.err.Error() }

func (e *phaseError) Unwrap() error { return e.err }

// The errors of an answer that arrived but is of no use.
var (
	errTooLarge    = errors.New("answer too large")
	errCompression = errors.New("answer packed wrongly")
	errSwitched    = errors.New("another protocol")
)

// packingError is an answer in a form that was not asked for. name is that of the
// form, and unsaid is set where the answer did not name it.
type packingError struct {
	name   string
	unsaid bool
}

func (e *packingError) Error() string { return "answer packed as " + e.name }

// setupError is a mistake in the set-up that keeps every request from being
// sent.
type setupError struct {
	explanation, remedy string
	// outside is set where it is not in the configuration: nothing there mends it.
	outside bool
}

func (e *setupError) Error() string { return e.explanation }

// proxyRefusal is the answer of a proxy that refuses to open a tunnel.
type proxyRefusal struct {
	host   string
	status int
}

func (e *proxyRefusal) Error() string { return fmt.Sprintf("proxy %s answered %d", e.host, e.status) }
