package store

import (
	"encoding/json"
	"fmt"
	"hash/fnv"

	"rollcall/client/account"
)

// maxKept is the largest account, in bytes of JSON, that is kept. An account can
// be as large as an answer; this is enough for thousands of organizations.
const maxKept = 768 << 10

// asRows is a snapshot as its rows have it. What a token says of itself is that of
// an account without a user, which no service has confirmed.
func asRows(s account.Snapshot) account.Snapshot {
	if s.Account == nil && s.Stated != nil {
		s.Account = &account.Account{Token: *s.Stated}
	}
	s.Stated = nil
	return s
}

// ofRows turns it round.
func ofRows(s account.Snapshot, a *account.Account) account.Snapshot {
	if a.User.ID == "" && s.AccountAt.IsZero() {
		s.Stated = &a.Token
	} else {
		s.Account = a
	}
	return s
}

// hashOf stands for a value, to tell whether its rows have to be written anew; ok
// is false for one that is too large to keep.
func hashOf(v any) (hash int64, ok bool) {
	data, err := json.Marshal(v)
	if err != nil || len(data) > maxKept {
		return 0, false
	}
	h := fnv.New64a()
	h.Write(data)
	return int64(h.Sum64()), true
}

// accountTables are the tables that hold an account.
var accountTables = []string{"accounts", "organizations", "linked_accounts", "caveats", "facts", "totals"}

// forgetAccount deletes the account of a profile.
func (s *session) forgetAccount(profile int64) error {
	for _, table := range accountTables {
		if err := s.exec("DELETE FROM "+table+" WHERE profile = ?", profile); err != nil {
			return err
		}
	}
	return nil
}

