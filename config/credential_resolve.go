package config

import (
	"context"
	"fmt"
)

// Resolve returns the secret, with a warning where something about it should
// be mended. It reads anew each time, and gives up when ctx ends. The error is
// a [*CredentialError], or that of ctx.
func (c Credential) Resolve(ctx context.Context) (secret, warning string, err error) {
	if c.place == nil {
		return "", "", &CredentialError{
			"the profile has no credential that can be used", "give it a token from " + sourceNames("or"),
		}
	}
	secret, warning, err = c.place.secret(ctx)
	if err != nil {
		return "", "", err
	}
	if !sendable(secret) {
		return "", "", &CredentialError{
			fmt.Sprintf("the credential from %s has a line break or control character in it, so it is not used", c.Source()),
			"store the credential again, on one line and with nothing else",
		}
	}
	return secret, warning, nil
}
