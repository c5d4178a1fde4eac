package avatar

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"rollcall/client/service"
)

// rule says where a picture of a service may come from. The address is
// the service's word: it must not make us ask what only we can reach.
type rule struct {
	// origin is the service's own; host is its host and port.
	origin, host string
	// local is set where the service is on this computer.
	local bool
}

func newRule(endpoint string) rule {
	u, err := url.Parse(endpoint)
	if err != nil || u.Hostname() == "" {
		return rule{}
	}
	return rule{service.OriginOf(u), hostOf(u), service.IsLoopback(u.Hostname())}
}

// hostOf is the host and port of an address, in one way of writing.
func hostOf(u *url.URL) string {
	_, host, _ := strings.Cut(service.OriginOf(u), "://")
	return host
}

// own reports whether an address is of the service itself.
func (r rule) own(u *url.URL) bool { return service.OriginOf(u) == r.origin }

// check refuses an address before anything is asked of it.
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

// reach refuses a connection to the IP address and port that a host and port
// were found to be.
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

// isPublic reports whether an address is one of the internet, not one of this
// computer, a private network or a special use.
func isPublic(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	for _, special := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "198.18.0.0/15", "240.0.0.0/4",
		// The IPv6 networks that lead to IPv4 addresses, or to this site.
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10",
	} {
		if netip.MustParsePrefix(special).Contains(ip) {
			return false
		}
	}
	return true
}
