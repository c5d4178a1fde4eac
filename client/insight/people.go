package insight

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/text"
)

// Person is a human or machine that several profiles belong to.
type Person struct {
	// Name is the person's name, or a user id where no profile has a name.
	Name string
	// Profiles are the names of the profiles, in the order of the snapshots.
	Profiles []string
	// Matches says in sentences why the profiles belong together, Differences in
	// what they differ. Of many, the last sentence counts the rest.
	Matches, Differences []string
	// Ties are the matches in a word or two each.
	Ties []Tie
}

// Tie is something that ties profiles to one person.
type Tie struct {
	// Kind is what it is: "user", "e-mail" or "linked account".
	Kind, Label string
}

// String is the tie in a word or two: "e-mail rada@example.org".
func (t Tie) String() string { return t.Kind + " " + t.Label }

// Holding is a profile with what is known of it.
type Holding struct {
	// Name is that of the profile.
	Name string
	*account.Snapshot
	// Tags are the person's own.
	Tags []string
	// Public is set where the service is asked at its public address, the only one
	// that the services of others mean by its name.
	Public bool
}

// IsPublic reports whether a profile with a base_url asks a service at its public
// address.
func IsPublic(s account.ServiceInfo, baseURL string) bool {
	return s.DefaultURL != "" && (baseURL == "" || Host(baseURL) == Host(s.DefaultURL))
}

const (
	// maxPersonLines is how many matches and how many differences are listed.
	maxPersonLines = 10
	// maxListedNames is how many profiles a sentence names.
	maxListedNames = 5
)

// People finds the profiles that belong to one person. They have an e-mail
// address, the subject at an identity provider or the user at a service in
// common, directly or by way of another profile. A common name alone does not
// count. A user of a public service and an account that another service knows there,
// by the name of that service and the same id, are one.
//
// E-mail addresses are compared without regard to capital letters. A mail
// server may tell apart mailboxes by them, but in practice none does.
//
// Profiles in the state [account.WrongAccount] are left out, and so are people
// with one profile. The order is that of the first profile of each person.
func People(profiles []Holding) []Person {
	members := membersOf(profiles)
	// These are disjoint sets: each member points to another one of its group,
	// and the first member of a group to itself.
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

// trait is something that only one person has.
type trait struct {
	kind traitKind
	// at is the identity provider of a linked account, or the endpoint of a user.
	at, value string
}

type traitKind string

const (
	traitUser   traitKind = "user"
	traitEmail  traitKind = "e-mail"
	traitLinked traitKind = "linked account"
)

// String is the trait with its kind: "linked account github 19784".
func (t trait) String() string { return string(t.kind) + " " + t.label() }

// label is the trait without its kind: "github 19784".
func (t trait) label() string {
	if t.kind == traitLinked {
		return text.Clip(t.at+" "+t.value, text.MaxFact)
	}
	return text.Clip(t.value, text.MaxFact)
}

// member is a profile with the traits of its user.
type member struct {
	profile string
	// service is the name of the service; empty where it is unknown.
	service string
	name    string
	user    trait
	traits  []trait
	// known is what other services link to where they mean this user; zero where no
	// other service could.
	known trait
	// emails counts the traits that are e-mail addresses.
	emails int
}

// membersOf returns the profiles whose user is known.
func membersOf(profiles []Holding) []member {
	var members []member
	for i := range profiles {
		s := &profiles[i]
		if s.Account == nil || s.Account.User.ID == "" || s.Health.State == account.WrongAccount {
			continue
		}
		members = append(members, newMember(s))
	}
	return members
}

func newMember(s *Holding) member {
	a := s.Account
	m := member{profile: s.Name, service: s.Service, name: a.User.WholeName(), user: trait{traitUser, s.Endpoint, a.User.ID}}
	if s.Public && s.Service != "" {
		m.known = trait{traitLinked, s.Service, a.User.ID}
	}
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
	add(m.known)
	add(m.user)
	return m
}

// group is the profiles of one person.
type group struct {
	members []member
	// emailers counts the members that have any e-mail address, ofService those
	// of each service.
	emailers  int
	ofService map[string]int
}

// newPerson describes a group of two or more profiles.
func newPerson(members []member) Person {
	g := group{members: members, ofService: map[string]int{}}
	p := Person{}
	var order []trait
	// holders maps a trait to the indexes of the members that have it.
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
		if g.match(&matches, t, holders[t]) && len(p.Ties) < maxPersonLines {
			p.Ties = append(p.Ties, Tie{string(t.kind), t.label()})
		}
		g.missing(&differences, t, holders[t])
	}
	p.Matches, p.Differences = matches.all(), differences.all()
	return p
}

