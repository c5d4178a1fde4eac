package discover

import (
	"strings"

	"rollcall/config"
	"rollcall/config/credential"
)

// tokenVariables are the variables in which the tools of a service take tokens.
type tokenVariables struct {
	provider string
	tokens   []tokenVariable
	// needsAddress is set where the service has no public address.
	needsAddress bool
}

// tokenVariable is one of them; the first of addresses that is set tells where
// the token is good.
type tokenVariable struct {
	name      string
	addresses []string
	// file gives the address that the tool has from a file of its own, where no
	// variable tells one; nil where it reads none.
	file func(Machine) string
}

// look finds a token in each variable that is set, the same one once.
func (v tokenVariables) look(m Machine) []Find {
	// In a shell where rollcall has set the variables, they are those of a
	// profile that exists already.
	if m.Getenv(config.ProfileVariable) != "" {
		return nil
	}
	var all []Find
	seen := map[string]bool{}
	for _, t := range v.tokens {
		token := m.Getenv(t.name)
		if token == "" || seen[token] {
			continue
		}
		seen[token] = true
		f := Find{Where: t.name, Draft: config.Draft{
			Name: v.provider, Provider: v.provider, BaseURL: firstAddress(m, t.addresses),
			Source: credential.SourceEnv, Reference: t.name,
		}}
		if t.file != nil && f.Draft.BaseURL == "" {
			f.Draft.BaseURL = t.file(m)
		}
		if v.needsAddress && f.Draft.BaseURL == "" {
			f.Problem = "its address is not known; set " + strings.Join(t.addresses, " or ") + " too, or use 'rollcall add'"
		}
		all = append(all, f)
	}
	return all
}

// firstAddress is the address that the first of the variables has, with https
// where it is a host alone.
func firstAddress(m Machine, variables []string) string {
	for _, name := range variables {
		switch address := m.Getenv(name); {
		case address == "":
		case strings.Contains(address, "://"):
			return address
		default:
			return "https://" + address
		}
	}
	return ""
}
