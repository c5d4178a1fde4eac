package discover

import "rollcall/config/credential/extract"

// linode is linode-cli, whose file has a section for each user, and the provider for
// Terraform.
func linode() source {
	return source{
		tool: "linode-cli", provider: "linode", variables: variables(nil, "LINODE_CLI_TOKEN", "LINODE_TOKEN"),
		files: []file{{
			paths:  []string{"$LINODE_CLI_CONFIG", "~/.linode-cli", "$XDG_CONFIG_HOME/linode-cli", "~/.config/linode-cli"},
			format: extract.INI, kept: []kept{{at: "$[*].token"}},
		}},
	}
}