// names adds the difference between the names of the members.
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

// match adds that several members share a trait, and reports whether they do. Members
// with the same user at the same service share every trait, so only the user is said
// of them.
func (g group) match(l *lines, t trait, holders []int) bool {
	user := g.members[holders[0]].user
	others := slices.ContainsFunc(holders, func(i int) bool { return g.members[i].user != user })
	meant, linked := g.meant(t, holders)
	switch {
	case len(holders) < 2 || t.kind != traitUser && !others:
		return false
	case t.kind == traitUser:
		l.add(func() string {
			return fmt.Sprintf("%s are the same user at %s, %s", g.list(holders), newSite(t.at).host, t.label())
		})
	case len(meant) > 0 && len(linked) > 0:
		l.add(func() string { return fmt.Sprintf("%s of %s is the user of %s", t, g.list(linked), g.list(meant)) })
	default:
		l.add(func() string { return fmt.Sprintf("%s share the %s", g.list(holders), t) })
	}
	return true
}

// meant are the holders who are the user whom a linked account means, linked those who
// have the account.
func (g group) meant(t trait, holders []int) (meant, linked []int) {
	for _, i := range holders {
		if g.members[i].known == t {
			meant = append(meant, i)
		} else {
			linked = append(linked, i)
		}
	}
	return meant, linked
}

// missing adds that some members lack a trait that they could have: an e-mail
// address where they have others, a linked account where another profile of the
// same service has it.
func (g group) missing(l *lines, t trait, holders []int) {
	var could func(m member) bool
	total := 0
	switch t.kind {
	case traitEmail:
		could = func(m member) bool { return m.emails > 0 }
		total = g.emailers
	case traitLinked:
		services := map[string]bool{}
		meant, linked := g.meant(t, holders)
		for _, i := range linked {
			if s := g.members[i].service; !services[s] {
				services[s] = true
				total += g.ofService[s]
			}
		}
		for _, i := range meant {
			if !services[g.members[i].service] {
				total++
			}
		}
		could = func(m member) bool { return services[m.service] }
	default:
		return
	}
	// All members that could have the trait do.
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
		return fmt.Sprintf("the %s is known at %s, not at %s", t, g.list(holders), g.list(lacking))
	})
}

// list names the members with the indexes: "work, ci and 3 more".
func (g group) list(indexes []int) string {
	var names []string
	for _, i := range indexes[:min(len(indexes), maxListedNames)] {
		names = append(names, g.members[i].profile)
	}
	if more := len(indexes) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("%d more", more))
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// lines collects sentences up to a limit.
type lines struct {
	kept []string
	// more counts the sentences that were left out.
	more int
}

// add adds a sentence, which is made only if there is room for it.
func (l *lines) add(sentence func() string) {
	if len(l.kept) >= maxPersonLines {
		l.more++
		return
	}
	l.kept = append(l.kept, sentence())
}

// all returns the sentences, and at the end the number of those left out.
func (l *lines) all() []string {
	if l.more > 0 {
		return append(l.kept, fmt.Sprintf("and %d more", l.more))
	}
	return l.kept
}
