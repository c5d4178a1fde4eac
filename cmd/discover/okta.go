package discover

import "rollcall/config/credential/extract"

// okta are the tools and libraries of Okta.
func okta() source {
	return source{
		tool: "okta", provider: "okta", variables: []variable{{name: "OKTA_CLIENT_TOKEN", addresses: []string{"OKTA_CLIENT_ORGURL"}, needsAddress: true}},
		files: []file{{
			paths:  []string{"~/.okta/okta.yaml", "~/.okta/okta.yml"},
			format: extract.YAML, kept: []kept{{at: "$.okta.client.token", address: "orgUrl", needsAddress: true}},
		}},
	}
}
