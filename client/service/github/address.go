package github

import (
	"net"
	"net/url"
	"strings"

	"rollcall/client/service"
)

// Address is that of the API: of github.com and of each *.ghe.com it has a host of
// its own, on an Enterprise Server it lies below a prefix.
func (s Service) Address(base string, _ map[string]string) (service.Address, error) {
	info := s.Info()
	u, err := url.Parse(base)
	if base == "" || err != nil {
		return service.NewAddress(base, info)
	}
	switch host := strings.ToLower(u.Hostname()); {
	case host == publicHost, host == "www."+publicHost, host == publicAPI:
		u.Host, u.Path, u.RawPath = withPort(publicAPI, u.Port()), "", ""
	case isResidency(host):
		u.Host, u.Path, u.RawPath = withPort("api."+strings.TrimPrefix(host, "api."), u.Port()), "", ""
	default:
		info.Prefix = serverPrefix
	}
	return service.NewAddress(u.String(), info)
}

// withPort is a host with the port that an address names; the port stays, since the
// credential goes nowhere else.
func withPort(host, port string) string {
	if port == "" {
		return host
	}
	return net.JoinHostPort(host, port)
}

// isResidency reports whether a host belongs to Enterprise Cloud with data
// residency.
func isResidency(host string) bool { return strings.HasSuffix(strings.ToLower(host), ".ghe.com") }

// site is the address of the pages for people, and its host, of an installation with
// a base address of its API; both are empty where it has none.
func (s Service) site(base string) (page, host string) {
	at, err := s.Address(base, nil)
	if err != nil {
		return "", ""
	}
	u, err := url.Parse(at.Base)
	if err != nil {
		return "", ""
	}
	if name := u.Hostname(); name == publicAPI || isResidency(name) {
		u.Host = strings.TrimPrefix(u.Host, "api.")
	}
	return u.String(), u.Host
}

// wantedScopes are what the identity and the details need of a classic token.
const wantedScopes = "read:user,user:email,read:org"

// TokenPage is the page that makes a classic token, with its scopes filled in.
func (s Service) TokenPage(base string) string {
	page, _ := s.site(base)
	if page == "" {
		return ""
	}
	return page + "/settings/tokens/new?" + url.Values{"description": {"rollcall"}, "scopes": {wantedScopes}}.Encode()
}
