package gitlab

import (
	"crypto/sha256"
	"strconv"
	"strings"
	"time"

	known "rollcall/client/account"
)

// mint is a token under a name, always the same for it.
func mint(name string) string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
	var b strings.Builder
	for _, c := range sha256.Sum256([]byte("gitlab " + name)) {
		if b.Len() == 16 {
			break
		}
		b.WriteByte(letters[int(c)%len(letters)])
	}
	return "glpat-Demo" + b.String()
}

// day is the beginning of the day of a moment, at which tokens end.
func day(at time.Time) time.Time { return at.UTC().Truncate(24 * time.Hour) }

// renewed is the n-th token of the sample, and the account that it gives: as before,
// but for what was wrong with the token itself.
func (p *profile) renewed(n int, end time.Time) (string, *account) {
	acc := *p.account
	acc.id += int64(n)
	if !acc.end.IsZero() {
		acc.end = day(end)
	}
	acc.crowded, acc.revoked = false, false
	if p.State == scopeMissing {
		acc.scopes = []string{"read_user", "read_api", "read_repository"}
	}
	return mint(p.Name + strconv.Itoa(n)), &acc
}

// known is what an earlier run knows of the account: the answer to who it is, and
// what details told.
func (p *profile) known(now time.Time) *known.Account {
	acc := p.account
	told := &known.Account{
		User:  known.User{ID: number(acc.user.id), FullName: acc.user.name, Username: acc.user.username, Emails: acc.user.emails},
		Token: known.Token{Kind: "personal access token"},
	}
	if !acc.old {
		told.Token.ID, told.Token.Name, told.Token.Scopes = number(acc.id), acc.name, acc.scopes
		told.Token.Expiry = known.Expiry{Kind: known.ExpiryNever}
		if !acc.end.IsZero() {
			told.Token.Expiry = known.Expiry{Kind: known.ExpiryDate, At: acc.end}
		}
	}
	if acc.user.bot {
		told.Token.Kind = "project or group access token"
	}
	for _, i := range acc.user.identities {
		told.LinkedAccounts = append(told.LinkedAccounts, known.LinkedAccount{IDP: i.provider, SubjectID: i.uid})
	}
	words := map[int]string{50: "owner", 40: "maintainer", 30: "developer", 20: "reporter", 10: "guest"}
	told.Organizations = []known.Organization{}
	for _, g := range acc.user.belongs(now) {
		if g.path != "acme/archive" { // The role is that of the group above.
			told.Organizations = append(told.Organizations, known.Organization{ID: number(g.id), Name: g.name, SubDomain: g.path, Role: words[g.level]})
		}
	}
	return told
}

// number is an id as text.
func number(id int64) string { return strconv.FormatInt(id, 10) }
