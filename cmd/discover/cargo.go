package discover

import "rollcall/config/credential/extract"

// cargo is that of Rust, whose file has the token of crates.io and those of other
// registries.
func cargo() source {
	return source{
		tool: "cargo", provider: "crates-io", variables: variables(nil, "CARGO_REGISTRY_TOKEN"),
		files: []file{{
			paths:  []string{"$CARGO_HOME/credentials.toml", "~/.cargo/credentials.toml", "~/.cargo/credentials"},
			format: extract.TOML, kept: []kept{{at: "$.registry.token"}},
		}},
	}
}
