package discover

import "rollcall/config/credential/extract"

// fly is flyctl.
func fly() source {
	return source{
		tool: "flyctl", provider: "fly", variables: variables(nil, "FLY_ACCESS_TOKEN", "FLY_API_TOKEN"),
		files: []file{{
			paths:  []string{"$FLY_CONFIG_DIR/config.yml", "~/.fly/config.yml"},
			format: extract.YAML, kept: []kept{{at: "$.access_token"}},
		}},
	}
}
