package cmd

import (
	"context"
	"os"
	"syscall"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"rollcall/client/together"
)

const (
	// endingTime is how long the dashboard may take to end after a signal. It
	// takes that long only where nobody reads what is written to the terminal,
	// to restore it too, or where work does not stop.
	endingTime = 3 * time.Second
	// restoringTime is how long what restores the terminal may take to be written
	// then.
	restoringTime = time.Second / 4
	// savingTime is how long the work beside a screen may take to end after the
	// screen, since it saves what it knows.
	savingTime = 10 * time.Second
	// lastTime is how long any command may take to end after a signal, which is longer
	// than what is bounded by itself.
	lastTime = endingTime + savingTime + 2*time.Second
	// terminalInterval is how often the dashboard looks whether its terminal is
	// still there: at whole seconds, when others look at something, too.
	terminalInterval = time.Second
)

// plainTerminal takes back what the screen has set in a terminal.
var plainTerminal = ansi.ResetModeSynchronizedOutput + ansi.ResetModifyOtherKeys + ansi.PopKittyKeyboard(1) +
	ansi.ResetModeAltScreenSaveCursor + ansi.SetModeTextCursorEnable + ansi.ResetModeBracketedPaste + ansi.ResetModeFocusEvent +
	ansi.ResetModeMouseButtonEvent + ansi.ResetModeMouseAnyEvent + ansi.ResetModeMouseExtSgr + ansi.ResetStyle

// errTerminalGone ends the process as the signal does that it was not sent.
var errTerminalGone = &exitError{code: exitSignalBase + int(syscall.SIGHUP)}

// watchTerminal calls gone when the terminal was closed, or returns when ctx
// ends. A process hears of that by a signal, unless its caller has switched
// this one off; the library then reads the end of the input, and goes on. size is called
// with the size whenever it is looked at; nil for nobody.
func (c *console) watchTerminal(ctx context.Context, gone func(), size func(width, height int)) {
	for {
		now := time.Now()
		select {
		case <-time.After(now.Truncate(terminalInterval).Add(terminalInterval).Sub(now)):
		case <-ctx.Done():
			return
		}
		if !term.IsTerminal(c.stdout.Fd()) {
			gone()
			return
		}
		if width, height, err := term.GetSize(c.stdout.Fd()); err == nil && size != nil {
			size(width, height)
		}
	}
}

// endAtLast ends the process after a signal ended ctx, unless stop is called within
// lastTime: what waits for a disk that does not answer hears of no signal. While a program
// has the terminal, it is left to that.
func (c *console) endAtLast(ctx context.Context) (stop func()) {
	ended := make(chan struct{})
	unhook := context.AfterFunc(ctx, func() {
		select {
		case <-ended:
		case <-time.After(lastTime):
			if sig := signalOf(ctx); sig != nil && !terminalYielded(ctx) {
				c.alone.Kill(restoringTime)
				os.Exit(exitSignal(sig))
			}
		}
	})
	return func() { unhook(); close(ended) }
}

// endAnyway ends the process after a signal ended ctx, unless stop is called
// within endingTime. It restores the modes of the terminal, and writes what takes
// back the rest unless nobody reads that. It is to be called before the terminal
// is changed.
func (c *console) endAnyway(ctx context.Context, takeBack string) (stop func()) {
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
			c.alone.Kill(restoringTime)
			restore()
			writeAtLast(c.stdout, takeBack)
			os.Exit(exitSignal(sig))
		}
	})
	return func() { unhook(); close(ended) }
}

// writeAtLast writes to the terminal what it takes within restoringTime.
func writeAtLast(f *os.File, text string) {
	// Whatever comes of it, nothing comes after it.
	atLast(restoringTime, func() { _, _ = f.WriteString(text) })
}

// atLast does something at the end of the process, which is waited for no longer than that:
// a disk or a terminal can take for ever.
func atLast(limit time.Duration, do func()) {
	done := together.Start(func() error { do(); return nil })
	select {
	case o := <-done:
		_ = o.Value() // It panics as do has.
	case <-time.After(limit):
	}
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
