package avatar

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"rollcall/client/service"
)

// rule decides where the pictures of one service may come from. The service
// chooses their addresses, and must not be able to make this computer send
// requests into a network that only this computer reaches.
type rule struct {
	// origin is the origin of the service, host its host and port.
	origin, host string
	// local is set where the service runs on this computer.
	local bool
}

// newRule returns the rule for the service at endpoint. For an address that
// cannot be read, it allows public hosts only.
func newRule(endpoint string) rule {
	u, err := url.Parse(endpoint)
	if err != nil || u.Hostname() == "" {
		return rule{}
	}
	return rule{service.OriginOf(u), hostOf(u), service.IsLoopback(u.Hostname())}
}

// hostOf returns the host and port of a URL in their normal form.
func hostOf(u *url.URL) string {
	_, host, _ := strings.Cut(service.OriginOf(u), "://")
	return host
}

// own reports whether a URL is at the service itself.
func (r rule) own(u *url.URL) bool { return service.OriginOf(u) == r.origin }

// check refuses a URL before anything is sent there.
func (r rule) check(u *url.URL) error {
	host := u.Hostname()
	switch ip, err := netip.ParseAddr(host); {
	case host == "" || u.Scheme != "https" && (u.Scheme != "http" || !service.IsLoopback(host)):
		return errors.New("the picture is neither on https nor on this computer")
	case u.User != nil:
		return errors.New("the address of the picture holds a credential")
	case service.IsLoopback(host) && !r.local:
		return errors.New("the service says that its picture is on this computer")
	case err == nil && !service.IsLoopback(host) && !r.own(u) && !isPublic(ip):
		return errNotPublic
	}
	return nil
}

var errNotPublic = errors.New("the picture is in a private network")

// reach refuses a connection to address, a host and port, once the lookup has
// found the IP address and port that it stands for.
func (r rule) reach(address, found string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	at, err := netip.ParseAddrPort(found)
	if err != nil {
		return err
	}
	ip := at.Addr()
	switch {
	case service.IsLoopback(host):
		if ip.Unmap().IsLoopback() {
			return nil
		}
	case hostOf(&url.URL{Scheme: "https", Host: address}) == r.host, isPublic(ip):
		return nil
	}
	return errNotPublic
}

// isPublic reports whether an IP address is on the internet and not on this
// computer, in a private network or in a range for special use.
func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	for _, special := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4",
		// These IPv6 ranges lead to IPv4 addresses or stay within a site.
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10",
	} {
		if netip.MustParsePrefix(special).Contains(ip) {
			return false
		}
	}
	return true
}
