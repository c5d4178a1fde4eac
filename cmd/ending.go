package cmd

import (
	"context"
	"os"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"
)

const (
	// endingTime is how long the dashboard may take to end after a signal. It
	// takes that long only where nobody reads what is written to the terminal,
	// to restore it too, or where work does not stop.
	endingTime = 3 * time.Second
	// savingTime is how long the work beside a screen may take to end after the
	// screen, since it saves what it knows.
	savingTime = 10 * time.Second
	// terminalInterval is how often the dashboard looks whether its terminal is
	// still there.
	terminalInterval = time.Second
)

// errTerminalGone ends the process as the signal does that it was not sent.
var errTerminalGone = &exitError{code: exitSignalBase + int(syscall.SIGHUP)}

// watchTerminal calls gone when the terminal was closed, or returns when ctx
// ends. A process hears of that by a signal, unless its caller has switched
// this one off; the library then reads the end of the input, and goes on.
func (c *console) watchTerminal(ctx context.Context, gone func()) {
	tick := time.NewTicker(terminalInterval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		if !term.IsTerminal(c.stdout.Fd()) {
			gone()
			return
		}
	}
}

// endAnyway ends the process after a signal ended ctx, unless stop is called
// within endingTime. Of the terminal it restores what needs no output. It is to
// be called before the terminal is changed.
func (c *console) endAnyway(ctx context.Context) (stop func()) {
	restore := c.terminalModes()
	ended := make(chan struct{})
	unhook := context.AfterFunc(ctx, func() {
		sig := signalOf(ctx)
		if sig == nil {
			return
		}
		select {
		case <-ended:
		case <-time.After(endingTime):
			restore()
			os.Exit(exitSignal(sig))
		}
	})
	return func() { unhook(); close(ended) }
}

// terminalModes gives what sets the modes of the terminal to what they are now.
func (c *console) terminalModes() (restore func()) {
	var all []func()
	for _, f := range []*os.File{c.stdin, c.stdout} {
		if state, err := term.GetState(f.Fd()); err == nil {
			all = append(all, func() { _ = term.Restore(f.Fd(), state) })
		}
	}
	return func() {
		for _, f := range all {
			f()
		}
	}
}
