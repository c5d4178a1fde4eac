package client

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// resolve makes the bearer of a check, which is the first thing that is done with
// a secret. The diagnosis has a state where there is none that could be sent.
func (c *Client) resolve(ctx context.Context) (b service.Bearer, warning string, d account.Diagnosis) {
	secret, warning, err := c.profile.Credential.Resolve(ctx)
	if err != nil {
		d = account.Diagnosis{State: account.CredentialMissing, Explanation: text.Sentence(err.Error())}
		if r, ok := errors.AsType[interface {
			error
			Remedy() string
		}](err); ok {
			d.Remedy = text.Capitalized(r.Remedy())
		}
		return b, warning, d
	}
	// Whoever resolves a credential has looked at it. This is for the one who has
	// not: a line break would end the header that carries the secret, and what
	// follows would be a header of its own.
	if secret == "" || strings.ContainsFunc(secret, unicode.IsControl) {
		return b, warning, account.Diagnosis{
			State: account.CredentialMissing, Explanation: "The credential cannot be sent.", Remedy: reportFault,
		}
	}
	return c.bearer(secret), warning, account.Diagnosis{}
}
