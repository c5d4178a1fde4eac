package account

import "slices"

// CountEmails is how many e-mail addresses the user has, whether they are kept or not.
func (a Account) CountEmails() int { return max(len(a.User.Emails), a.Totals.Emails) }

// CountOrganizations is how many organizations the user belongs to.
func (a Account) CountOrganizations() int { return max(len(a.Organizations), a.Totals.Organizations) }

// CountLinkedAccounts is how many accounts the user has elsewhere.
func (a Account) CountLinkedAccounts() int {
	return max(len(a.LinkedAccounts), a.Totals.LinkedAccounts)
}

// CountScopes is how many scopes the token has.
func (t Token) CountScopes() int { return max(len(t.Scopes), t.Totals.Scopes) }

// CountNetworks is how many networks the token may be used from.
func (t Token) CountNetworks() int { return max(len(t.Networks), t.Totals.Networks) }

// TakeEmails takes over the e-mail addresses that another account tells of.
func (a *Account) TakeEmails(from Account) {
	a.User.Emails, a.Totals.Emails = from.User.Emails, from.Totals.Emails
}

// TakeOrganizations takes over the organizations that another account tells of.
func (a *Account) TakeOrganizations(from Account) {
	a.Organizations, a.Totals.Organizations = from.Organizations, from.Totals.Organizations
}

// TakeLinkedAccounts takes over the linked accounts that another account tells of.
func (a *Account) TakeLinkedAccounts(from Account) {
	a.LinkedAccounts, a.Totals.LinkedAccounts = from.LinkedAccounts, from.Totals.LinkedAccounts
	a.Totals.LinkedEmails, a.Totals.Entitlements = from.Totals.LinkedEmails, from.Totals.Entitlements
}

// Cuts are notes on the lists of which only the first elements are kept.
func (a Account) Cuts() (notes Notes) {
	add := func(about Part, what string, kept, total int) {
		if total > kept {
			notes = append(notes, Note{Kind: NoteCut, About: about, What: what, Count: kept, Total: total})
		}
	}
	add(PartUser, "e-mail addresses", len(a.User.Emails), a.Totals.Emails)
	add(PartOrganizations, "organizations", len(a.Organizations), a.Totals.Organizations)
	add(PartLinkedAccounts, "linked accounts", len(a.LinkedAccounts), a.Totals.LinkedAccounts)
	var emails, entitlements int
	for _, l := range a.LinkedAccounts {
		emails, entitlements = emails+len(l.Emails), entitlements+len(l.Entitlements)
	}
	add(PartLinkedAccounts, "e-mail addresses of linked accounts", emails, a.Totals.LinkedEmails)
	add(PartLinkedAccounts, "entitlements", entitlements, a.Totals.Entitlements)
	t := a.Token
	add(PartToken, "scopes", len(t.Scopes), t.Totals.Scopes)
	add(PartToken, "networks", len(t.Networks), t.Totals.Networks)
	add(PartToken, "conditions", len(t.Caveats), t.Totals.Caveats)
	add(PartToken, "facts", len(t.Facts), t.Totals.Facts)
	return notes
}

// WithCuts is the notes with those on the lists of an account that are cut, in place of
// what was said of that before; a may be nil. Where another note tells already that only
// some were asked for, that is not said twice.
func (all Notes) WithCuts(a *Account, others Notes) (changed Notes) {
	for _, n := range all {
		if n.Kind != NoteCut {
			changed = append(changed, n)
		}
	}
	if a == nil {
		return changed
	}
	for _, n := range a.Cuts() {
		if !slices.ContainsFunc(others, func(o Note) bool { return o.Kind == NoteLimited && o.About == n.About && o.Total == n.Total }) {
			changed = append(changed, n)
		}
	}
	return changed
}
