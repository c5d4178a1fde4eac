package service

import (
	"cmp"
	"errors"
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
	// Public is set where the profile names no address, so that it is the public one of
	// the service: there is no base_url to check.
	Public bool
}

// Remedy is what to do where something may be wrong with the address: for a profile
// that names one, and for one that is at the public address.
func (a Address) Remedy(named, public string) string {
	if a.Public {
		return public
	}
	return named
}

// errNoAddress and errInTheClear are faults of whoever hands over an address: what
// a person writes is checked, and explained, when it is read.
var (
	errNoAddress  = errors.New("no address of a service")
	errInTheClear = errors.New("an address to which a credential would go unencrypted")
)

// NewAddress joins a base URL, which may or may not end with the service's
// prefix, with what the service adds to it. An empty base stands for the public
// address of the service; the error says that there is none.
func NewAddress(base string, p account.ServiceInfo) (Address, error) {
	u, err := url.Parse(cmp.Or(base, p.DefaultURL))
	if err != nil || u.Hostname() == "" {
		return Address{}, errNoAddress
	}
	// Checked here once more, whoever asks: all credentials pass this way, and
	// one that was read on the way cannot be taken back.
	if u.Scheme != "https" && (u.Scheme != "http" || !IsLoopback(u.Hostname())) {
		return Address{}, errInTheClear
	}
	path := withoutEndpoint(strings.TrimRight(u.EscapedPath(), "/"), p)
	if !strings.HasSuffix(path, p.Prefix) {
		path += p.Prefix
	}
	// The library writes the zone of an IPv6 address as an address needs it.
	root := (&url.URL{Scheme: u.Scheme, Host: u.Host}).String() + path
	return Address{Base: strings.TrimSuffix(root, p.Prefix), Root: root, Endpoint: root + p.Path, Origin: OriginOf(u), Host: u.Host, Public: base == ""}, nil
}

// withoutEndpoint cuts what follows the prefix off a path where a person has
// copied the whole address of a request, whatever it asks for.
func withoutEndpoint(path string, p account.ServiceInfo) string {
	if p.Prefix == "" {
		return strings.TrimSuffix(path, p.Path)
	}
	if i := strings.LastIndex(path, p.Prefix+"/"); i >= 0 {
		return path[:i+len(p.Prefix)]
	}
	return path
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
