package discover

import "rollcall/config/credential/extract"

// vercel is the command line of Vercel, which takes a token from its file or from a
// flag. Programs around it have a variable.
func vercel() source {
	return source{
		tool: "vercel", provider: "vercel", variables: variables(nil, "VERCEL_TOKEN"),
		files: []file{{
			paths: []string{
				"$XDG_DATA_HOME/com.vercel.cli/auth.json", "linux:~/.local/share/com.vercel.cli/auth.json", "linux:~/.config/com.vercel.cli/auth.json",
				"darwin:~/Library/Application Support/com.vercel.cli/auth.json", "windows:$AppData/xdg.data/com.vercel.cli/auth.json",
			},
			format: extract.JSON, kept: []kept{{at: "$.token"}},
		}},
	}
}
