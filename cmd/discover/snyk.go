package discover

import "rollcall/config/credential/extract"

// snyk is the command line of Snyk.
func snyk() source {
	return source{
		tool: "snyk", provider: "snyk", variables: variables(nil, "SNYK_TOKEN"),
		files: []file{{
			paths:  []string{"$XDG_CONFIG_HOME/configstore/snyk.json", "~/.config/configstore/snyk.json"},
			format: extract.JSON, kept: []kept{{at: "$.api"}},
		}},
	}
}
