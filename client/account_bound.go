package client

import (
	"fmt"
	"slices"
)

// The bounds of lists, in items.
const (
	maxOrganizations = 20000
	maxListed        = 2000
)

// boundList is the first n of a list. What it leaves out is added to the notes.
func boundList[T any](list []T, n int, what string, notes *[]string) []T {
	if len(list) <= n {
		return list
	}
	note := fmt.Sprintf("The service told of %d %s, of which the first %d are kept.", len(list), what, n)
	if !slices.Contains(*notes, note) {
		*notes = append(*notes, note)
	}
	return list[:n]
}

// bounded is what one check found, with every text and list in it bounded. A
// list that is not whole is a warning.
func (s Snapshot) bounded() Snapshot {
	h := &s.Health
	h.Code, h.Description = bound(h.Code, maxCode), bound(h.Description, maxDescription)
	h.Explanation, h.Remedy = bound(h.Explanation, maxSentence), bound(h.Remedy, maxSentence)
	if s.Account != nil {
		a, notes := s.Account.bounded()
		s.Account, s.Warnings = &a, slices.Concat(s.Warnings, notes)
	}
	return s
}

// bounded is the account with every text and list in it bounded, and notes in
// sentences on what that left out.
func (a Account) bounded() (_ Account, notes []string) {
	a.User.Emails = boundList(a.User.Emails, maxListed, "e-mail addresses", &notes)
	a.Organizations = boundList(a.Organizations, maxOrganizations, "organizations", &notes)
	a.LinkedAccounts = slices.Clone(boundList(a.LinkedAccounts, maxListed, "linked accounts", &notes))
	for i := range a.LinkedAccounts {
		l := &a.LinkedAccounts[i]
		l.Emails = boundList(l.Emails, maxListed, "e-mail addresses of a linked account", &notes)
		l.Entitlements = boundList(l.Entitlements, maxListed, "entitlements", &notes)
	}
	t := &a.Token
	t.Scopes = boundList(t.Scopes, maxListed, "scopes", &notes)
	t.Networks = boundList(t.Networks, maxListed, "networks", &notes)
	t.Caveats = boundList(t.Caveats, maxListed, "conditions", &notes)
	t.Facts = boundList(t.Facts, maxListed, "facts", &notes)

	b := a.mapText(boundName)
	b.User.AvatarURL, b.User.URL = boundAddress(a.User.AvatarURL), boundAddress(a.User.URL)
	for i, o := range a.Organizations {
		b.Organizations[i].URL = boundAddress(o.URL)
	}
	for i, l := range a.LinkedAccounts {
		b.LinkedAccounts[i].Custom = boundJSON(l.Custom)
	}
	return b, notes
}
