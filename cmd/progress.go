package cmd

import (
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"rollcall/config/credential"
)

const (
	// worthProgress is from how many profiles on it is told how far their checks
	// are.
	worthProgress = 5
	// slowChecks is how long checks take before that is told.
	slowChecks = 400 * time.Millisecond
)

// progress is one line on a terminal that tells how far checks are.
type progress struct {
	to    io.Writer
	total int
	// stop keeps the line from appearing.
	stop func() bool

	mu      sync.Mutex
	checked int
	// shown is set while the line stands there; over when nothing more is told.
	shown, over bool
}

// newProgress tells of checks of so many profiles; it is nil where nobody needs to
// be told.
func (c *console) newProgress(profiles int) *progress {
	if profiles < worthProgress || c.json || !c.screenOf(c.stderr).terminal || dumb(c.getenv) {
		return nil
	}
	return startProgress(c.stderr, profiles, func(d time.Duration, f func()) func() bool { return time.AfterFunc(d, f).Stop })
}

// startProgress tells nothing of what is fast; after calls a function later.
func startProgress(to io.Writer, profiles int, after func(time.Duration, func()) (stop func() bool)) *progress {
	p := &progress{to: to, total: profiles}
	p.stop = after(slowChecks, p.show)
	return p
}

func (p *progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.over {
		p.shown = true
		p.draw()
	}
}

// done takes note that a profile was checked.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.checked++
	p.draw()
}

// draw puts the line in place of the one before.
func (p *progress) draw() {
	if p.shown && !p.over {
		fmt.Fprintf(p.to, "\rchecking %d of %d%s", min(p.checked+1, p.total), p.total, ansi.EraseLineRight)
	}
}

func (p *progress) erase() {
	if p.shown {
		fmt.Fprint(p.to, "\r"+ansi.EraseLineRight)
	}
}

// end takes the line away.
func (p *progress) end() {
	p.stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
	p.shown, p.over = false, true
}

// makeWay takes the line away while use has the terminal.
func (p *progress) makeWay(use func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
	use()
	p.draw()
}

// lendBeside gives the context of checks during which the terminal is lent to
// credential commands, without the line in their way.
func (c *console) lendBeside(ctx context.Context, p *progress) context.Context {
	l := c.newLender()
	l.interrupted = interruptOurselves
	l.clear = func(_ context.Context, use func()) { p.makeWay(use) }
	return credential.WithLender(ctx, l)
}
