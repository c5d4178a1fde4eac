package discover

import "rollcall/config/credential/extract"

// octopus is the command line of Octopus Deploy.
func octopus() source {
	return source{
		tool: "octopus", provider: "octopus", variables: []variable{{name: "OCTOPUS_API_KEY", addresses: []string{"OCTOPUS_URL"}, needsAddress: true}},
		files: []file{{
			paths:  []string{"$XDG_CONFIG_HOME/octopus/cli_config.json", "~/.config/octopus/cli_config.json", "windows:$AppData/octopus/cli_config.json"},
			format: extract.JSON, kept: []kept{{at: "$.apikey", address: "url", needsAddress: true}},
		}},
	}
}
