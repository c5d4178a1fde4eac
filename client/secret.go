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
	source := c.profile.Credential.Source()
	if strings.TrimSpace(secret) == "" {
		return b, warning, account.Diagnosis{
			State:       account.CredentialMissing,
			Explanation: "The credential (" + source + ") is empty.",
			Remedy:      "Put the token or password there.",
		}
	}
	if strings.ContainsFunc(secret, unicode.IsControl) {
		return b, warning, account.Diagnosis{
			State:       account.CredentialMissing,
			Explanation: "The credential (" + source + ") holds a line break or control character, which no request can carry.",
			Remedy:      "Store the credential alone, on one line.",
		}
	}
	return c.bearer(secret), warning, account.Diagnosis{}
}
