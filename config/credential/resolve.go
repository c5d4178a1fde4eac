package credential

import (
	"context"
	"fmt"
	"strings"
)

// Resolve returns the secret, with a warning where something about its place
// should be mended. It reads anew each time, and gives up when ctx ends. The
// warning is a [*Error], and so is the error unless it is that of ctx.
func (c Credential) Resolve(ctx context.Context) (secret string, warning, err error) {
	if c.place == nil {
		return "", nil, &Error{
			"the profile has no credential that can be used", "give it a token from " + SourceNames("or"), ByEdit,
		}
	}
	secret, warning, err = c.place.secret(ctx)
	if err != nil {
		return "", nil, err
	}
	if strings.TrimSpace(secret) == "" {
		return "", nil, &Error{fmt.Sprintf("the credential (%s) is empty", c.Source()), "put the token or password there.", ByEdit}
	}
	if !Sendable(secret) {
		return "", nil, &Error{
			fmt.Sprintf("the credential from %s has a line break or control character in it, so it is not used", c.Source()),
			"store the credential again, on one line and with nothing else", storing(c.Kind()),
		}
	}
	return secret, warning, nil
}

// storing is how a secret gets to a place.
func storing(s Source) Way {
	if s == SourceKeyring {
		return ByLogIn
	}
	return ByEdit
}
