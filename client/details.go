package client

import (
	"context"
	"time"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
	"rollcall/client/transport"
)

// details asks for what the identity answer leaves out. It returns what could
// be had, and never fails: what is missing is told in its notes. The bearer is
// the one that the account was told for: to resolve a secret once more can mean to
// run a program, and can give another one.
func (c *Client) details(ctx context.Context, acc account.Account, b service.Bearer) (got service.Details) {
	defer func() {
		// As with the identity, no answer may end the program.
		if recover() != nil {
			got = service.Details{Notes: account.Notes{{
				Kind: account.NoteUnread, What: "details", Cause: "rollcall could not make sense of them",
			}}}
		}
	}()
	sender := c.sender(b)
	ask := func(ctx context.Context, r service.Request) (service.Answer, error) {
		key, before := c.validated(b, r), service.Answer{}
		if r.Conditional {
			r, before = c.network.validators.condition(key, r)
		}
		got, failed := sender.Do(ctx, r, true)
		defer got.Release()
		if failed != nil {
			failed.Explanation = b.RedactOwn(failed.Explanation)
			return service.Answer{}, failed
		}
		if r.Conditional {
			got.Answer = c.network.validators.settle(key, before, got.Answer)
		}
		if r.Read != nil {
			r.Read(got.Answer)
			got.Answer.Body = transport.Beginning(got.Answer.Body)
		}
		return got.Answer, nil
	}
	begun := time.Now()
	defer func() { c.logDetails(got.Notes, time.Since(begun)) }()
	got = c.service.Details(ctx, ask, service.Asked{Address: c.address, Bearer: b}, acc)
	if claims, ok := service.ParseJWT(b.Secret()); ok {
		token := acc.Token
		if got.Token != nil {
			token = *got.Token
		}
		token = claims.Complete(token)
		got.Token = &token
	}
	return got.MapText(b.Redact).Bounded().MapText(text.Harmless)
}

// merge is the account with its details.
func merge(acc account.Account, d service.Details) account.Account {
	told := account.Account{
		User: account.User{Emails: d.Emails}, Organizations: d.Organizations, LinkedAccounts: d.LinkedAccounts, Totals: d.Totals,
	}
	if d.Organizations != nil {
		acc.TakeOrganizations(told)
	}
	if d.Emails != nil {
		acc.TakeEmails(told)
	}
	if d.LinkedAccounts != nil {
		acc.TakeLinkedAccounts(told)
	}
	if d.Token != nil {
		acc.Token = *d.Token
	}
	return acc
}
