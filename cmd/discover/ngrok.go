package discover

import "rollcall/config/credential/extract"

// ngrok is that of ngrok, whose file has the key of the API at its top or, in its
// third version, among the settings of the agent. The authtoken beside it opens
// tunnels and is no account.
func ngrok() source {
	return source{
		tool: "ngrok", provider: "ngrok", variables: variables(nil, "NGROK_API_KEY"),
		files: []file{{
			paths: []string{
				"$XDG_CONFIG_HOME/ngrok/ngrok.yml", "linux:~/.config/ngrok/ngrok.yml", "darwin:~/Library/Application Support/ngrok/ngrok.yml",
				"windows:$LocalAppData/ngrok/ngrok.yml", "~/.ngrok2/ngrok.yml",
			},
			format: extract.YAML, kept: []kept{{at: "$.api_key"}, {at: "$.agent.api_key"}},
		}},
	}
}
