package service

import (
	"net/netip"
	"net/url"
	"strings"

	"rollcall/client/account"
)

// Address is where a profile's requests go.
type Address struct {
	// Base is where the installation lives, Root what the paths of its API are
	// added to, and Endpoint the address of the identity request.
	Base, Root, Endpoint string
	// Origin is the scheme, host and port, written so that equal ones are
	// equal texts; Host is the host and the port where it was named.
	Origin, Host string
}

// NewAddress joins a base URL, which may or may not end with the service's
// prefix, with what the service adds to it. The diagnosis has a state where
// there is no such address.
func NewAddress(base string, p account.Service) (Address, account.Diagnosis) {
	if base == "" {
		base = p.DefaultURL
	}
	if base == "" {
		return Address{}, Misconfigured("The profile has no base_url, and "+p.Title+" has no public address.",
			"Set base_url to the address of the service, for example https://service.example.org.")
	}
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.Opaque != "" {
		return Address{}, Misconfigured("base_url is not the address of a service.",
			"Set it to something like https://service.example.org.")
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return Address{}, Misconfigured("base_url holds a user name, a query or a fragment.",
			"Set it to scheme, host and path alone; a credential belongs into token, or username and password.")
	}
	if u.Scheme == "http" && !IsLoopback(u.Hostname()) {
		return Address{}, Misconfigured("base_url is http://, and a credential sent there could be read on the way.",
			"Use https://, or an address of this computer.")
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	if !strings.HasSuffix(path, p.Prefix) {
		path += p.Prefix
	}
	root := u.Scheme + "://" + u.Host + path
	return Address{Base: strings.TrimSuffix(root, p.Prefix), Root: root, Endpoint: root + p.Path, Origin: OriginOf(u), Host: u.Host}, account.Diagnosis{}
}

// OriginOf is the scheme, host and port of an address, in one way of writing.
func OriginOf(u *url.URL) string {
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

// IsLoopback reports whether a host is this computer.
func IsLoopback(host string) bool {
	host = strings.ToLower(host)
	if ip, err := netip.ParseAddr(host); err == nil {
		return ip.Unmap().IsLoopback()
	}
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}
