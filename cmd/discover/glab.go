package discover

import (
	"maps"
	"slices"

	"rollcall/config/credential/extract"
)

// glab is the command line of GitLab; config.yml has its hosts.
func glab() source {
	return source{
		tool: "glab", provider: "gitlab",
		variables: variables([]string{"GITLAB_HOST", "GITLAB_URI", "GITLAB_API_HOST"}, "GITLAB_TOKEN", "GITLAB_ACCESS_TOKEN"),
		files: []file{{
			paths: []string{
				"$GLAB_CONFIG_DIR/config.yml", "$XDG_CONFIG_HOME/glab-cli/config.yml", "~/.config/glab-cli/config.yml",
				"darwin:~/Library/Application Support/glab-cli/config.yml", "windows:$LocalAppData/glab-cli/config.yml",
			},
			format: extract.YAML, tree: glabEntries,
			kept: []kept{{at: "$.hosts[*].token", hosted: true, public: "gitlab.com"}},
		}},
	}
}

// glabEntries tell of the hosts that have a user and no token: glab then looks in the
// keyring. A host without a user is one where nobody has signed in.
func glabEntries(_ Machine, tree any) (all []entry) {
	hosts := keysOf(keysOf(tree)["hosts"])
	for _, host := range slices.Sorted(maps.Keys(hosts)) {
		if textAt(hosts[host], "token") == "" && textAt(hosts[host], "user") != "" {
			all = append(all, entry{part: host, called: host, problem: "its token is not in the file but in the keyring of the system; " +
				"make a profile with: rollcall add --provider gitlab --command 'glab config get token --host " + host + "'"})
		}
	}
	return all
}
