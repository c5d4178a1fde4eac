package discover

import "rollcall/config/credential/extract"

// circleci is the command line of CircleCI.
func circleci() source {
	return source{
		tool: "circleci", provider: "circleci", variables: variables([]string{"CIRCLECI_CLI_HOST"}, "CIRCLECI_CLI_TOKEN"),
		files: []file{{
			paths:  []string{"~/.circleci/cli.yml"},
			format: extract.YAML, kept: []kept{{at: "$.token", address: "host", public: "circleci.com"}},
		}},
	}
}
