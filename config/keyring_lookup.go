package config

import (
	"context"
	"errors"

	"github.com/zalando/go-keyring"
)

// FromKeyring looks for the secret of an entry "service/user" of the keyring,
// and says whether there is one. The error is a [*CredentialError], or that of
// ctx.
func FromKeyring(ctx context.Context, entry string) (secret string, found bool, err error) {
	secret, err = callKeyring(ctx, entry, func(service, user string) (string, error) {
		secret, err := keyring.Get(service, user)
		if errors.Is(err, keyring.ErrNotFound) {
			return "", nil
		}
		return secret, err
	})
	return secret, secret != "", err
}
