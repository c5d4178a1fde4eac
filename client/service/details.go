package service

import (
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
)

// Bounded is the details with every text and list in them bounded.
func (d Details) Bounded() Details {
	a := account.Account{Organizations: d.Organizations}
	if d.Token != nil {
		a.Token = *d.Token
	}
	a, notes := a.Bounded()
	d.Organizations = a.Organizations
	if d.Token != nil {
		d.Token = &a.Token
	}
	d.Problem = strings.Join(text.FirstNonEmpty(append([]string{text.Bound(d.Problem, text.MaxSentence)}, notes...)), " ")
	return d
}

// MapText is a copy of the details with f applied to every text in them.
func (d Details) MapText(f func(string) string) Details {
	a := account.Account{Organizations: d.Organizations}.MapText(f)
	d.Organizations = a.Organizations
	if d.Token != nil {
		kind := d.Token.Expiry.Kind
		t := d.Token.MapText(f)
		t.Expiry.Kind = kind
		d.Token = &t
	}
	if d.Rate != nil {
		r := d.Rate.MapText(f)
		d.Rate = &r
	}
	d.Problem = f(d.Problem)
	return d
}

// Details is what further requests add to an account.
type Details struct {
	// Organizations replaces those of the account unless it is nil.
	Organizations []account.Organization
	// Token replaces the account's unless it is nil.
	Token *account.Token
	// Rate is a budget that a record of the token names; nil for none.
	Rate *account.RateLimit
	// Problem says in a sentence why some of it is missing; empty otherwise.
	Problem string
}
