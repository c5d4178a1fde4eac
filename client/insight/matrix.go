package insight

import (
	"cmp"
	"slices"
	"strings"
)

// FactKind is a kind of what profiles have.
type FactKind int

// The kinds of facts, in the order in which they are told of.
const (
	FactName FactKind = iota
	FactUser
	FactEmail
	FactOrganization
	FactLinked
	FactScope
	FactTag
	factKinds
)

// Title is what facts of the kind are called, in the plural.
func (k FactKind) Title() string {
	return [factKinds]string{"names", "users", "e-mails", "organizations", "linked accounts", "scopes", "tags"}[k]
}

// Presence says whether a profile has something.
type Presence int

// Absent is nothing that is not known: the profile has it not. Apart is a profile that
// cannot have it, since it belongs to another service.
const (
	Absent Presence = iota
	Present
	Unknown
	Apart
)

// Word is the presence in a word; empty where the profile cannot have it.
func (p Presence) Word() string { return [...]string{"no", "yes", "not known", ""}[p] }

// Matrix is what each of some profiles has, of what any of them has: a row a fact.
type Matrix struct {
	// Rows are by kind; of one kind those that differ come first, the others in the
	// order of the profiles.
	Rows []Fact
	// Differing are how many rows of each kind differ.
	Differing [factKinds]int
	// untold are the profiles of whose facts of a kind nothing is known, services what
	// each is a profile of.
	untold   [factKinds][]bool
	services []string
}

// Fact is something that profiles have.
type Fact struct {
	Kind  FactKind
	Label string
	// At is the service of a fact that others cannot have; empty for one that all can.
	At string
	// Differs is set where some of those who could have it have it not.
	Differs bool
	// holders are the profiles that have it, in their order.
	holders []holder
}

// holder is a profile that has a fact, with what else is to be said of that.
type holder struct {
	profile int
	detail  string
}

// Differences is how many rows differ.
func (m *Matrix) Differences() (n int) {
	for _, of := range m.Differing {
		n += of
	}
	return n
}

// Cell says whether a profile, which is named by its place, has a fact, and what else
// is to be said of that: "owner".
func (m *Matrix) Cell(f *Fact, profile int) (Presence, string) {
	i, found := slices.BinarySearchFunc(f.holders, profile, func(h holder, p int) int { return cmp.Compare(h.profile, p) })
	switch {
	case found:
		return Present, f.holders[i].detail
	case f.At != "" && m.services[profile] != f.At:
		return Apart, ""
	case m.untold[f.Kind][profile]:
		return Unknown, ""
	}
	return Absent, ""
}

// Holders are the places of the profiles that have a fact; Lacking are those of the
// ones that have it not although they could.
func (m *Matrix) Holders(f *Fact) (holders, lacking []int) {
	sites := m.sites(f)
	for i, site := range m.services {
		switch is, _ := m.Cell(f, i); {
		case is == Present:
			holders = append(holders, i)
		case is == Absent && (sites == nil || sites[site]):
			lacking = append(lacking, i)
		}
	}
	return holders, lacking
}

// sites are the services whose profiles could have a fact because another one of the
// same service has it; nil for all. A person has the same name and addresses
// everywhere, but organizations and linked accounts by the service.
func (m *Matrix) sites(f *Fact) map[string]bool {
	if f.Kind != FactOrganization && f.Kind != FactLinked {
		return nil
	}
	sites := map[string]bool{}
	for _, h := range f.holders {
		if h.detail != isTheUser {
			sites[m.services[h.profile]] = true
		}
	}
	return sites
}

// isTheUser is said of a profile whose user is the one that a linked account means.
const isTheUser = "is it"

// factKey tells facts apart.
type factKey struct {
	kind      FactKind
	at, value string
}

// matrixMaker gathers facts.
type matrixMaker struct {
	Matrix
	places map[factKey]int
}

// NewMatrix is what profiles have.
func NewMatrix(profiles []Holding) *Matrix {
	m := &matrixMaker{places: map[factKey]int{}}
	for kind := range m.untold {
		m.untold[kind] = make([]bool, len(profiles))
	}
	for i := range profiles {
		p := &profiles[i]
		m.services = append(m.services, p.Service+" "+p.Endpoint)
		m.person(i, p)
		m.groups(i, p)
		m.linked(i, p)
		m.token(i, p)
	}
	for i := range profiles {
		m.mean(i, &profiles[i])
	}
	m.finish()
	return &m.Matrix
}

// add takes in that a profile has a fact. At is where it can be had at all.
func (m *matrixMaker) add(profile int, kind FactKind, at, value, label, detail string) {
	if label == "" {
		return
	}
	k := factKey{kind, at, value}
	place, known := m.places[k]
	if !known {
		place = len(m.Rows)
		m.places[k] = place
		m.Rows = append(m.Rows, Fact{Kind: kind, Label: label, At: at})
	}
	f := &m.Rows[place]
	if n := len(f.holders); n > 0 && f.holders[n-1].profile == profile {
		return
	}
	f.holders = append(f.holders, holder{profile, detail})
}

