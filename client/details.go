package client

import "context"

// details asks for what the identity answer leaves out. It returns what could
// be had, and never fails: what is missing is told in its problem. The secret is
// the one that the account was told for: to resolve it can mean to run a
// program, and can give another one.
func (c *Client) details(ctx context.Context, acc Account, secret string) (got details) {
	redactor := newRedactor(c.profile.Username, secret)
	defer func() {
		// As with the identity, no answer may end the program.
		if recover() != nil {
			got = details{problem: "rollcall could not make sense of the details."}
		}
	}()
	ask := func(ctx context.Context, path string, change ...func(*request)) (answer, error) {
		r := request{target: c.address.root + path, forDetails: true}
		for _, f := range change {
			f(&r)
		}
		got, failed := c.do(ctx, r, secret, detailRetries)
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

// mapText is a copy of the details with f applied to every text in them.
func (d details) mapText(f func(string) string) details {
	a := Account{Organizations: d.organizations}.mapText(f)
	d.organizations = a.Organizations
	if d.token != nil {
		kind := d.token.Expiry.Kind
		t := d.token.mapText(f)
		t.Expiry.Kind = kind
		d.token = &t
	}
	if d.rate != nil {
		r := d.rate.mapText(f)
		d.rate = &r
	}
	d.problem = f(d.problem)
	return d
}

// merge is the account with its details, in slices of its own.
func merge(acc Account, d details) Account {
	same := func(s string) string { return s }
	if d.organizations != nil {
		acc.Organizations = d.organizations
	}
	if d.token != nil {
		acc.Token = *d.token
	}
	return acc.mapText(same)
}
