package discover

import "rollcall/config/credential/extract"

// pulumi is that of Pulumi, whose file has tokens by the addresses of backends. The
// ones that are no service have none.
func pulumi() source {
	return source{
		tool: "pulumi", provider: "pulumi", variables: variables([]string{"PULUMI_BACKEND_URL"}, "PULUMI_ACCESS_TOKEN"),
		files: []file{{
			paths:  []string{"$PULUMI_HOME/credentials.json", "~/.pulumi/credentials.json"},
			format: extract.JSON, kept: []kept{{at: "$.accessTokens[*]", hosted: true, public: "api.pulumi.com"}},
		}},
	}
}
