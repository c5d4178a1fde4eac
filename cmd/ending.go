package cmd

import (
	"context"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"
)

// terminalInterval is how often the dashboard looks whether its terminal is
// still there.
const terminalInterval = time.Second

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
