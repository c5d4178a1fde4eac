package cmd

import (
	"strings"

	"rollcall/config"
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
}

func katapultVariables() tokenVariables {
	address := []string{"KATAPULT_API_URL"}
	return tokenVariables{provider: "katapult", tokens: []tokenVariable{
		{"KATAPULT_API_KEY", address}, {"KATAPULT_API_TOKEN", address},
	}}
}

func onezoneVariables() tokenVariables {
	return tokenVariables{provider: "onezone", needsAddress: true, tokens: []tokenVariable{
		{"ONEZONE_API_KEY", []string{"ONEZONE_HOST"}},
		{"ONEDATA_API_KEY", []string{"ONEDATA_ZONE", "ONEZONE_HOST"}},
		{"ONECLIENT_ACCESS_TOKEN", []string{"ONEZONE_HOST"}},
	}}
}

func (v tokenVariables) find(m machine) []found {
	// What rollcall itself has set is that of a profile already.
	if m.getenv(config.ProfileVariable) != "" {
		return nil
	}
	var all []found
	seen := map[string]bool{}
	for _, t := range v.tokens {
		token := m.getenv(t.name)
		if token == "" || seen[token] {
			continue
		}
		seen[token] = true
		f := found{where: t.name, draft: config.Draft{
			Name: v.provider, Provider: v.provider, BaseURL: firstAddress(m, t.addresses),
			Source: config.SourceEnv, Reference: t.name,
		}}
		if v.needsAddress && f.draft.BaseURL == "" {
			f.problem = "its address is not known; set " + strings.Join(t.addresses, " or ") + " too, or use 'rollcall add'"
		}
		all = append(all, f)
	}
	return all
}

// firstAddress is the address that the first of the variables has, with https
// where it is a host alone.
func firstAddress(m machine, variables []string) string {
	for _, name := range variables {
		switch address := m.getenv(name); {
		case address == "":
		case strings.Contains(address, "://"):
			return address
		default:
			return "https://" + address
		}
	}
	return ""
}

// onezoneBasic is the variable with a user name and a password in one, which no
// profile can take apart.
type onezoneBasic struct{}

func (onezoneBasic) find(m machine) []found {
	const name = "ONEZONE_BASIC_AUTH"
	if m.getenv(config.ProfileVariable) != "" || m.getenv(name) == "" {
		return nil
	}
	return []found{{where: name, problem: "it has a user name and a password in one, which a profile cannot refer to; " +
		"make a profile with 'rollcall add', which can keep the password in the keyring"}}
}
