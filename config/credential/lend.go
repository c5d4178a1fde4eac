package credential

import (
	"context"
	"errors"
	"os"
)

// Terminal is a terminal that a program gets to itself for a while.
type Terminal struct {
	// In is read from, Out is written to; they may be the same. On Unix In passes
	// every key on as it is typed (raw mode): the command has a terminal of its
	// own behind this one.
	In, Out *os.File
}

// Lender lends the terminal that a person sits at.
type Lender interface {
	// Lend calls use with the terminal, to one program at a time: until use
	// returns, nobody else reads from it or draws on it. It calls nothing where
	// there is no terminal, or nobody at it who has asked for the credential.
	// The error of use is why the program gave no secret.
	Lend(ctx context.Context, program string, use func(Terminal) error)
}

// lenderKey is the key of a lender in a context.
type lenderKey struct{}

// WithLender gives a context with which a command that fails without a terminal
// may be lent one.
func WithLender(ctx context.Context, l Lender) context.Context {
	return context.WithValue(ctx, lenderKey{}, l)
}

// lenderOf is the lender of a context, or one that lends nothing.
func lenderOf(ctx context.Context) Lender {
	if l, ok := ctx.Value(lenderKey{}).(Lender); ok {
		return l
	}
	return nobody{}
}

// nobody lends nothing.
type nobody struct{}

func (nobody) Lend(context.Context, string, func(Terminal) error) {}

// failedAlone reports whether a command ran in a session without a terminal and
// gave no secret. Why it did not is not guessed from its words: what asks on a
// terminal fails in as many ways as there are programs.
func failedAlone(err error) bool {
	e, ok := errors.AsType[*fruitless](err)
	return ok && e.alone
}

// Interrupted reports whether a person interrupted the command, which had the
// terminal.
func Interrupted(err error) bool {
	e, ok := errors.AsType[*fruitless](err)
	return ok && e.interrupted
}
