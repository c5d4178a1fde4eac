package cmd

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"

	"github.com/charmbracelet/x/term"
	"github.com/muesli/cancelreader"

	"rollcall/config/credential"
)

// lendConversation gives the context of a conversation, which is silent and hears
// nothing while the terminal is lent to the command of a profile that the person
// checks.
func (c *console) lendConversation(ctx context.Context, in *pausedInput, out *pausedOutput) context.Context {
	l := c.newLender()
	l.clear = func(_ context.Context, use func()) {
		// A line that is half printed is not torn apart.
		out.turn.Lock()
		defer out.turn.Unlock()
		if !in.pause() {
			return
		}
		defer in.resume()
		_, _ = io.WriteString(out.to, "\n")
		use()
	}
	return credential.WithLender(ctx, l)
}

// withTerminal gives the terminal to what asks on it. The conversation reads no line
// then, and prints none.
func withTerminal(in *pausedInput, out *pausedOutput, use func() error) error {
	out.turn.Lock()
	defer out.turn.Unlock()
	in.turn.Lock()
	defer in.turn.Unlock()
	return use()
}

// askHidden asks for a text that the terminal does not show, in the conversation.
// Whoever interrupts that means the conversation.
func (c *console) askHidden(ctx context.Context, in *pausedInput, out *pausedOutput, question string) (secret string, err error) {
	err = withTerminal(in, out, func() error {
		secret, err = c.typedSecret(ctx, out.to, question)
		return err
	})
	if e, ok := errors.AsType[*exitError](err); ok && e.code == exitInterrupted {
		interruptOurselves(ctx)
	}
	return secret, err
}

// openPauses gives the input and the output of the process as a conversation has
// them.
func (c *console) openPauses() (*pausedInput, *pausedOutput) {
	in := &pausedInput{from: c.stdin}
	if term.IsTerminal(c.stdin.Fd()) {
		in.reader, _ = cancelreader.NewReader(c.stdin)
	}
	return in, &pausedOutput{to: c.stdout}
}

// pausedInput reads what is typed, but not while it is paused.
type pausedInput struct {
	from *os.File
	// turn is held while something is read, and from pause to resume.
	turn sync.Mutex
	// reader is what can be called off; nil for an input that is no terminal,
	// which is never paused. It is changed by whoever has the turn.
	reader cancelreader.CancelReader
}

// Read reads on where it was called off.
func (p *pausedInput) Read(b []byte) (int, error) {
	for {
		p.turn.Lock()
		if p.reader == nil {
			p.turn.Unlock()
			return p.from.Read(b)
		}
		n, err := p.reader.Read(b)
		p.turn.Unlock()
		if !errors.Is(err, cancelreader.ErrCanceled) {
			return n, err
		}
	}
}

// pause calls off the reading, and keeps it from going on. It reports whether that
// could be.
func (p *pausedInput) pause() bool {
	if p.reader == nil || !p.reader.Cancel() {
		return false
	}
	p.turn.Lock()
	return true
}

// resume lets the reading go on.
func (p *pausedInput) resume() {
	defer p.turn.Unlock()
	_ = p.reader.Close()
	// What cannot be called off any more is read all the same.
	p.reader = nil
	if r, err := cancelreader.NewReader(p.from); err == nil {
		p.reader = r
	}
}

// pausedOutput prints, but not while something else has its turn.
type pausedOutput struct {
	turn sync.Mutex
	to   io.Writer
}

// Write prints when it may.
func (p *pausedOutput) Write(b []byte) (int, error) {
	p.turn.Lock()
	defer p.turn.Unlock()
	return p.to.Write(b)
}
