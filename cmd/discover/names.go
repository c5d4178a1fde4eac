package discover

import (
	"regexp"
	"slices"
	"strings"

	"rollcall/config"
	"rollcall/config/credential"
)

// leastToken is how long a token is at least: what is shorter is a switch or a number.
const leastToken = 8

// tokenName is the name of a variable in which people keep tokens.
var tokenName = regexp.MustCompile(`(?:^|_)(?:TOKEN|API_?KEY|PAT)$`)

// TokenNames are the names of the variables that seem to hold tokens: those that
// the tools of services read, and then all that are called so, each with a value
// that can be a token. The values are told to nobody. environ has the variables as
// NAME=value.
func TokenNames(environ []string) []string {
	var known, others []string
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if len(value) < leastToken || credential.Examine(value, false) != "" {
			continue
		}
		switch {
		case strings.HasPrefix(name, config.ProfileVariable):
		case isToolVariable(name):
			known = append(known, name)
		case tokenName.MatchString(name):
			others = append(others, name)
		}
	}
	slices.Sort(known)
	slices.Sort(others)
	return slices.Compact(append(known, others...))
}

// isToolVariable reports whether a tool of a service takes its token from a
// variable.
func isToolVariable(name string) bool {
	return slices.ContainsFunc(tools(), func(t tool) bool {
		return slices.ContainsFunc(read(t), func(v variable) bool { return v.name == name })
	})
}
