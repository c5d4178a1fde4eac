package privacy

import (
	"slices"
	"strings"

	"rollcall/client/account"
)

// Snapshot returns a copy of s in which everything that identifies its user is
// replaced. The name of the profile stays where it tells nothing of that, since
// the user chose it for the screen, and so do states and other words of rollcall's own. A snapshot must
// not be masked twice: stand-ins would get stand-ins.
func (m *Mask) Snapshot(s account.Snapshot) account.Snapshot {
	m.Learn(s)
	t := s.MapText(m.Text)
	t.Profile, t.Service, t.Health.State = m.Own(profileKind, s.Profile), s.Service, s.Health.State
	t.Verdict, t.Snooze.Verdict = s.Verdict, s.Snooze.Verdict
	t.Health.Action = s.Health.Action
	t.Notes, t.Details.Notes = t.Notes.WithKinds(s.Notes), t.Details.Notes.WithKinds(s.Details.Notes)
	if s.Account != nil {
		m.account(t.Account, *s.Account)
	}
	if s.Stated != nil {
		masked := account.Account{Token: *t.Stated}
		m.account(&masked, account.Account{Token: *s.Stated})
		t.Stated = &masked.Token
	}
	m.checks(t.History, s.History, s.Health.Code)
	changes(t.Changes, s.Changes)
	return t
}

// profileKind is what the stand-in of a profile's name says that it is.
const profileKind = "profile"

// Profile returns the name, the label and the tags of a profile as they can be
// shown.
func (m *Mask) Profile(name, label string, tags []string) (string, string, []string) {
	shown := make([]string, len(tags))
	for i, t := range tags {
		shown[i] = m.Own("tag", t)
	}
	return m.Own(profileKind, name), m.Own("label", label), shown
}

// Past returns a copy of p in which everything that identifies its user is
// replaced, as in [Mask.Snapshot].
func (m *Mask) Past(p account.Past) account.Past {
	m.endpoint(p.Endpoint)
	m.learnChanges(p.Changes)
	q := p.MapText(m.Text)
	q.Profile = m.Own(profileKind, p.Profile)
	m.checks(q.Checks, p.Checks)
	changes(q.Changes, p.Changes)
	return q
}

// checks corrects masked, the checks with every text masked by itself. The codes
// may be shown where an answer has them.
func (m *Mask) checks(masked, real []account.Check, codes ...string) {
	for i, c := range real {
		masked[i].State = c.State
		if c.Exchange != nil {
			m.exchange(masked[i].Exchange, *c.Exchange, append(codes, c.Code)...)
		}
	}
}

// changes corrects masked, the changes with every text masked by itself, where a
// text is a word of rollcall's own.
func changes(masked, real []account.Change) {
	for i, c := range real {
		masked[i].Kind = c.Kind
		if c.Kind == account.ChangeState {
			masked[i] = c
		}
		masked[i].Was.Ends, masked[i].Is.Ends = c.Was.Ends, c.Is.Ends
	}
}

// Learn gives stand-ins to the personal values of a snapshot, so that they are found in
// the texts of others before the snapshot itself is shown.
func (m *Mask) Learn(s account.Snapshot) {
	m.endpoint(s.Endpoint)
	m.endpoint(s.Named)
	if s.Account != nil {
		n := m.user(s.Account.User, 0)
		for _, l := range s.Account.LinkedAccounts {
			m.linked(l, n)
		}
		for _, o := range s.Account.Organizations {
			m.organization(o)
		}
		m.token(s.Account.Token)
	}
	if s.Stated != nil {
		m.token(*s.Stated)
	}
	if s.Health.Wanted != "" {
		m.user(account.User{ID: s.Health.Wanted}, 0)
	}
	m.learnChanges(s.Changes)
}

// learnChanges gives stand-ins to the personal values that changes tell of.
func (m *Mask) learnChanges(all []account.Change) {
	for _, c := range all {
		for _, value := range []account.Value{c.Was, c.Is} {
			m.changed(c, value)
		}
	}
}

