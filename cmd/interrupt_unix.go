//go:build unix

package cmd

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

// marker is a signal that ends nothing. Signals are delivered in the order of their
// numbers, of which that of an interrupt is less.
const marker = syscall.SIGWINCH

func isMarker(s os.Signal) bool { return s == marker }

// hearAll waits until all signals that have reached the process were heard.
func (y *yielded) hearAll() {
	signal.Notify(y.signals, marker)
	select {
	case <-y.settled: // The size of the terminal has changed some time.
	default:
	}
	if syscall.Kill(os.Getpid(), marker) != nil {
		return
	}
	select {
	case <-y.settled:
	case <-time.After(time.Second): // The context has ended, and nobody hears.
	}
}
