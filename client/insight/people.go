package insight

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
)

// Person is a human, or another bearer of accounts, who stands behind several
// profiles.
type Person struct {
	// Name is what to call them.
	Name string
	// Profiles are the names of the profiles, in the order of the snapshots.
	Profiles []string
	// Matches says in sentences why they belong together, Differences what is
	// not the same in them. Both are cut where they are many.
	Matches, Differences []string
}

const (
	// maxPersonLines is how many matches and differences are told.
	maxPersonLines = 10
	// maxListedNames is how many profiles a sentence names.
	maxListedNames = 5
)

// People finds the profiles that belong to the same human: those that have an
// e-mail address in common, the same subject at an identity provider, or the
// same user at the same service. Nothing else counts, least of all a name.
//
// E-mail addresses are compared without regard to capital letters. The part
// before the @ could mean another mailbox by them, but in practice none does.
//
// Profiles where another user answered than the wanted one are left out, and so
// are people with one profile. The order is that of their first profiles.
func People(snapshots []account.Snapshot) []Person {
	members := bearers(snapshots)
	// Every member points to another of its group, the first one to itself.
	parent := make([]int, len(members))
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	first := map[trait]int{}
	for i, m := range members {
		parent[i] = i
		for _, t := range m.traits {
			j, known := first[t]
			if !known {
				first[t] = i
				continue
			}
			a, b := root(i), root(j)
			parent[max(a, b)] = min(a, b)
		}
	}
	groups := make([][]member, len(members))
	for i, m := range members {
		r := root(i)
		groups[r] = append(groups[r], m)
	}
	var people []Person
	for _, g := range groups {
		if len(g) >= 2 {
			people = append(people, newPerson(g))
		}
	}
	return people
}

// trait is something that only one human has.
type trait struct {
	kind traitKind
	// at is the identity provider or the endpoint; empty for an e-mail address.
	at, value string
}

type traitKind string

const (
	traitUser   traitKind = "user"
	traitEmail  traitKind = "e-mail"
	traitLinked traitKind = "linked account"
)

// label is the trait without its kind: "github 19784".
func (t trait) label() string {
	if t.kind == traitLinked {
		return text.Clip(t.at+" "+t.value, text.MaxFact)
	}
	return text.Clip(t.value, text.MaxFact)
}

// member is a profile with what tells its bearer.
type member struct {
	profile string
	// service is the provider's name; empty where it is not known.
	service string
	name    string
	user    trait
	traits  []trait
	// emails is how many of the traits are e-mail addresses.
	emails int
}

// bearers are the profiles whose bearer is known.
func bearers(snapshots []account.Snapshot) []member {
	var members []member
	for _, s := range snapshots {
		if s.Account == nil || s.Health.State == account.WrongAccount {
			continue
		}
		m := newMember(s.Profile, s.Endpoint, *s.Account)
		m.service = s.Service
		members = append(members, m)
	}
	return members
}

func newMember(profile, endpoint string, a account.Account) member {
	m := member{profile: profile, name: a.User.WholeName(), user: trait{traitUser, endpoint, a.User.ID}}
	seen := map[trait]bool{}
	add := func(t trait) {
		if t.value != "" && !seen[t] {
			seen[t] = true
			m.traits = append(m.traits, t)
		}
	}
	addEmails := func(all []string) {
		for _, e := range all {
			add(trait{traitEmail, "", strings.ToLower(strings.TrimSpace(e))})
		}
	}
	addEmails(a.User.Emails)
	for _, l := range a.LinkedAccounts {
		addEmails(l.Emails)
	}
	m.emails = len(m.traits)
	for _, l := range a.LinkedAccounts {
		add(trait{traitLinked, l.IDP, l.SubjectID})
	}
	add(m.user)
	return m
}

// group is the profiles of one human.
type group struct {
	members []member
	// emailers is how many have e-mail addresses at all, ofService how many are
	// of a service.
	emailers  int
	ofService map[string]int
}

