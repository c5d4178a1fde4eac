package service

import (
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
)

// Bounded is the details with every text and list in them bounded.
func (d Details) Bounded() Details {
	a := d.account()
	if d.Token != nil {
		a.Token = *d.Token
	}
	a = a.Bounded()
	d.take(a)
	if d.Token != nil {
		d.Token = &a.Token
	}
	d.Notes = d.Notes.Bounded()
	d.Rates = slices.Clone(d.Rates[:min(len(d.Rates), account.MaxRateLimits)])
	for i, r := range d.Rates {
		d.Rates[i] = r.MapText(text.BoundName)
	}
	return d
}

// account has what the details tell beside the token.
func (d Details) account() account.Account {
	return account.Account{
		User: account.User{Emails: d.Emails}, Organizations: d.Organizations, LinkedAccounts: d.LinkedAccounts, Totals: d.Totals,
	}
}

// take takes over what account gave, where the details told of it.
func (d *Details) take(a account.Account) {
	d.Organizations, d.Totals = a.Organizations, a.Totals
	if d.Emails != nil {
		d.Emails = a.User.Emails
	}
	if d.LinkedAccounts != nil {
		d.LinkedAccounts = a.LinkedAccounts
	}
}

// MapText is a copy of the details with f applied to every text in them.
func (d Details) MapText(f func(string) string) Details {
	d.take(d.account().MapText(f))
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
	d.Rates = slices.Clone(d.Rates)
	for i, r := range d.Rates {
		d.Rates[i] = r.MapText(f)
	}
	d.Notes = d.Notes.MapText(f).WithKinds(d.Notes)
	return d
}

// Details is what further requests add to an account.
type Details struct {
	// Organizations replaces those of the account unless it is nil.
	Organizations []account.Organization
	// Emails and LinkedAccounts replace those of the account unless they are nil.
	Emails         []string
	LinkedAccounts []account.LinkedAccount
	// Totals has those of these lists of which not all is here.
	Totals account.Totals
	// Token replaces the account's unless it is nil.
	Token *account.Token
	// Rate is a budget that a record of the token names; nil for none.
	Rate *account.RateLimit
	// Rates are budgets with names of which the service tells besides those in the
	// headers of answers.
	Rates []account.RateLimit
	// Notes say why some of it is missing.
	Notes account.Notes
}

// Unread is the note that a part of the account could not be read, and why not.
// What names it in the service's words: "groups".
func Unread(about account.Part, what string, err error) account.Note {
	return account.Note{Kind: account.NoteUnread, About: about, What: what, Cause: strings.TrimRight(err.Error(), ".")}
}
