package discover

import "rollcall/config/credential/extract"

// civo is the command line of Civo, whose file has keys by name.
func civo() source {
	return source{
		tool: "civo", provider: "civo", variables: variables(nil, "CIVO_TOKEN"),
		files: []file{{paths: []string{"$CIVOCONFIG", "~/.civo.json"}, format: extract.JSON, kept: []kept{{at: "$.apikeys[*]"}}}},
	}
}
