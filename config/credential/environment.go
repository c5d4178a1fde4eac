package credential

import (
	"runtime"
	"slices"
	"strings"
)

// Withhold is an environment without the named variables, and without every other one
// that has the value of one of them: a secret under two names is one secret. It is for
// programs that have no business with the secrets of profiles.
func Withhold(environ, names []string) []string {
	return withhold(environ, names, func(string) bool { return false })
}

// withhold is [Withhold] but for the variables that are needed.
func withhold(environ, names []string, needed func(name string) bool) []string {
	var secrets []string
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		// What is short is no secret, but a word that other variables may well have.
		if len(value) >= shortestSecret && isNamed(names, name) {
			secrets = append(secrets, value)
		}
	}
	kept := make([]string, 0, len(environ))
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if needed(name) || !isNamed(names, name) && !slices.Contains(secrets, value) {
			kept = append(kept, pair)
		}
	}
	return kept
}

// shortestSecret is the length from which a value under a second name counts as the
// same secret.
const shortestSecret = 8

// isNamed reports whether a variable is one of those named, as the system compares
// names.
func isNamed(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		return n == name || runtime.GOOS == "windows" && strings.EqualFold(n, name)
	})
}

// Without gives a credential whose command does not get the named variables, those from
// which profiles read their secrets. A command that has the name of one of them in its
// arguments, as in sh -c 'vault login "$VAULT_TOKEN"', says that it needs that one, and
// gets it. Other sources are as they were.
func (c Credential) Without(variables []string) Credential {
	cmd, ok := c.place.(command)
	if !ok {
		return c
	}
	cmd.withheld = nil
	if len(variables) > 0 {
		cmd.withheld = &variables
	}
	return Credential{cmd}
}

// names reports whether a text has the name of a variable in it, as a whole word.
func names(text, variable string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], variable)
		if at < 0 || variable == "" {
			return false
		}
		at += from
		end := at + len(variable)
		if (at == 0 || !ofName(text[at-1])) && (end == len(text) || !ofName(text[end])) {
			return true
		}
		from = at + 1
	}
}

// ofName reports whether a byte can be part of the name of a variable.
func ofName(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// Refuse gives a credential whose command is not run; why says why, and remedy what to
// do about that. Other sources are as they were.
func (c Credential) Refuse(why, remedy string) Credential {
	cmd, ok := c.place.(command)
	if !ok {
		return c
	}
	cmd.refused = &Error{why, remedy, ByOutside}
	return Credential{cmd}
}
