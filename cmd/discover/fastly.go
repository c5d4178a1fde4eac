package discover

import "rollcall/config/credential/extract"

// fastly is the command line of Fastly; config.toml has its profiles.
func fastly() source {
	return source{
		tool: "fastly", provider: "fastly", variables: variables(nil, "FASTLY_API_TOKEN"),
		files: []file{{
			paths: []string{
				"$XDG_CONFIG_HOME/fastly/config.toml", "linux:~/.config/fastly/config.toml",
				"darwin:~/Library/Application Support/fastly/config.toml", "windows:$AppData/fastly/config.toml",
			},
			format: extract.TOML, kept: []kept{{at: "$.profile[*].token"}},
		}},
	}
}
