package client

import (
	"context"

	"rollcall/client/account"
	"rollcall/client/redact"
	"rollcall/client/service"
)

// details asks for what the identity answer leaves out. It returns what could
// be had, and never fails: what is missing is told in its problem. The secret is
// the one that the account was told for: to resolve it can mean to run a
// program, and can give another one.
func (c *Client) details(ctx context.Context, acc account.Account, secret string) (got service.Details) {
	redactor := redact.New(c.profile.Username, secret)
	defer func() {
		// As with the identity, no answer may end the program.
		if recover() != nil {
			got = service.Details{Problem: "rollcall could not make sense of the details."}
		}
	}()
	sender := c.sender(secret)
	ask := func(ctx context.Context, path string, change ...func(*service.Request)) (service.Answer, error) {
		r := service.Request{Target: c.address.Root + path}
		for _, f := range change {
			f(&r)
		}
		got, failed := sender.Do(ctx, r, true)
		if failed != nil {
			failed.Explanation = redactor(failed.Explanation)
			return service.Answer{}, failed
		}
		return got.Answer, nil
	}
	got = c.provider.Details(ctx, ask, acc, secret)
	if claims, ok := service.ParseJWT(secret); ok {
		token := acc.Token
		if got.Token != nil {
			token = *got.Token
		}
		token = claims.Complete(token)
		got.Token = &token
	}
	return got.MapText(redactor).Bounded()
}

// merge is the account with its details, in slices of its own.
func merge(acc account.Account, d service.Details) account.Account {
	same := func(s string) string { return s }
	if d.Organizations != nil {
		acc.Organizations = d.Organizations
	}
	if d.Token != nil {
		acc.Token = *d.Token
	}
	return acc.MapText(same)
}
