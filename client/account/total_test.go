package account_test

import (
	"fmt"
	"strings"
	"testing"

	"rollcall/client/account"
)

// listed is an account with long lists in long lists.
func listed(n int) account.Account {
	var texts []string
	for i := range n {
		texts = append(texts, fmt.Sprint("t", i))
	}
	a := account.Account{User: account.User{ID: "u1", Emails: texts}, Token: account.Token{Scopes: texts}}
	for i := range n {
		a.Organizations = append(a.Organizations, account.Organization{ID: texts[i]})
		a.LinkedAccounts = append(a.LinkedAccounts, account.LinkedAccount{IDP: "i", SubjectID: texts[i], Emails: texts[:10], Entitlements: texts[:1]})
	}
	return a
}

func TestBoundedTellsTheTrueNumbers(t *testing.T) {
	t.Parallel()
	a := listed(3000).Bounded()
	if len(a.Organizations) != account.MaxListed || a.CountOrganizations() != 3000 || a.CountEmails() != 3000 || a.CountLinkedAccounts() != 3000 || a.Token.CountScopes() != 3000 {
		t.Errorf("%+v, %+v", a.Totals, a.Token.Totals)
	}
	emails := 0
	for _, l := range a.LinkedAccounts {
		emails += len(l.Emails)
	}
	if emails != account.MaxListed || a.Totals.LinkedEmails != 20_000 || a.Totals.Entitlements != 0 {
		t.Errorf("%d addresses of linked accounts, %+v", emails, a.Totals)
	}
	if got := a.Cuts().Texts(); len(got) != 5 || got[1] != "The service told of 3000 organizations, of which the first 2000 are kept." {
		t.Errorf("%q", got)
	}
	if again := a.Bounded(); again.Totals != a.Totals || again.Token.Totals != a.Token.Totals {
		t.Errorf("once more, the totals are %+v", again.Totals)
	}
	if a := listed(100).Bounded(); a.Totals != (account.Totals{}) || a.Cuts() != nil {
		t.Errorf("a list that is whole has totals: %+v", a.Totals)
	}
}

// Long names in long lists may not fill the memory either.
func TestNamesOfAnAccountAreBoundedTogether(t *testing.T) {
	t.Parallel()
	var a account.Account
	for i := range 1500 {
		a.Organizations = append(a.Organizations, account.Organization{ID: fmt.Sprint(i), Name: strings.Repeat("n", 450)})
	}
	size := 0
	b := a.Bounded()
	for _, o := range b.Organizations {
		size += len(o.ID) + len(o.Name)
	}
	if size > 400<<10 || b.CountOrganizations() != 1500 {
		t.Errorf("%d bytes of names are kept, of %d", size, b.CountOrganizations())
	}
}

// Which were not asked for is said once.
func TestCutsAreSaidOnce(t *testing.T) {
	t.Parallel()
	a := account.Account{Organizations: make([]account.Organization, 200), Totals: account.Totals{Organizations: 300}}
	limited := account.Notes{{Kind: account.NoteLimited, About: account.PartOrganizations, What: "groups", Count: 200, Total: 300}}
	before := account.Notes{{Kind: account.NoteCredential}, {Kind: account.NoteCut, About: account.PartOrganizations, Total: 9}}
	if got := before.WithCuts(&a, limited); len(got) != 1 || got[0].Kind != account.NoteCredential {
		t.Errorf("%+v", got)
	}
	if got := before.WithCuts(&a, nil); len(got) != 2 || got[1].Total != 300 {
		t.Errorf("%+v", got)
	}
	if got := before.WithCuts(nil, nil); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}