const insertAccount = `INSERT INTO accounts (profile, user, full_name, first_name, last_name, username, emails,
  avatar_url, url, created_at, basic_auth_enabled, has_organizations,
  token, token_name, token_kind, expiry, expires_at, expiry_source, scopes, networks)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// putAccount puts an account in the place of the one that a profile had.
func (s *session) putAccount(profile int64, a account.Account) error {
	if err := s.forgetAccount(profile); err != nil {
		return err
	}
	u, t := a.User, a.Token
	var basic any
	if u.BasicAuthEnabled != nil {
		basic = int64(0)
		if *u.BasicAuthEnabled {
			basic = int64(1)
		}
	}
	told := int64(0)
	if a.Organizations != nil {
		told = 1
	}
	if err := s.exec(insertAccount, profile, u.ID, textIn(u.FullName), textIn(u.FirstName), textIn(u.LastName),
		textIn(u.Username), listIn(u.Emails), textIn(u.AvatarURL), textIn(u.URL), timeIn(u.CreatedAt), basic, told,
		textIn(t.ID), textIn(t.Name), textIn(t.Kind), textIn(t.Expiry.Kind), timeIn(t.Expiry.At), textIn(t.Expiry.Source),
		listIn(t.Scopes), listIn(t.Networks)); err != nil {
		return err
	}
	if err := s.putTotals(profile, a); err != nil {
		return err
	}
	return s.putLists(profile, a)
}

// putLists writes the lists of an account, for which there are no rows yet.
func (s *session) putLists(profile int64, a account.Account) error {
	for i, o := range a.Organizations {
		if err := s.exec(`INSERT INTO organizations (profile, position, id, name, sub_domain, kind, role, access, url)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, profile, i, o.ID, textIn(o.Name), textIn(o.SubDomain), textIn(o.Kind), textIn(o.Role),
			textIn(o.Access), textIn(o.URL)); err != nil {
			return err
		}
	}
	for i, l := range a.LinkedAccounts {
		if err := s.exec(`INSERT INTO linked_accounts (profile, position, idp, subject, full_name, username, emails, entitlements, custom)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`, profile, i, l.IDP, l.SubjectID, textIn(l.FullName), textIn(l.Username), listIn(l.Emails),
			listIn(l.Entitlements), textIn(l.Custom)); err != nil {
			return err
		}
	}
	for i, c := range a.Token.Caveats {
		kind, err := c.Kind.MarshalText()
		if err != nil {
			return err
		}
		if err := s.exec(`INSERT INTO caveats (profile, position, kind, "values", more, negated, at, text)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, profile, i, string(kind), listIn(c.Values), countIn(c.More), flagIn(c.Not), timeIn(c.At),
			textIn(c.Text)); err != nil {
			return err
		}
	}
	for i, f := range a.Token.Facts {
		if err := s.exec(`INSERT INTO facts (profile, position, name, value, source) VALUES (?, ?, ?, ?, ?)`,
			profile, i, f.Name, f.Value, textIn(f.Source)); err != nil {
			return err
		}
	}
	return nil
}

// scope limits what is read to a configuration, or to a profile of it. The
// conditions are about the table of profiles, which is p.
type scope struct {
	where string
	args  []any
}

// accounts reads the accounts of all profiles in a scope, by profile.
func (s *session) accounts(in scope) (map[int64]*account.Account, error) {
	all := map[int64]*account.Account{}
	var id, told int64
	var a account.Account
	u, t := &a.User, &a.Token
	var basic *int64
	err := s.all(`SELECT a.profile, a.user, a.full_name, a.first_name, a.last_name, a.username, a.emails,
  a.avatar_url, a.url, a.created_at, a.basic_auth_enabled, a.has_organizations,
  a.token, a.token_name, a.token_kind, a.expiry, a.expires_at, a.expiry_source, a.scopes, a.networks
FROM profiles p JOIN accounts a ON a.profile = p.id WHERE `+in.where, in.args, []column{
		count(&id), text(&u.ID), text(&u.FullName), text(&u.FirstName), text(&u.LastName), text(&u.Username), listOut{&u.Emails},
		text(&u.AvatarURL), text(&u.URL), timeOut{&u.CreatedAt}, numberOut{&basic}, count(&told),
		text(&t.ID), text(&t.Name), text(&t.Kind), text(&t.Expiry.Kind), timeOut{&t.Expiry.At}, text(&t.Expiry.Source),
		listOut{&t.Scopes}, listOut{&t.Networks},
	}, func() {
		read := a
		if basic != nil {
			enabled := *basic != 0
			read.User.BasicAuthEnabled = &enabled
		}
		if told != 0 {
			read.Organizations = []account.Organization{}
		}
		all[id] = &read
	})
	if err != nil {
		return nil, err
	}
	if err := s.totals(in, all); err != nil {
		return nil, err
	}
	return all, s.lists(in, all)
}

// lists reads the lists of accounts.
func (s *session) lists(in scope, all map[int64]*account.Account) error {
	var id int64
	var o account.Organization
	err := s.each("organizations", "l.id, l.name, l.sub_domain, l.kind, l.role, l.access, l.url", in, []column{
		count(&id), text(&o.ID), text(&o.Name), text(&o.SubDomain), text(&o.Kind), text(&o.Role), text(&o.Access), text(&o.URL),
	}, func() {
		if a := all[id]; a != nil {
			a.Organizations = append(a.Organizations, o)
		}
	})
	if err != nil {
		return err
	}
	var l account.LinkedAccount
	err = s.each("linked_accounts", "l.idp, l.subject, l.full_name, l.username, l.emails, l.entitlements, l.custom", in, []column{
		count(&id), text(&l.IDP), text(&l.SubjectID), text(&l.FullName), text(&l.Username), listOut{&l.Emails}, listOut{&l.Entitlements},
		text(&l.Custom),
	}, func() {
		if a := all[id]; a != nil {
			a.LinkedAccounts = append(a.LinkedAccounts, l)
		}
	})
	if err != nil {
		return err
	}
	var c account.Caveat
	var kind string
	err = s.each("caveats", `l.kind, l."values", l.more, l.negated, l.at, l.text`, in, []column{
		count(&id), text(&kind), listOut{&c.Values}, count(&c.More), flagOut{&c.Not}, timeOut{&c.At}, text(&c.Text),
	}, func() {
		if a := all[id]; a != nil && c.Kind.UnmarshalText([]byte(kind)) == nil {
			a.Token.Caveats = append(a.Token.Caveats, c)
		}
	})
	if err != nil {
		return err
	}
	var f account.Fact
	return s.each("facts", "l.name, l.value, l.source", in, []column{count(&id), text(&f.Name), text(&f.Value), text(&f.Source)}, func() {
		if a := all[id]; a != nil {
			a.Token.Facts = append(a.Token.Facts, f)
		}
	})
}

// each reads the rows of a table of lists, l, in their order. The first
// destination is that of the profile.
func (s *session) each(table, columns string, in scope, to []column, each func()) error {
	return s.all(fmt.Sprintf("SELECT l.profile, %s FROM profiles p JOIN %s l ON l.profile = p.id WHERE %s ORDER BY l.profile, l.position",
		columns, table, in.where), in.args, to, each)
}
