package discover

import "rollcall/config/credential/extract"

// sentry is sentry-cli.
func sentry() source {
	return source{
		tool: "sentry-cli", provider: "sentry", variables: variables([]string{"SENTRY_URL"}, "SENTRY_AUTH_TOKEN"),
		files: []file{{
			paths:  []string{"~/.sentryclirc"},
			format: extract.INI, kept: []kept{{at: "$.auth.token", address: "$.defaults.url", public: "sentry.io"}},
		}},
	}
}
