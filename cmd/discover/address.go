package discover

import (
	"net/url"
	"strings"
	"unicode"
)

// withScheme is an address as a profile has it: with https where it is a host alone,
// and without the sign / at its end.
func withScheme(address string) string {
	address = strings.TrimSuffix(strings.TrimSpace(address), "/")
	if address == "" || strings.Contains(address, "://") {
		return address
	}
	return "https://" + address
}

// hostOf is the host of an address, with its port; a host alone is one, too.
func hostOf(address string) string {
	u, err := url.Parse(withScheme(address))
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// draftName is a name to begin with for a profile at a service: that of the service,
// and what tells its account from others.
func draftName(provider, part string) string {
	part = strings.Trim(strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return '-'
	}, part), "-")
	for strings.Contains(part, "--") {
		part = strings.ReplaceAll(part, "--", "-")
	}
	switch {
	case part == "" || part == "default":
		return provider
	case provider == "" || strings.Contains(part, provider):
		return part
	}
	return provider + "-" + part
}
