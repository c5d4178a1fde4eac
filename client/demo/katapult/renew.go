package katapult

import (
	"fmt"
	"time"

	known "rollcall/client/account"
)

// renewed is the n-th token of the sample, and the account that it gives: as before,
// but for what was wrong with the token itself.
func (s *profile) renewed(n int, end time.Time) (string, *account) {
	acc, name := *s.account, fmt.Sprintf("%s-%d", s.Name, n)
	if acc.record.ID != "" {
		acc.record.ID = idOf("apit", name)
	}
	if acc.record.ExpiresAt != nil {
		acc.record = acc.record.until(end)
	}
	acc.record.Networks = []string{}
	acc.crowded, acc.spare = false, true
	if acc.owner != nil {
		acc.user = acc.owner
	}
	if acc.fail != nil && acc.fail.Code == errScope().Code {
		acc.fail = nil
	}
	return s.mint(name, &acc), &acc
}

// known is what a good answer told of the account before the start, as far as it
// is told without a further request; and the end of its token, where it has one.
func (acc *account) known() *known.Account {
	if acc.user == nil {
		return nil
	}
	told := &known.Account{User: known.User{ID: acc.user.ID, FirstName: acc.user.FirstName, LastName: acc.user.LastName}}
	for _, o := range acc.orgs {
		told.Organizations = append(told.Organizations, known.Organization{ID: o.ID, Name: o.Name, SubDomain: o.SubDomain})
	}
	if told.Token.ID = acc.record.ID; told.Token.ID != "" {
		told.Token.Kind = "api token"
	}
	if end := acc.record.ExpiresAt; end != nil {
		told.Token.Expiry = known.Expiry{Kind: known.ExpiryDate, At: time.Unix(*end, 0).UTC()}
	}
	return told
}
