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
	// matrices are those that were made, by the first profile of each person.
	matrices map[*row]madeMatrix
}

// madeMatrix is a matrix with what it was made of.
type madeMatrix struct {
	*insight.Matrix
	profiles, facts int
}

// meet finds out who is who, where the accounts are not those of last time.
func (p *people) meet(rows []*row, accounts int) {
	if p.as == accounts {
		return
	}
	p.as, p.all = accounts, nil
	shown := make(map[string]*row, len(rows))
	held := make([]insight.Holding, 0, len(rows))
	for _, r := range rows {
		r.person = 0
		shown[r.config.Name] = r
		held = append(held, r.holding())
	}
	for i, found := range insight.People(held) {
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

// forget has all be compared anew.
func (p *people) forget() { p.matrices = nil }

// compare is what each of a person's profiles has. What was made once stays as long as
// nothing in it has changed.
func (p *people) compare(rows []*row) *insight.Matrix {
	is := madeMatrix{profiles: len(rows)}
	for _, r := range rows {
		is.facts += r.facts
	}
	if was := p.matrices[rows[0]]; was.Matrix != nil && was.profiles == is.profiles && was.facts == is.facts {
		return was.Matrix
	}
	held := make([]insight.Holding, 0, len(rows))
	for _, r := range rows {
		held = append(held, r.holding())
	}
	is.Matrix = insight.NewMatrix(held)
	if p.matrices == nil {
		p.matrices = make(map[*row]madeMatrix)
	}
	p.matrices[rows[0]] = is
	return is.Matrix
}

// holding is the profile with what is known of it, as it is shown.
func (r *row) holding() insight.Holding {
	return insight.Holding{
		Name: r.config.Name, Snapshot: r.snap, Tags: r.config.Tags, Public: insight.IsPublic(*r.about, r.own.BaseURL),
	}
}

// sameFacts reports whether two accounts say the same of a person and of what the
// person has, so that the people need not be found anew.
func sameFacts(a, b *account.Account) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.User.ID == b.User.ID && a.User.Name() == b.User.Name() && a.User.WholeName() == b.User.WholeName() &&
		a.User.Username == b.User.Username && slices.Equal(a.User.Emails, b.User.Emails) &&
		slices.EqualFunc(a.LinkedAccounts, b.LinkedAccounts, func(x, y account.LinkedAccount) bool {
			return x.IDP == y.IDP && x.SubjectID == y.SubjectID && slices.Equal(x.Emails, y.Emails)
		}) &&
		(a.Organizations == nil) == (b.Organizations == nil) && slices.Equal(a.Organizations, b.Organizations) &&
		(a.Token.Scopes == nil) == (b.Token.Scopes == nil) && slices.Equal(a.Token.Scopes, b.Token.Scopes)
}
