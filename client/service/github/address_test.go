package github

import (
	"net/url"
	"testing"
)

func TestGitHubAddress(t *testing.T) {
	const page = "/settings/tokens/new?description=rollcall&scopes=read%3Auser%2Cuser%3Aemail%2Cread%3Aorg"
	for base, want := range map[string]struct{ endpoint, site string }{
		"":                                       {"https://api.github.com/user", "https://github.com"},
		"https://api.github.com":                 {"https://api.github.com/user", "https://github.com"},
		"https://api.github.com/user":            {"https://api.github.com/user", "https://github.com"},
		"https://github.com":                     {"https://api.github.com/user", "https://github.com"},
		"https://www.github.com/settings":        {"https://api.github.com/user", "https://github.com"},
		"https://GitHub.com/":                    {"https://api.github.com/user", "https://github.com"},
		"https://octocorp.ghe.com":               {"https://api.octocorp.ghe.com/user", "https://octocorp.ghe.com"},
		"https://api.octocorp.ghe.com":           {"https://api.octocorp.ghe.com/user", "https://octocorp.ghe.com"},
		"https://api.octocorp.ghe.com/user":      {"https://api.octocorp.ghe.com/user", "https://octocorp.ghe.com"},
		"https://octocorp.ghe.com:8443":          {"https://api.octocorp.ghe.com:8443/user", "https://octocorp.ghe.com:8443"},
		"https://github.example.org":             {"https://github.example.org/api/v3/user", "https://github.example.org"},
		"https://github.example.org/":            {"https://github.example.org/api/v3/user", "https://github.example.org"},
		"https://github.example.org/api/v3":      {"https://github.example.org/api/v3/user", "https://github.example.org"},
		"https://github.example.org/api/v3/user": {"https://github.example.org/api/v3/user", "https://github.example.org"},
		"https://ghe.com.example.org":            {"https://ghe.com.example.org/api/v3/user", "https://ghe.com.example.org"},
		"https://evilghe.com":                    {"https://evilghe.com/api/v3/user", "https://evilghe.com"},
		"http://127.0.0.1:8080":                  {"http://127.0.0.1:8080/api/v3/user", "http://127.0.0.1:8080"},
	} {
		at, err := Service{}.Address(base, nil)
		if err != nil || at.Endpoint != want.endpoint {
			t.Errorf("%q: %s, %v; want %s", base, at.Endpoint, err, want.endpoint)
		}
		// A base address is as good as what it was made from.
		again, err := Service{}.Address(at.Base, nil)
		if again.Public = at.Public; err != nil || again != at {
			t.Errorf("%q: %+v, and once more %+v, %v", base, at, again, err)
		}
		if got := (Service{}).TokenPage(at.Base); got != want.site+page {
			t.Errorf("%q: the page is %s", base, got)
		}
	}
	for _, base := range []string{"http://github.com", "http://github.example.org", "https://", "::"} {
		if at, err := (Service{}).Address(base, nil); err == nil {
			t.Errorf("%q: %+v", base, at)
		}
	}
}

func FuzzGitHubAddress(f *testing.F) {
	for _, base := range []string{"", "https://github.com", "https://a.ghe.com/x", "http://[::1]:80/api/v3/user?x#y"} {
		f.Add(base)
	}
	f.Fuzz(func(t *testing.T, base string) {
		at, err := Service{}.Address(base, nil)
		if err != nil {
			return
		}
		u, err := url.Parse(at.Endpoint)
		if err != nil || u.Hostname() == "" {
			t.Errorf("%q is asked at %q", base, at.Endpoint)
		}
	})
}
