package discover

// known is the service at a host that everybody knows.
type known struct {
	provider string
	// address is empty for the one that the service has anyway.
	address string
}

// knownHosts are those for which passwords are kept by host, in netrc and by git.
func knownHosts() map[string]known {
	return map[string]known{
		"api.heroku.com": {"heroku", ""}, "github.com": {"github", ""}, "api.github.com": {"github", ""}, "gitlab.com": {"gitlab", ""},
		"codeberg.org": {"gitea", "https://codeberg.org"}, "gitea.com": {"gitea", "https://gitea.com"},
		"huggingface.co": {"huggingface", ""}, "app.terraform.io": {"terraform", ""},
	}
}

// hostEntry is what is kept for a host; it is told of where nobody knows which service
// is there.
func hostEntry(host string) entry {
	k, is := knownHosts()[host]
	e := entry{part: host, provider: k.provider, address: k.address}
	switch {
	case !is:
		e.problem = "rollcall does not know which service is at " + host + "; if it is one that it knows, make a profile with 'rollcall add'"
	case k.address != "":
		e.called = host
	}
	return e
}
