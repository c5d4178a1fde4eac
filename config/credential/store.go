package credential

import (
	"context"
	"fmt"
)

// writable is a place that rollcall can put a secret into.
type writable interface {
	// stored is the secret that is there; empty where there is none. It
	// fails where another could not be put there.
	stored(ctx context.Context) (string, error)
	// store puts a secret there; an empty one leaves nothing there.
	store(ctx context.Context, secret string) error
}

// Stored is the secret as it is kept now; empty where there is none. The error
// says why none can be stored there.
func (c Credential) Stored(ctx context.Context) (string, error) {
	if w, ok := c.place.(writable); ok {
		return w.stored(ctx)
	}
	return "", c.noStore()
}

// Store puts another secret in the place of the one that is kept there. An empty
// one leaves none there.
func (c Credential) Store(ctx context.Context, secret string) error {
	if w, ok := c.place.(writable); ok {
		return w.store(ctx, secret)
	}
	return c.noStore()
}

func (c Credential) noStore() error {
	return fmt.Errorf("a secret cannot be stored in the source %s; choose the keyring", c.Kind())
}
