package discover

import "rollcall/config/credential/extract"

// doppler is the command line of Doppler, whose file has tokens by the folders that
// they are for; the first is for all others.
func doppler() source {
	return source{
		tool: "doppler", provider: "doppler", variables: variables(nil, "DOPPLER_TOKEN"),
		files: []file{{
			paths:  []string{"$DOPPLER_CONFIG_DIR/.doppler.yaml", "~/.doppler/.doppler.yaml"},
			format: extract.YAML, kept: []kept{{at: "$.scoped[*].token"}},
		}},
	}
}
