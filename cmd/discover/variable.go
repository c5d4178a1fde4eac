package discover

import (
	"strings"

	"rollcall/config"
	"rollcall/config/credential"
)

// variable is one in which a tool takes its token; the first of addresses that is set
// tells where the token is good.
type variable struct {
	name      string
	addresses []string
	// needsAddress is set where the service has no public address for it.
	needsAddress bool
	// file gives the address that the tool has from a file of its own, where no
	// variable tells one; nil where it reads none.
	file func(Machine) string
	// not says why no profile can refer to what is in it, and what to do; empty where
	// one can.
	not string
}

// variables are some that all take their address from the same ones.
func variables(addresses []string, names ...string) (all []variable) {
	for _, name := range names {
		all = append(all, variable{name: name, addresses: addresses})
	}
	return all
}

// find is the token of the variable for a service; ok is false where it is not set.
func (v variable) find(m Machine, provider string) (f Find, ok bool) {
	if m.Getenv(v.name) == "" {
		return f, false
	}
	f = Find{Name: "env:" + v.name, Tool: "environment", Where: v.name, Problem: v.not, Draft: config.Draft{
		Name: provider, Provider: provider, BaseURL: firstAddress(m, v.addresses),
		Source: credential.SourceEnv, Reference: v.name,
	}}
	if v.file != nil && f.Draft.BaseURL == "" {
		f.Draft.BaseURL = v.file(m)
	}
	if v.needsAddress && f.Draft.BaseURL == "" && f.Problem == "" {
		f.Problem = "its address is not known; set " + strings.Join(v.addresses, " or ") + " too, or use 'rollcall add'"
	}
	return f, true
}

// firstAddress is the address that the first of the variables has.
func firstAddress(m Machine, variables []string) string {
	for _, name := range variables {
		if address := withScheme(m.Getenv(name)); address != "" {
			return address
		}
	}
	return ""
}
