package client

import (
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
)

// bounded is the details with every text and list in them bounded.
func (d details) bounded() details {
	a := account.Account{Organizations: d.organizations}
	if d.token != nil {
		a.Token = *d.token
	}
	a, notes := a.Bounded()
	d.organizations = a.Organizations
	if d.token != nil {
		d.token = &a.Token
	}
	d.problem = strings.Join(text.Filled(append([]string{text.Bound(d.problem, text.MaxSentence)}, notes...)), " ")
	return d
}

// mapText is a copy of the details with f applied to every text in them.
func (d details) mapText(f func(string) string) details {
	a := account.Account{Organizations: d.organizations}.MapText(f)
	d.organizations = a.Organizations
	if d.token != nil {
		kind := d.token.Expiry.Kind
		t := d.token.MapText(f)
		t.Expiry.Kind = kind
		d.token = &t
	}
	if d.rate != nil {
		r := d.rate.MapText(f)
		d.rate = &r
	}
	d.problem = f(d.problem)
	return d
}

// details is what further requests add to an account.
type details struct {
	// organizations replaces those of the account unless it is nil.
	organizations []account.Organization
	// token replaces the account's unless it is nil.
	token *account.Token
	// rate is a budget that a record of the token names; nil for none.
	rate *account.RateLimit
	// problem says in a sentence why some of it is missing; empty otherwise.
	problem string
}
