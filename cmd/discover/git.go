package discover

import (
	"net/url"
	"strings"
)

// git is its store of credentials: a file of addresses, each with a user name and a
// password in it. A profile has the helper of git that reads this file print the
// password; it asks nobody.
func git() source {
	return source{tool: "git", files: []file{{
		paths:  []string{"~/.git-credentials", "$XDG_CONFIG_HOME/git/credentials", "~/.config/git/credentials"},
		format: gitFormat, lines: gitEntries,
	}}}
}

// gitFormat is no format of the configuration: no profile can name a part of an
// address.
const gitFormat = "addresses"

// printGitPassword asks git's own store for the password of a host ($1) and a user
// ($2) in a file ($3).
const printGitPassword = `printf 'protocol=https\nhost=%s\nusername=%s\n\n' "$1" "$2" | git credential-store --file "$3" get | sed -n 's/^password=//p'`

// gitEntries are the addresses in the file.
func gitEntries(m Machine, path string, data []byte) (all []entry) {
	for line := range strings.Lines(string(data)) {
		u, err := url.Parse(strings.TrimSpace(line))
		if err != nil || u.User == nil || u.Host == "" {
			continue
		}
		password, _ := u.User.Password()
		if password == "" {
			continue
		}
		e := hostEntry(strings.ToLower(u.Host))
		e.part += "/" + u.User.Username()
		switch {
		case e.problem != "":
		case m.GOOS == "windows" || u.Scheme != "https" || !m.has("git") || !m.has("sed"):
			e.problem = "the token is a part of an address, which a profile cannot refer to; make a profile with 'rollcall add'"
		default:
			e.command = []string{"sh", "-c", printGitPassword, "git", u.Host, u.User.Username(), path}
		}
		all = append(all, e)
	}
	return all
}
