package onezone

import (
	"fmt"
	"net/netip"
	"strconv"
	"time"

	known "rollcall/client/account"
)

// name gives the account a token of its own.
func (a *account) name(token string) { a.tokenID = hexID("token " + token) }

// mint makes the token of the account.
func (a *account) mint() string {
	return mint(zoneSecret, zoneDomain, "2/nmd/"+a.subject()+"/act/"+a.tokenID, a.caveats...)
}

// renewed is the account with its n-th token: not revoked, and under those
// conditions only that hold here.
func (s *profile) renewed(n int, end time.Time) *account {
	acc := *s.account
	acc.name(fmt.Sprintf("%s %d", s.Name, n))
	acc.revoked, acc.spare, acc.caveats = false, true, nil
	here := use{now: end, peer: netip.MustParseAddr("127.0.0.1"), inward: "rest", service: "ozw-onezone", consumer: acc.subject()}
	for _, text := range s.account.caveats {
		c, ok := parseCaveat(text)
		switch {
		case ok && c.kind == "time" && c.validUntil() < end.Unix():
			acc.caveats = append(acc.caveats, "time < "+strconv.FormatInt(end.Unix(), 10))
		case ok && here.satisfies(c):
			acc.caveats = append(acc.caveats, text)
		}
	}
	return &acc
}

// known is what a good answer told of the account before the start, as far as it
// is told without a further request; and the end of its token, where it has one.
func (a *account) known() *known.Account {
	if a.user == nil {
		return nil
	}
	u := a.user
	told := &known.Account{User: known.User{ID: u.id, FullName: u.fullName, Username: u.username, Emails: u.emails}}
	for _, l := range u.linked {
		if u.legacy {
			break
		}
		text := func(key string) string { s, _ := l[key].(string); return s }
		told.LinkedAccounts = append(told.LinkedAccounts, known.LinkedAccount{IDP: text("idp"), SubjectID: text("subjectId")})
	}
	for _, text := range a.caveats {
		if c, ok := parseCaveat(text); ok && c.kind == "time" {
			told.Token.Expiry = known.Expiry{Kind: known.ExpiryDate, At: time.Unix(c.validUntil(), 0).UTC()}
		}
	}
	return told
}
