package client

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"rollcall/client/account"
	"rollcall/client/text"
)

// secret resolves the credential of the profile. The diagnosis has a state
// where there is none that could be sent.
func (c *Client) secret(ctx context.Context) (secret, warning string, d account.Diagnosis) {
	secret, warning, err := c.profile.Credential.Resolve(ctx)
	if err != nil {
		d = account.Diagnosis{State: account.CredentialMissing, Explanation: text.Sentence(err.Error())}
		if r, ok := errors.AsType[interface {
			error
			Remedy() string
		}](err); ok {
			d.Remedy = text.Capitalized(r.Remedy())
		}
		return "", warning, d
	}
	// Whoever resolves a credential has looked at it. This is for the one who has
	// not: a line break would end the header that carries the secret, and what
	// follows would be a header of its own.
	if secret == "" || strings.ContainsFunc(secret, unicode.IsControl) {
		return "", warning, account.Diagnosis{
			State: account.CredentialMissing, Explanation: "The credential cannot be sent.", Remedy: reportFault,
		}
	}
	return secret, warning, account.Diagnosis{}
}
