package account

import (
	"slices"

	"rollcall/client/text"
)

// The limits of lists, in items.
const (
	maxOrganizations = 20000
	maxListed        = 2000
	maxNotes         = 20
	// MaxRateLimits is for the budgets of requests of one credential.
	MaxRateLimits = 20
)

// boundList returns the first n items of a list. If the list is longer, it adds
// that to the notes.
func boundList[T any](list []T, n int, about Part, what string, notes *Notes) []T {
	if len(list) <= n {
		return list
	}
	note := Note{Kind: NoteCut, About: about, What: what, Count: n, Total: len(list)}
	if !slices.Contains(*notes, note) {
		*notes = append(*notes, note)
	}
	return list[:n]
}

// Bounded returns a copy of s in which every text and list that a service wrote
// is bounded, so that a broken or hostile service cannot fill the memory. Each
// list that was cut is a note of the snapshot.
func (s Snapshot) Bounded() Snapshot {
	s.Named = text.BoundAddress(s.Named)
	h := &s.Health
	h.Code, h.Description = text.Bound(h.Code, text.MaxCode), text.Bound(h.Description, text.MaxDescription)
	h.Explanation, h.Remedy = text.Bound(h.Explanation, text.MaxSentence), text.Bound(h.Remedy, text.MaxSentence)
	h.Command = text.Bound(h.Command, text.MaxSentence)
	if s.Account != nil {
		a, notes := s.Account.Bounded()
		s.Account, s.Notes = &a, slices.Concat(s.Notes, notes)
	}
	if s.Stated != nil {
		a, notes := Account{Token: *s.Stated}.Bounded()
		s.Stated, s.Notes = &a.Token, slices.Concat(s.Notes, notes)
	}
	s.Notes = s.Notes.Bounded()
	s.OtherLimits = s.OtherLimits[:min(len(s.OtherLimits), MaxRateLimits-1)]
	return s
}

// Bounded returns a copy of a with every text and list bounded, and a note for
// each list that was cut.
func (a Account) Bounded() (_ Account, notes Notes) {
	a.User.Emails = boundList(a.User.Emails, maxListed, PartUser, "e-mail addresses", &notes)
	a.Organizations = boundList(a.Organizations, maxOrganizations, PartOrganizations, "organizations", &notes)
	a.LinkedAccounts = slices.Clone(boundList(a.LinkedAccounts, maxListed, PartLinkedAccounts, "linked accounts", &notes))
	for i := range a.LinkedAccounts {
		l := &a.LinkedAccounts[i]
		l.Emails = boundList(l.Emails, maxListed, PartLinkedAccounts, "e-mail addresses of a linked account", &notes)
		l.Entitlements = boundList(l.Entitlements, maxListed, PartLinkedAccounts, "entitlements", &notes)
	}
	t := &a.Token
	t.Scopes = boundList(t.Scopes, maxListed, PartToken, "scopes", &notes)
	t.Networks = boundList(t.Networks, maxListed, PartToken, "networks", &notes)
	t.Caveats = boundList(t.Caveats, maxListed, PartToken, "conditions", &notes)
	t.Facts = boundList(t.Facts, maxListed, PartToken, "facts", &notes)

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
