package account

import (
	"fmt"
	"slices"

	"rollcall/client/text"
)

// The limits of lists, in items.
const (
	maxOrganizations = 20000
	maxListed        = 2000
	// MaxRateLimits is for the budgets of requests of one credential.
	MaxRateLimits = 20
)

// boundList returns the first n items of a list. If the list is longer, it adds
// a sentence about that to the notes.
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

// Bounded returns a copy of s in which every text and list that a service wrote
// is bounded, so that a broken or hostile service cannot fill the memory. Each
// list that was cut is a warning of the snapshot.
func (s Snapshot) Bounded() Snapshot {
	h := &s.Health
	h.Code, h.Description = text.Bound(h.Code, text.MaxCode), text.Bound(h.Description, text.MaxDescription)
	h.Explanation, h.Remedy = text.Bound(h.Explanation, text.MaxSentence), text.Bound(h.Remedy, text.MaxSentence)
	if s.Account != nil {
		a, notes := s.Account.Bounded()
		s.Account, s.Warnings = &a, slices.Concat(s.Warnings, notes)
	}
	s.OtherLimits = s.OtherLimits[:min(len(s.OtherLimits), MaxRateLimits-1)]
	return s
}

// Bounded returns a copy of a with every text and list bounded, and a sentence
// for each list that was cut.
func (a Account) Bounded() (_ Account, notes []string) {
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

	b := a.MapText(text.BoundName)
	b.User.AvatarURL, b.User.URL = text.BoundAddress(a.User.AvatarURL), text.BoundAddress(a.User.URL)
	for i, o := range a.Organizations {
		b.Organizations[i].URL = text.BoundAddress(o.URL)
	}
	for i, l := range a.LinkedAccounts {
		b.LinkedAccounts[i].Custom = text.BoundJSON(l.Custom)
	}
	return b, notes
}
