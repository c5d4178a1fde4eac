package discover

import (
	"maps"
	"slices"

	"rollcall/config/credential/extract"
)

// gh is the command line of GitHub. Its file has each host with its users, the active
// one repeated above them; where there is a keyring, the tokens are in that, and gh
// prints them. The variables for an Enterprise server go with the host that GH_HOST
// names.
func gh() source {
	return source{
		tool: "gh", provider: "github",
		variables: append(variables([]string{"GITHUB_API_URL"},
			"GH_TOKEN", "GITHUB_TOKEN", "GITHUB_PAT", "HOMEBREW_GITHUB_API_TOKEN", "COPILOT_GITHUB_TOKEN"),
			variable{name: "GH_ENTERPRISE_TOKEN", addresses: []string{"GH_HOST"}, needsAddress: true},
			variable{name: "GITHUB_ENTERPRISE_TOKEN", addresses: []string{"GH_HOST"}, needsAddress: true}),
		files: []file{{
			paths: []string{
				"$GH_CONFIG_DIR/hosts.yml", "$XDG_CONFIG_HOME/gh/hosts.yml", "windows:$AppData/GitHub CLI/hosts.yml", "~/.config/gh/hosts.yml",
			},
			format: extract.YAML, tree: ghEntries,
		}},
	}
}

// ghEntries are the users of each host.
func ghEntries(m Machine, tree any) (all []entry) {
	hosts := keysOf(tree)
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		at := hosts[host]
		// The active one comes first.
		names := []string{textAt(at, "user")}
		for _, user := range slices.Sorted(maps.Keys(keysOf(keysOf(at)["users"]))) {
			if user != names[0] {
				names = append(names, user)
			}
		}
		for _, user := range names {
			all = append(all, ghEntry(m, host, user, at))
		}
	}
	return all
}

// ghEntry is the token of a user of a host; the user is empty where the file is of a
// gh that knew one for each host.
func ghEntry(m Machine, host, user string, at any) entry {
	e := entry{part: host, called: host, address: withScheme(host)}
	if host == "github.com" {
		e.called, e.address = "", ""
	}
	active := user == textAt(at, "user")
	if !active {
		e.part += "/" + user
		e.called += "-" + user
	}
	own := textAt(keysOf(keysOf(at)["users"])[user], "oauth_token")
	switch {
	case own != "":
		e.path = "$" + keyStep(host) + ".users" + keyStep(user) + ".oauth_token"
	case active && textAt(at, "oauth_token") != "":
		e.path = "$" + keyStep(host) + ".oauth_token"
	case !m.has("gh"):
		e.problem = "its token is in the keyring of the system, and gh, which could print it, is not installed; install it, or make a profile with 'rollcall add'"
	default:
		if e.command = []string{"gh", "auth", "token", "--hostname", host}; user != "" {
			e.command = append(e.command, "--user", user)
		}
	}
	return e
}
