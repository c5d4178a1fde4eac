package credential

import (
	"context"
	"errors"
)

// KeyringAbsence says why no secret can be kept in the keyring of the system here,
// in a few words; empty where one can, or where that is not known in time. It asks
// nobody for a password, and starts no keyring.
func KeyringAbsence(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, keyringTimeout)
	defer cancel()
	found := make(chan error, 1)
	go func() {
		err := errKeyringBroken
		defer func() {
			_ = recover() // A library asks, and must not end what the person does.
			found <- err
		}()
		err = findKeyringService(ctx)
	}()
	select {
	case err := <-found:
		if err != nil && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
			return "no keyring service runs in this session"
		}
	case <-ctx.Done():
	}
	return ""
}
