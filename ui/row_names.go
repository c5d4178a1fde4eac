package ui

import (
	"slices"

	"rollcall/client/account"
	"rollcall/client/text"
)

// seen is a snapshot whose names are as wide as they are drawn, with a mark for what
// nobody sees; the same one where they have none, as nearly all. Ids and addresses stay
// as they are, since they are copied.
func seen(s *account.Snapshot) *account.Snapshot {
	if s.Account == nil || !hasMarks(s.Account) {
		return s
	}
	a, is := *s.Account, *s
	u := &a.User
	for _, name := range []*string{&u.FullName, &u.FirstName, &u.LastName, &u.Username, &a.Token.Name} {
		*name = text.Printable(*name)
	}
	a.Organizations = slices.Clone(a.Organizations)
	for i := range a.Organizations {
		a.Organizations[i].Name = text.Printable(a.Organizations[i].Name)
	}
	a.LinkedAccounts = slices.Clone(a.LinkedAccounts)
	for i := range a.LinkedAccounts {
		l := &a.LinkedAccounts[i]
		l.FullName, l.Username = text.Printable(l.FullName), text.Printable(l.Username)
	}
	is.Account = &a
	return &is
}

// hasMarks reports whether a name of an account has a character that nobody sees.
func hasMarks(a *account.Account) bool {
	u := &a.User
	return unlike(u.FullName) || unlike(u.FirstName) || unlike(u.LastName) ||
		unlike(u.Username) || unlike(a.Token.Name) ||
		slices.ContainsFunc(a.Organizations, func(o account.Organization) bool { return unlike(o.Name) }) ||
		slices.ContainsFunc(a.LinkedAccounts, func(l account.LinkedAccount) bool {
			return unlike(l.FullName) || unlike(l.Username)
		})
}

// unlike reports whether a name is drawn otherwise than it is.
func unlike(name string) bool { return text.Marked(name) != name }
