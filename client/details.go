package client

import (
	"context"

	"rollcall/client/account"
	"rollcall/client/redact"
)

// details asks for what the identity answer leaves out. It returns what could
// be had, and never fails: what is missing is told in its problem. The secret is
// the one that the account was told for: to resolve it can mean to run a
// program, and can give another one.
func (c *Client) details(ctx context.Context, acc account.Account, secret string) (got details) {
	redactor := redact.New(c.profile.Username, secret)
	defer func() {
		// As with the identity, no answer may end the program.
		if recover() != nil {
			got = details{problem: "rollcall could not make sense of the details."}
		}
	}()
	sender := c.sender(secret)
	ask := func(ctx context.Context, path string, change ...func(*request)) (answer, error) {
		r := request{target: c.address.root + path}
		for _, f := range change {
			f(&r)
		}
		got, failed := sender.do(ctx, r, true)
		if failed != nil {
			failed.Explanation = redactor(failed.Explanation)
			return answer{}, failed
		}
		return got.answer, nil
	}
	got = c.provider.details(ctx, ask, acc, secret)
	if claims, ok := parseJWT(secret); ok {
		token := acc.Token
		if got.token != nil {
			token = *got.token
		}
		token = claims.complete(token)
		got.token = &token
	}
	return got.mapText(redactor).bounded()
}

// merge is the account with its details, in slices of its own.
func merge(acc account.Account, d details) account.Account {
	same := func(s string) string { return s }
	if d.organizations != nil {
		acc.Organizations = d.organizations
	}
	if d.token != nil {
		acc.Token = *d.token
	}
	return acc.MapText(same)
}
