package config

import (
	"regexp"
	"slices"

	"rollcall/config/credential"
)

// SecretVariables are the variables from which profiles read their secrets, in the
// order of the alphabet. A program that has no business with them does not get them.
func (c *Config) SecretVariables() []string {
	var all []string
	for _, p := range c.Profiles {
		for _, secret := range []credential.Credential{p.Token, p.Password, p.SecondToken} {
			if secret.Kind() == credential.SourceEnv {
				all = append(all, secret.Reference()...)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// variableReference is a credential in a variable, as a configuration has it.
var variableReference = regexp.MustCompile(`\benv\s*=\s*["']([A-Za-z_][A-Za-z0-9_]*)["']`)

// VariablesIn are the variables that a text refers to as credentials, where it is no
// configuration that could be read.
func VariablesIn(text []byte) (names []string) {
	for _, found := range variableReference.FindAllSubmatch(text, -1) {
		names = append(names, string(found[1]))
	}
	return names
}

// keepApart has no credential command get the secrets of other profiles.
func (c *Config) keepApart() {
	variables := c.SecretVariables()
	for i := range c.Profiles {
		c.Profiles[i].keepFrom(variables)
	}
}

// keepFrom keeps variables from the commands of a profile.
func (p *Profile) keepFrom(variables []string) {
	for _, secret := range []*credential.Credential{&p.Token, &p.Password, &p.SecondToken} {
		*secret = secret.Without(variables)
	}
}

// guard applies to a profile that is not in the file yet what holds for those that are:
// its commands get no secret of others, and none runs where somebody else could have
// written the file.
func (c *Config) guard(p *Profile) {
	p.keepFrom(c.SecretVariables())
	why, command := untrusted(c.Path, c.versions[c.Path])
	if why == "" {
		return
	}
	for _, secret := range []*credential.Credential{&p.Token, &p.Password, &p.SecondToken} {
		*secret = secret.Refuse(notRun(why), "Run: "+command)
	}
}

// notRun says that a credential command of a file is not run.
func notRun(why string) string {
	return "the command is not run, since " + why + " and could have it run anything"
}
