package discover

import "rollcall/config/credential/extract"

// tea is the command line of Gitea; config.yml has its logins.
func tea() source {
	return source{tool: "tea", provider: "gitea", files: []file{{
		paths: []string{
			"$XDG_CONFIG_HOME/tea/config.yml", "linux:~/.config/tea/config.yml", "darwin:~/Library/Application Support/tea/config.yml",
			"windows:$LocalAppData/tea/config.yml", "~/.tea/tea.yml",
		},
		format: extract.YAML, kept: []kept{{at: "$.logins[*].token", by: "name", address: "url", needsAddress: true}},
	}}}
}
