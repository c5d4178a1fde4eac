package ui

import (
	"slices"

	"rollcall/client/account"
	"rollcall/client/insight"
)

// person is a human with the profiles that are theirs.
type person struct {
	insight.Person
	rows []*row
}

// people are the humans with several profiles.
type people struct {
	all []person
	// as is the version of the accounts that they were found in.
	as int
}

// meet finds out who is who, where the accounts are not those of last time.
func (p *people) meet(rows []*row, accounts int) {
	if p.as == accounts {
		return
	}
	p.as, p.all = accounts, nil
	shown := make(map[string]*row, len(rows))
	snaps := make([]account.Snapshot, 0, len(rows))
	for _, r := range rows {
		r.person = 0
		shown[r.config.Name] = r
		snap := r.snap
		snap.Profile = r.config.Name
		snaps = append(snaps, snap)
	}
	for i, found := range insight.People(snaps) {
		one := person{Person: found}
		for _, name := range found.Profiles {
			if r := shown[name]; r != nil {
				r.person = i + 1
				one.rows = append(one.rows, r)
			}
		}
		p.all = append(p.all, one)
	}
}

// sameBearer reports whether two accounts are known to belong to the same
// person by the same facts, so that the people need not be found anew.
func sameBearer(a, b *account.Account) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.User.ID == b.User.ID && a.User.Name() == b.User.Name() && slices.Equal(a.User.Emails, b.User.Emails) &&
		slices.EqualFunc(a.LinkedAccounts, b.LinkedAccounts, func(x, y account.LinkedAccount) bool {
			return x.IDP == y.IDP && x.SubjectID == y.SubjectID && slices.Equal(x.Emails, y.Emails)
		})
}
