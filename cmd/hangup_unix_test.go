//go:build unix

package cmd

import (
	"os/signal"
	"syscall"
	"testing"
	"time"
)

// TestHangupsSwitchedOff hears of a hangup although the caller has switched the signal
// off, as nohup does.
func TestHangupsSwitchedOff(t *testing.T) {
	signal.Ignore(syscall.SIGHUP)
	defer signal.Reset(syscall.SIGHUP)
	ctx, stop := notifyContext(t.Context())
	defer stop()
	heard := takeHangups(ctx)
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	select {
	case <-heard:
	case <-time.After(time.Minute):
		t.Error("nothing was heard")
	}
	if ctx.Err() != nil {
		t.Error("it ended the command")
	}
}
