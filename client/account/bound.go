package account

import "rollcall/client/text"

// The limits of lists, in items.
const (
	// MaxListed is how many elements of a list of an answer are kept: more than a
	// person could look at. Of longer lists it is told how many there are.
	MaxListed = 2000
	maxNotes  = 20
	// MaxRateLimits is for the budgets of requests of one credential.
	MaxRateLimits = 20
)

// maxTexts bounds the texts of all lists of an account together, in bytes: names may be
// long, and there are as many accounts as profiles.
const maxTexts = 384 << 10

// bound is what is left of the limits of an account.
type bound struct{ texts int }

// take takes the first elements of a list, as far as they fit, of which each has texts of
// such a size. total is how many there are in all where not all are taken.
func take[T any](b *bound, list []T, most int, size func(T) int, total *int) []T {
	for i, one := range list {
		if b.texts -= size(one); i >= most || b.texts < 0 {
			*total = max(*total, len(list))
			b.texts = max(b.texts, 0)
			return list[:i:i]
		}
	}
	return list
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
		a := s.Account.Bounded()
		s.Account = &a
	}
	if s.Stated != nil {
		t := Account{Token: *s.Stated}.Bounded().Token
		s.Stated = &t
	}
	s.Notes = s.Notes.Bounded().WithCuts(s.Account, s.Details.Notes)
	s.OtherLimits = s.OtherLimits[:min(len(s.OtherLimits), MaxRateLimits-1)]
	return s
}

// Bounded returns a copy of a with every text and list bounded. Its totals tell how many
// there are of what was left out.
func (a Account) Bounded() Account {
	b := a.MapText(text.BoundName)
	b.User.AvatarURL, b.User.URL = text.BoundAddress(a.User.AvatarURL), text.BoundAddress(a.User.URL)
	for i, o := range a.Organizations {
		b.Organizations[i].URL = text.BoundAddress(o.URL)
	}
	for i, l := range a.LinkedAccounts {
		b.LinkedAccounts[i].Custom = text.BoundJSON(l.Custom)
	}
	return b.listed()
}

// listed is the account with its lists bounded, all of which it has for itself.
func (a Account) listed() Account {
	b := bound{maxTexts}
	plain := func(s string) int { return len(s) }
	t, total := &a.Token, &a.Totals
	a.User.Emails = take(&b, a.User.Emails, MaxListed, plain, &total.Emails)
	t.Scopes = take(&b, t.Scopes, MaxListed, plain, &t.Totals.Scopes)
	t.Networks = take(&b, t.Networks, MaxListed, plain, &t.Totals.Networks)
	t.Facts = take(&b, t.Facts, MaxListed, func(f Fact) int { return len(f.Name) + len(f.Value) }, &t.Totals.Facts)
	t.Caveats = take(&b, t.Caveats, MaxListed, func(c Caveat) int { return len(c.Text) }, &t.Totals.Caveats)
	a.Organizations = take(&b, a.Organizations, MaxListed, func(o Organization) int {
		return len(o.ID) + len(o.Name) + len(o.SubDomain) + len(o.Kind) + len(o.Role) + len(o.URL)
	}, &total.Organizations)
	a.LinkedAccounts = take(&b, a.LinkedAccounts, MaxListed, func(l LinkedAccount) int {
		return len(l.IDP) + len(l.SubjectID) + len(l.FullName) + len(l.Username) + len(l.Custom)
	}, &total.LinkedAccounts)
	a.share(&b, func(l *LinkedAccount) *[]string { return &l.Emails }, &total.LinkedEmails)
	a.share(&b, func(l *LinkedAccount) *[]string { return &l.Entitlements }, &total.Entitlements)
	return a
}

// share bounds a list of all linked accounts together: there can be many of both.
func (a Account) share(b *bound, of func(*LinkedAccount) *[]string, total *int) {
	told, kept := 0, 0
	for i := range a.LinkedAccounts {
		list, cut := of(&a.LinkedAccounts[i]), 0
		told += len(*list)
		*list = take(b, *list, MaxListed-kept, func(s string) int { return len(s) }, &cut)
		kept += len(*list)
	}
	if kept < told {
		*total = max(*total, told)
	}
}
