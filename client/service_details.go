package client

import "strings"

// bounded is the details with every text and list in them bounded.
func (d details) bounded() details {
	a := Account{Organizations: d.organizations}
	if d.token != nil {
		a.Token = *d.token
	}
	a, notes := a.bounded()
	d.organizations = a.Organizations
	if d.token != nil {
		d.token = &a.Token
	}
	d.problem = strings.Join(filled(append([]string{bound(d.problem, maxSentence)}, notes...)), " ")
	return d
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

// details is what further requests add to an account.
type details struct {
	// organizations replaces those of the account unless it is nil.
	organizations []Organization
	// token replaces the account's unless it is nil.
	token *Token
	// rate is a budget that a record of the token names; nil for none.
	rate *RateLimit
	// problem says in a sentence why some of it is missing; empty otherwise.
	problem string
}