// newPerson tells of a group of two profiles or more.
func newPerson(members []member) Person {
	g := group{members: members, ofService: map[string]int{}}
	p := Person{}
	var order []trait
	// holders are the places in the group of those who have a trait.
	holders := map[trait][]int{}
	for i, m := range members {
		p.Profiles = append(p.Profiles, m.profile)
		p.Name = cmp.Or(p.Name, m.name)
		g.ofService[m.service]++
		if m.emails > 0 {
			g.emailers++
		}
		for _, t := range m.traits {
			if holders[t] == nil {
				order = append(order, t)
			}
			holders[t] = append(holders[t], i)
		}
	}
	p.Name = cmp.Or(p.Name, members[0].user.value)
	var matches, differences lines
	g.names(&differences)
	for _, t := range order {
		g.match(&matches, t, holders[t])
		g.missing(&differences, t, holders[t])
	}
	p.Matches, p.Differences = matches.all(), differences.all()
	return p
}

// names says that the people are not called the same.
func (g group) names(l *lines) {
	var order []string
	called := map[string][]int{}
	for i, m := range g.members {
		if m.name == "" {
			continue
		}
		if called[m.name] == nil {
			order = append(order, m.name)
		}
		called[m.name] = append(called[m.name], i)
	}
	if len(order) < 2 {
		return
	}
	l.add(func() string {
		var all []string
		for _, name := range order[:min(len(order), maxListedNames)] {
			all = append(all, text.Clip(name, text.MaxFact)+" at "+g.list(called[name]))
		}
		if more := len(order) - len(all); more > 0 {
			all = append(all, fmt.Sprintf("and %d more", more))
		}
		return "different names: " + strings.Join(all, "; ")
	})
}

// match says that several have a trait. Profiles of one user of one service
// share everything, which is said once.
func (g group) match(l *lines, t trait, holders []int) {
	user := g.members[holders[0]].user
	others := slices.ContainsFunc(holders, func(i int) bool { return g.members[i].user != user })
	switch {
	case len(holders) < 2 || t.kind != traitUser && !others:
	case t.kind == traitUser:
		l.add(func() string {
			return fmt.Sprintf("%s are the same user at %s, %s", g.list(holders), newSite(t.at).host, t.label())
		})
	default:
		l.add(func() string { return fmt.Sprintf("%s share the %s %s", g.list(holders), t.kind, t.label()) })
	}
}

// missing says that a trait is known at one service and not at another that
// could know it: an e-mail address where there are others, a linked account
// at a service of the same kind.
func (g group) missing(l *lines, t trait, holders []int) {
	var could func(m member) bool
	total := 0
	switch t.kind {
	case traitEmail:
		could = func(m member) bool { return m.emails > 0 }
		total = g.emailers
	case traitLinked:
		services := map[string]bool{}
		for _, i := range holders {
			if s := g.members[i].service; !services[s] {
				services[s] = true
				total += g.ofService[s]
			}
		}
		could = func(m member) bool { return services[m.service] }
	default:
		return
	}
	// Whoever has the trait could have it.
	if total == len(holders) {
		return
	}
	l.add(func() string {
		var lacking []int
		for i, m := range g.members {
			if could(m) && !slices.Contains(m.traits, t) {
				lacking = append(lacking, i)
			}
		}
		return fmt.Sprintf("the %s %s is known at %s, not at %s", t.kind, t.label(), g.list(holders), g.list(lacking))
	})
}

// list names members: "work, ci and 3 more".
func (g group) list(places []int) string {
	var names []string
	for _, i := range places[:min(len(places), maxListedNames)] {
		names = append(names, g.members[i].profile)
	}
	if more := len(places) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// lines gathers sentences up to a bound.
type lines struct {
	kept []string
	// more counts those that were left out.
	more int
}

// add takes a sentence, which is made only where there is room for it.
func (l *lines) add(sentence func() string) {
	if len(l.kept) >= maxPersonLines {
		l.more++
		return
	}
	l.kept = append(l.kept, sentence())
}

func (l *lines) all() []string {
	if l.more > 0 {
		return append(l.kept, fmt.Sprintf("and %d more", l.more))
	}
	return l.kept
}
