package discover

import "rollcall/config/credential/extract"

// stripe is the command line of Stripe; config.toml has its projects. A key that is
// for the live mode may be in the keyring, with stars in its place.
func stripe() source {
	return source{
		tool: "stripe", provider: "stripe", variables: variables(nil, "STRIPE_API_KEY", "STRIPE_SECRET_KEY"),
		files: []file{{
			paths:  []string{"$XDG_CONFIG_HOME/stripe/config.toml", "~/.config/stripe/config.toml"},
			format: extract.TOML, kept: []kept{{at: "$[*].test_mode_api_key"}, {at: "$[*].live_mode_api_key"}},
		}},
	}
}
