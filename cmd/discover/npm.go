package discover

import (
	"regexp"
	"strings"

	"rollcall/config/credential/extract"
)

// npm are npm and pnpm, whose files have a token for each registry. NPM_TOKEN is a
// custom of scripts.
func npm() source {
	return source{
		tool: "npm", provider: "npm",
		variables: variables([]string{"NPM_CONFIG_REGISTRY", "npm_config_registry"}, "NPM_TOKEN", "NODE_AUTH_TOKEN"),
		files: []file{
			{paths: []string{"$NPM_CONFIG_USERCONFIG", "~/.npmrc"}, format: extract.NPMRC, lines: npmEntries},
			{paths: []string{
				"$XDG_CONFIG_HOME/pnpm/auth.ini", "linux:~/.config/pnpm/auth.ini", "darwin:~/Library/Preferences/pnpm/auth.ini",
				"windows:$LocalAppData/pnpm/config/auth.ini",
			}, format: extract.NPMRC, lines: npmEntries},
		},
	}
}

// npmVariable is a variable that npm puts in the place of a token.
var npmVariable = regexp.MustCompile(`^\$\{(\w+)\??\}$`)

// npmEntries are the tokens of the registries. One that is only the name of a variable
// is found there.
func npmEntries(m Machine, _ string, data []byte) (all []entry) {
	for _, s := range extract.Settings(data) {
		registry, is := strings.CutSuffix(s.Key, ":_authToken")
		if !is || s.Value == "" {
			continue
		}
		host := strings.Trim(registry, "/")
		e := entry{path: s.Key, part: host, called: host, address: withScheme(host)}
		if host == "registry.npmjs.org" {
			e.called, e.address = "", ""
		}
		if name := npmVariable.FindStringSubmatch(s.Value); name != nil {
			if e.path, e.variable = "", name[1]; m.Getenv(name[1]) == "" {
				e.problem = "its token comes from the variable " + name[1] + ", which is not set"
			}
		}
		all = append(all, e)
	}
	return all
}
