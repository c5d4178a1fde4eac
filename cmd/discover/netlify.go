package discover

import "rollcall/config/credential/extract"

// netlify is the command line of Netlify, whose file has its users by their ids.
func netlify() source {
	return source{
		tool: "netlify", provider: "netlify", variables: variables(nil, "NETLIFY_AUTH_TOKEN"),
		files: []file{{
			paths: []string{
				"$XDG_CONFIG_HOME/netlify/config.json", "linux:~/.config/netlify/config.json", "darwin:~/Library/Preferences/netlify/config.json",
				"windows:$AppData/netlify/Config/config.json",
			},
			format: extract.JSON, kept: []kept{{at: "$.users[*].auth.token"}},
		}},
	}
}
