package client

import "context"

// attendedKey is the key of whether a person is there, in a context.
type attendedKey struct{}

// Attended gives a context for what a person has asked for and waits for: a
// credential that is resolved with it may put a question to them. [Poller.Run]
// does nothing of its own accord with such a one.
func Attended(ctx context.Context) context.Context {
	return context.WithValue(ctx, attendedKey{}, true)
}

// unattended gives a context for what nobody waits for.
func unattended(ctx context.Context) context.Context {
	return context.WithValue(ctx, attendedKey{}, false)
}

// IsAttended reports whether a person waits for what is done with a context.
func IsAttended(ctx context.Context) bool {
	there, _ := ctx.Value(attendedKey{}).(bool)
	return there
}
