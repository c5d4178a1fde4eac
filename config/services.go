package config

import (
	"strings"

	"rollcall/config/spelling"
)

// Services is what a configuration must know of the services that there are, and of
// what else others decide.
type Services struct {
	// Known are those that rollcall comes with.
	Known []Provider
	// Describe reads the description of a service that the configuration has itself,
	// and tells what is wrong with it. It is asked only about services that a profile
	// names; nil where there are no such services.
	Describe func(name string, values map[string]any) (Provider, []Fault)
	// Views are the words of saved views.
	Views ViewWords
	// CommandKey says why a command of the person's own cannot have a key, where actions
	// have the keys that are wished for them; empty where it can. It is nil where nobody
	// knows.
	CommandKey func(key string, wishes map[string][]string) (why string)
}

// Provider is what a configuration must know of a service.
type Provider struct {
	Name string
	// Alias is another name for it that the file may have; empty for none.
	Alias string
	// DefaultURL is the public address; a profile of a service without one
	// must have a base_url. A part of it can be in braces, which the profile sets.
	DefaultURL string
	// Basic says whether username and password will do instead of a token.
	Basic bool
	// UserToken says that a token needs a user name beside it, SecondToken that there
	// is a second secret.
	UserToken, SecondToken bool
	// Anonymous says that the service names no user.
	Anonymous bool
	// Parts are those of the address that a profile sets.
	Parts []AddressPart
	// Shipped is set where a description of one's own may have the same name.
	Shipped bool
	// Late gives the rest of what there is to know; nil where this is all.
	Late func() Provider
}

// AddressPart is a part of the address of a service that a profile sets.
type AddressPart struct {
	Name string
	// Allowed are the values that there are; nil for any.
	Allowed []string
	// Host is set where a base_url makes the part needless.
	Host bool
}

// Fault is one thing that is wrong with the description of a service.
type Fault struct {
	// Path leads to the key, below the table of the service.
	Path    []string
	Message string
	// Written is a word that should be one of Known; empty for none.
	Written string
	Known   []string
}

// Declaration is a service that a configuration describes itself.
type Declaration struct {
	Name string
	// Values are those of its table.
	Values map[string]any
	// File and Line are where it begins.
	File string
	Line int
	// Alone is set where the file holds nothing else.
	Alone bool
	// Refused says why it is not used; empty for one that can be.
	Refused string

	// locate finds a key of the description.
	locate *described
}

// Problems are the faults of the description, where they stand in the file.
func (d Declaration) Problems(faults []Fault) []Problem {
	r := &report{}
	for _, f := range faults {
		r.problems = append(r.problems, d.locate.problem(f.Path, f.Message+spelling.DidYouMean(f.Written, f.Known)))
	}
	return problems(r)
}

// provider is the one of a name, with all that is known of it.
func (s Services) provider(name string) (Provider, bool) {
	for _, one := range s.Known {
		if one.Name != name && (one.Alias == "" || one.Alias != name) {
			continue
		}
		if one.Late != nil {
			return one.Late(), true
		}
		return one, true
	}
	return Provider{}, false
}

// names are those of all services.
func (s Services) names() []string {
	names := make([]string, 0, len(s.Known))
	for _, one := range s.Known {
		names = append(names, one.Name)
		if one.Alias != "" {
			names = append(names, one.Alias)
		}
	}
	return names
}

// maxTold is how many services a message names.
const maxTold = 8

// told names the services in a message: all, or those that are built in or the
// configuration's own, where all are many.
func (s Services) told() string {
	names := s.names()
	if len(names) <= maxTold {
		return list(names)
	}
	var some []string
	for _, one := range s.Known {
		if !one.Shipped {
			some = append(some, one.Name)
		}
	}
	return strings.Join(some, ", ") + " or another name that 'rollcall service list' has"
}
