package client

import (
	"net/netip"
	"net/url"
	"strings"

	"rollcall/client/account"
)

// address is where a profile's requests go.
type address struct {
	// root is what the paths of a provider are added to, endpoint the address
	// of the identity request.
	root, endpoint string
	// origin is the scheme, host and port, written so that equal ones are
	// equal texts; host is the host and the port where it was named.
	origin, host string
}

// newAddress joins a base URL, which may or may not end with the provider's
// prefix, with what the provider adds to it. The diagnosis has a state where
// there is no such address.
func newAddress(base string, p account.Service) (address, account.Diagnosis) {
	if base == "" {
		base = p.DefaultURL
	}
	if base == "" {
		return address{}, misconfigured("The profile has no base_url, and "+p.Title+" has no public address.",
			"Set base_url to the address of the service, for example https://service.example.org.")
	}
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.Opaque != "" {
		return address{}, misconfigured("base_url is not the address of a service.",
			"Set it to something like https://service.example.org.")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return address{}, misconfigured("base_url holds a user name, a query or a fragment.",
			"Set it to scheme, host and path alone; a credential belongs into token, or username and password.")
	}
	if u.Scheme == "http" && !isLoopback(u.Hostname()) {
		return address{}, misconfigured("base_url is http://, and a credential sent there could be read on the way.",
			"Use https://, or an address of this computer.")
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	if !strings.HasSuffix(path, p.Prefix) {
		path += p.Prefix
	}
	root := u.Scheme + "://" + u.Host + path
	return address{root: root, endpoint: root + p.Path, origin: originOf(u), host: u.Host}, account.Diagnosis{}
}

// originOf is the scheme, host and port of an address, in one way of writing.
func originOf(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)]
	}
	host := strings.ToLower(u.Hostname())
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return strings.ToLower(u.Scheme) + "://" + host + ":" + port
}

// isLoopback reports whether a host is this computer.
func isLoopback(host string) bool {
	host = strings.ToLower(host)
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap().IsLoopback()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}
