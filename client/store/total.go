package store

import "rollcall/client/account"

// totalsOf are the totals of an account by the names of their lists.
func totalsOf(a *account.Account) map[string]*int {
	t, token := &a.Totals, &a.Token.Totals
	return map[string]*int{
		"emails": &t.Emails, "organizations": &t.Organizations, "linked_accounts": &t.LinkedAccounts,
		"linked_emails": &t.LinkedEmails, "entitlements": &t.Entitlements,
		"scopes": &token.Scopes, "networks": &token.Networks, "caveats": &token.Caveats, "facts": &token.Facts,
	}
}

// putTotals writes how many there are of what an account has in part, for which there
// are no rows yet.
func (s *session) putTotals(profile int64, a account.Account) error {
	for list, total := range totalsOf(&a) {
		if *total == 0 {
			continue
		}
		if err := s.exec("INSERT INTO totals (profile, list, total) VALUES (?, ?, ?)", profile, list, *total); err != nil {
			return err
		}
	}
	return nil
}

// totals reads them. Lists of a later rollcall are passed over.
func (s *session) totals(in scope, all map[int64]*account.Account) error {
	var id int64
	var list string
	var total int
	return s.all("SELECT l.profile, l.list, l.total FROM profiles p JOIN totals l ON l.profile = p.id WHERE "+in.where, in.args,
		[]column{count(&id), text(&list), count(&total)}, func() {
			if a := all[id]; a != nil {
				if to := totalsOf(a)[list]; to != nil {
					*to = total
				}
			}
		})
}
