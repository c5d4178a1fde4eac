package discover

import "rollcall/config/credential/extract"

// hetzner is hcloud, the command line of Hetzner Cloud; cli.toml has its contexts.
func hetzner() source {
	return source{
		tool: "hcloud", provider: "hetzner", variables: variables(nil, "HCLOUD_TOKEN"),
		files: []file{{
			paths:  []string{"$HCLOUD_CONFIG", "$XDG_CONFIG_HOME/hcloud/cli.toml", "windows:$AppData/hcloud/cli.toml", "~/.config/hcloud/cli.toml"},
			format: extract.TOML, kept: []kept{{at: "$.contexts[*].token", by: "name"}},
		}},
	}
}