// changed gives a stand-in to a value that a change tells of, which may be
// nowhere else any more.
func (m *Mask) changed(c account.Change, value account.Value) {
	switch {
	case c.Kind == account.ChangeRole:
		m.organization(account.Organization{Name: c.What})
	case value.IsZero():
	case c.Kind == account.ChangeUser && c.What == "user name":
		m.single(value.Name, "person-%s")
	case c.Kind == account.ChangeUser && c.What == "full name":
		m.user(account.User{FullName: value.Name}, 0)
	case c.Kind == account.ChangeUser:
		m.user(account.User{FullName: value.Name, ID: value.ID}, 0)
	case c.Kind == account.ChangeEmail:
		m.email(value.Name, 0)
	case c.Kind == account.ChangeOrganization:
		m.organization(account.Organization{Name: value.Name})
	case c.Kind == account.ChangeLinkedAccount:
		m.linked(account.LinkedAccount{IDP: value.Name, SubjectID: value.ID}, 0)
	case c.Kind == account.ChangeToken && c.What == "id":
		m.token(account.Token{ID: value.Name})
	}
}

// harmlessFacts are the names of the facts that say nothing about the user of a
// token.
var harmlessFacts = []string{"lifetime", "begins", "version"}

// token gives stand-ins to what identifies a token and to what it is for.
func (m *Mask) token(t account.Token) {
	n := m.number("token", t.ID+t.Name)
	m.give(t.Name, "Token %s", n)
	m.give(t.ID, "token-%s", n)
	for _, f := range t.Facts {
		if !slices.Contains(harmlessFacts, f.Name) {
			m.single(f.Value, "fact-%s")
		}
	}
	for _, c := range t.Caveats {
		if c.Kind == account.CaveatOther {
			m.single(c.Text, "restriction-%s")
		}
	}
}

// caveat leaves out of a restriction what names a person or a file. One that is
// not known gets a stand-in.
func (m *Mask) caveat(c account.Caveat) account.Caveat {
	switch c.Kind {
	case account.CaveatPath, account.CaveatFile, account.CaveatConsumer:
		c.Values, c.More, c.Text = nil, 0, ""
	case account.CaveatOther:
		c.Values, c.Text = nil, m.single(c.Text, "restriction-%s")
	default:
		values := make([]string, 0, len(c.Values))
		for _, v := range c.Values {
			values = append(values, m.Text(v))
		}
		c.Values, c.Text = values, ""
	}
	return c
}

// account corrects masked, the account with every text masked by itself, where
// a text needs to know which field it is in.
func (m *Mask) account(masked *account.Account, real account.Account) {
	if real.User.FirstName != "" && real.User.LastName != "" {
		masked.User.FirstName, masked.User.LastName, _ = strings.Cut(m.Text(real.User.WholeName()), " ")
	}
	// A picture, or data of any form, cannot have a stand-in.
	masked.User.AvatarURL = ""
	for i := range masked.LinkedAccounts {
		masked.LinkedAccounts[i].Custom = ""
	}
	// Kinds and roles are the service's words, even if a user is called admin.
	for i, o := range real.Organizations {
		masked.Organizations[i].Kind, masked.Organizations[i].Role, masked.Organizations[i].Access = o.Kind, o.Role, o.Access
	}
	for i, c := range real.Token.Caveats {
		masked.Token.Caveats[i] = m.caveat(c)
	}
	masked.Token.Kind, masked.Token.Expiry.Kind = real.Token.Kind, real.Token.Expiry.Kind
}

// endpoint gives a stand-in to the address of an identity request. The part of
// the path that is the same for every user of the service stays.
func (m *Mask) endpoint(address string) {
	authority := urlPattern().FindString(address)
	if authority == "" {
		return
	}
	base, path := address[len(authority):], ""
	for _, p := range m.services {
		if before, ok := strings.CutSuffix(base, p.Prefix+p.Path); ok {
			base, path = before, p.Prefix+p.Path
		}
	}
	m.put(address, m.authority(authority)+m.single(base, "/path-%s")+path)
}
