package discover

import "rollcall/config/credential/extract"

// glab is the command line of GitLab; config.yml has its hosts.
func glab() source {
	return source{
		tool: "glab", provider: "gitlab",
		variables: variables([]string{"GITLAB_HOST", "GITLAB_URI", "GITLAB_API_HOST"}, "GITLAB_TOKEN", "GITLAB_ACCESS_TOKEN"),
		files: []file{{
			paths: []string{
				"$GLAB_CONFIG_DIR/config.yml", "$XDG_CONFIG_HOME/glab-cli/config.yml", "~/.config/glab-cli/config.yml",
				"darwin:~/Library/Application Support/glab-cli/config.yml", "windows:$LocalAppData/glab-cli/config.yml",
			},
			format: extract.YAML, kept: []kept{{at: "$.hosts[*].token", hosted: true, public: "gitlab.com"}},
		}},
	}
}
