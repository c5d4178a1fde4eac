package github

import (
	"crypto/sha256"
	"strconv"
	"strings"
	"time"

	known "rollcall/client/account"
)

// mint is a token of a kind under a name, always the same for it.
func mint(prefix, name string) string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
	var b strings.Builder
	for _, c := range sha256.Sum256([]byte("github " + name)) {
		b.WriteByte(letters[int(c)%len(letters)])
	}
	return prefix + "Demo" + b.String()
}

// renewed is the n-th token of the sample, and the account that it gives: as before,
// but for what was wrong with the token itself.
func (p *profile) renewed(n int, end time.Time) (string, *account) {
	acc := *p.account
	if !acc.end.IsZero() {
		acc.end = end.Truncate(time.Second)
	}
	acc.burst, acc.revoked = false, false
	return mint(p.prefix, p.Name+strconv.Itoa(n)), &acc
}

// kinds are the words for kinds of tokens, by what these begin with.
func kinds() map[string]string {
	return map[string]string{
		classic: "classic personal access token", fineGrained: "fine-grained personal access token", app: "OAuth app token",
	}
}

// known is what an earlier run knows of the account: the answer to who it is, and
// what details told; nil where nothing did.
func (p *profile) known(now time.Time) *known.Account {
	acc := p.account
	if acc.user == nil {
		return nil
	}
	told := &known.Account{
		User:  known.User{ID: strconv.FormatInt(acc.user.id, 10), FullName: acc.user.name, Username: acc.user.login},
		Token: known.Token{Kind: kinds()[p.prefix], Scopes: acc.scopes},
	}
	if p.prefix == classic || p.prefix == fineGrained {
		told.Token.Expiry.Kind = known.ExpiryNever
	}
	if !acc.end.IsZero() {
		told.Token.Expiry = known.Expiry{Kind: known.ExpiryDate, At: acc.end.UTC()}
	}
	for _, e := range acc.user.emails {
		if acc.may("emails", "user:email") && e.verified {
			told.User.Emails = append(told.User.Emails, e.address)
		}
	}
	if told.User.Emails == nil && acc.user.public != "" {
		told.User.Emails = []string{acc.user.public}
	}
	for _, s := range acc.user.socials {
		told.LinkedAccounts = append(told.LinkedAccounts, known.LinkedAccount{IDP: s.provider, SubjectID: s.url})
	}
	if !acc.may("members", "read:org") {
		return told
	}
	told.Organizations = []known.Organization{}
	for _, m := range acc.user.memberships(now) {
		o := known.Organization{ID: strconv.FormatInt(m.id, 10), Name: m.login, Role: strings.ReplaceAll(m.role, "_", " ")}
		switch {
		case m.signOn:
			o.Access = known.AccessSSORequired
		case m.pending:
			o.Access = known.AccessPending
		}
		told.Organizations = append(told.Organizations, o)
	}
	return told
}
