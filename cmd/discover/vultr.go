package discover

import "rollcall/config/credential/extract"

// vultr is vultr-cli.
func vultr() source {
	return source{
		tool: "vultr-cli", provider: "vultr", variables: variables(nil, "VULTR_API_KEY"),
		files: []file{{paths: []string{"~/.vultr-cli.yaml"}, format: extract.YAML, kept: []kept{{at: "$['api-key']"}}}},
	}
}
