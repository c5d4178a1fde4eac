package cmd

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sync/semaphore"

	"rollcall/client"
	"rollcall/client/text"
	"rollcall/config/credential"
)

const (
	// lateAnswers is how long a terminal may take to answer what it was asked
	// before it was lent: that must not become a part of a password.
	lateAnswers = 100 * time.Millisecond
	// stillTyping is how long nothing must be typed after a command gave up: who
	// is in the middle of a password has not seen it yet.
	stillTyping = time.Second
)

// lender lends the terminal of the process to credential commands, one at a time,
// where a person waits for that. It implements [credential.Lender].
type lender struct {
	console *console
	// turn is held by the command that has the terminal.
	turn *semaphore.Weighted
	// clear makes way on the terminal while it calls use, and puts back after
	// that what was there. It may call nothing. It is nil where nothing is in the
	// way.
	clear func(ctx context.Context, use func())
	// interrupted is called where the person interrupts a command; nil where
	// that ends this command alone.
	interrupted func(ctx context.Context)
	// over is set after that. It belongs to whoever has the turn.
	over bool
	// private reports whether stand-ins are shown at present.
	private func() bool
}

func (c *console) newLender() *lender {
	return &lender{console: c, turn: semaphore.NewWeighted(1), private: func() bool { return c.mask != nil }}
}

// lend gives the context of a command that ends when it has done its work: a
// person waits for all of it, and whoever interrupts what asks them means all of
// it, too.
func (c *console) lend(ctx context.Context) context.Context {
	l := c.newLender()
	l.interrupted = interruptOurselves
	return credential.WithLender(client.Attended(ctx), l)
}

// Lend lends the terminal to a command.
func (l *lender) Lend(ctx context.Context, program string, use func(credential.Terminal) error) {
	if !client.IsAttended(ctx) || l.turn.Acquire(ctx, 1) != nil {
		return
	}
	defer l.turn.Release(1)
	t, done, ok := l.console.openTerminal()
	if !ok || l.over || ctx.Err() != nil {
		return
	}
	defer done()
	clear := l.clear
	if clear == nil {
		clear = func(_ context.Context, use func()) { use() }
	}
	clear(ctx, func() {
		k := takeKeyboard(t.In)
		if l.clear != nil {
			k.drain(lateAnswers)
		}
		k.give()
		called := "The command " + text.Printable(program)
		if l.private() {
			called = "A command of a profile" // Its name may be that of somebody.
		}
		fmt.Fprintf(t.Out, "%s has the terminal now; ctrl+c stops it.\r\n", called)
		err := use(t)
		if err != nil && !credential.Interrupted(err) {
			k.drain(stillTyping)
		}
		k.takeBack()
		if credential.Interrupted(err) && l.interrupted != nil {
			l.over = true
			l.interrupted(ctx)
		}
	})
}

// openTerminal opens the terminal that a person sits at, where they can see what
// is asked. A process in the background has none.
func (c *console) openTerminal() (t credential.Terminal, done func(), ok bool) {
	for _, f := range []*os.File{c.stderr, c.stdout} {
		if t.Out == nil && term.IsTerminal(f.Fd()) {
			t.Out = f
		}
	}
	if t.Out == nil {
		return t, nil, false
	}
	t.In, done = c.stdin, func() {}
	if !term.IsTerminal(c.stdin.Fd()) {
		f, err := os.OpenFile(terminalDevice, os.O_RDWR, 0)
		if err != nil {
			return t, nil, false
		}
		t.In, done = f, func() { _ = f.Close() }
	}
	if !inFront(t.In) {
		done()
		return t, nil, false
	}
	return t, done, true
}

// interruptOurselves does what the key does that interrupts, and waits until that
// is known.
func interruptOurselves(ctx context.Context) {
	p, err := os.FindProcess(os.Getpid())
	if err != nil || p.Signal(os.Interrupt) != nil {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(time.Second):
		// Whoever started us has switched the signal off.
	}
}