// person adds the user with name and addresses, and the tags.
func (m *matrixMaker) person(i int, p *Holding) {
	for _, tag := range p.Tags {
		m.add(i, FactTag, "", tag, tag, "")
	}
	a := p.Account
	if a == nil {
		m.untold[FactName][i], m.untold[FactUser][i], m.untold[FactEmail][i] = true, true, true
		return
	}
	name := a.User.WholeName()
	m.add(i, FactName, "", name, name, "")
	m.untold[FactName][i] = name == ""
	m.add(i, FactUser, m.services[i], a.User.ID, userLabel(a.User.Username, a.User.ID), "")
	for _, e := range a.User.Emails {
		e = strings.TrimSpace(e)
		m.add(i, FactEmail, "", strings.ToLower(e), e, "")
	}
	m.untold[FactEmail][i] = len(a.User.Emails) == 0 || a.Totals.Emails > 0
}

// userLabel is a user by the name that the service knows, and the id.
func userLabel(name, id string) string {
	if name == "" || name == id {
		return id
	}
	return name + " (" + id + ")"
}

// groups adds the organizations. At one service their ids tell them apart, between
// services only their names can.
func (m *matrixMaker) groups(i int, p *Holding) {
	if p.Account == nil || p.Account.Organizations == nil {
		m.untold[FactOrganization][i] = true
		return
	}
	// What is not among the first of a long list may be among the rest.
	m.untold[FactOrganization][i] = p.Account.Totals.Organizations > 0
	seen := map[string]bool{}
	for _, o := range p.Account.Organizations {
		name := cmp.Or(o.Name, o.ID)
		value := strings.ToLower(name)
		if seen[value] {
			// Two of one name.
			value = m.services[i] + " " + o.ID
		}
		seen[value] = true
		m.add(i, FactOrganization, "", value, name, o.Standing())
	}
}

// linked adds the accounts at identity providers.
func (m *matrixMaker) linked(i int, p *Holding) {
	if p.Account == nil {
		m.untold[FactLinked][i] = true
		return
	}
	m.untold[FactLinked][i] = p.Account.Totals.LinkedAccounts > 0
	for _, l := range p.Account.LinkedAccounts {
		t := trait{traitLinked, l.IDP, l.SubjectID}
		m.add(i, FactLinked, "", l.IDP+" "+l.SubjectID, t.label(), "")
	}
}

// mean adds that a user is the one whom the linked account of another profile means.
func (m *matrixMaker) mean(i int, p *Holding) {
	if !p.Public || p.Account == nil {
		return
	}
	place, ok := m.places[factKey{FactLinked, "", p.Service + " " + p.Account.User.ID}]
	if !ok {
		return
	}
	f := &m.Rows[place]
	at, found := slices.BinarySearchFunc(f.holders, i, func(h holder, p int) int { return cmp.Compare(h.profile, p) })
	if !found {
		f.holders = slices.Insert(f.holders, at, holder{i, isTheUser})
	}
}

// token adds the scopes, which are words of the service.
func (m *matrixMaker) token(i int, p *Holding) {
	t, known := p.Token()
	m.untold[FactScope][i] = !known || t.Scopes == nil || t.Totals.Scopes > 0
	for _, scope := range t.Scopes {
		m.add(i, FactScope, m.services[i], scope, scope, "")
	}
}

// finish finds out which rows differ, and sorts them.
func (m *matrixMaker) finish() {
	// What all have in common by being one person needs no line.
	m.drop(FactName)
	m.drop(FactUser)
	told := m.told()
	for i := range m.Rows {
		f := &m.Rows[i]
		if f.Differs = m.differs(f, told); f.Differs {
			m.Differing[f.Kind]++
		}
	}
	slices.SortStableFunc(m.Rows, func(a, b Fact) int {
		if a.Kind == b.Kind && a.Differs != b.Differs {
			if a.Differs {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Kind, b.Kind)
	})
}

// drop leaves out the facts of a kind of which there is one only.
func (m *matrixMaker) drop(kind FactKind) {
	is := func(f Fact) bool { return f.Kind == kind }
	if i := slices.IndexFunc(m.Rows, is); i >= 0 && !slices.ContainsFunc(m.Rows[i+1:], is) {
		m.Rows = slices.Delete(m.Rows, i, i+1)
	}
}

// told is by kind of how many profiles the facts are known: of each service, and of
// all by the empty name.
func (m *matrixMaker) told() (told [factKinds]map[string]int) {
	for kind := range told {
		told[kind] = map[string]int{}
		for i, service := range m.services {
			if !m.untold[kind][i] {
				told[kind][service]++
				told[kind][""]++
			}
		}
	}
	return told
}

// differs reports whether somebody who could have a fact has it not.
func (m *matrixMaker) differs(f *Fact, told [factKinds]map[string]int) bool {
	switch f.Kind {
	case FactTag, FactUser:
		return false
	case FactScope:
		return told[f.Kind][f.At] > m.having(f)
	case FactOrganization, FactLinked:
		could := 0
		for site := range m.sites(f) {
			could += told[f.Kind][site]
		}
		return could > m.having(f)
	}
	return told[f.Kind][""] > m.having(f)
}

// having is how many profiles have a fact of those of which all facts of its kind are
// known.
func (m *matrixMaker) having(f *Fact) (n int) {
	for _, h := range f.holders {
		if h.detail != isTheUser && !m.untold[f.Kind][h.profile] {
			n++
		}
	}
	return n
}

// Details tells of a fact what else is to be said of the profiles that have it.
func (m *Matrix) Details(f *Fact, of func(profile int, detail string)) {
	for _, h := range f.holders {
		if h.detail != "" {
			of(h.profile, h.detail)
		}
	}
}
