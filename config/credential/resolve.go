package credential

import (
	"context"
	"fmt"
	"strings"
)

// Resolve returns the secret, with a warning where something about it should
// be mended. It reads anew each time, and gives up when ctx ends. The error is
// a [*Error], or that of ctx.
func (c Credential) Resolve(ctx context.Context) (secret, warning string, err error) {
	if c.place == nil {
		return "", "", &Error{
			"the profile has no credential that can be used", "give it a token from " + SourceNames("or"),
		}
	}
	secret, warning, err = c.place.secret(ctx)
	if err != nil {
		return "", "", err
	}
	if strings.TrimSpace(secret) == "" {
		return "", "", &Error{fmt.Sprintf("the credential (%s) is empty", c.Source()), "put the token or password there."}
	}
	if !Sendable(secret) {
		return "", "", &Error{
			fmt.Sprintf("the credential from %s has a line break or control character in it, so it is not used", c.Source()),
			"store the credential again, on one line and with nothing else",
		}
	}
	return secret, warning, nil
}
