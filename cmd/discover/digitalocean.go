package discover

import "rollcall/config/credential/extract"

// digitalocean are doctl, whose file has the token of the first context at its top,
// and the provider for Terraform.
func digitalocean() source {
	return source{
		tool: "doctl", provider: "digitalocean", variables: variables(nil, "DIGITALOCEAN_ACCESS_TOKEN", "DIGITALOCEAN_TOKEN"),
		files: []file{{
			paths: []string{
				"$XDG_CONFIG_HOME/doctl/config.yaml", "linux:~/.config/doctl/config.yaml",
				"darwin:~/Library/Application Support/doctl/config.yaml", "windows:$AppData/doctl/config.yaml",
			},
			format: extract.YAML, kept: []kept{{at: "$['access-token']"}, {at: "$['auth-contexts'][*]"}},
		}},
	}
}
