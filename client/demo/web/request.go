package web

import (
	"net/http"
	"net/netip"
	"strings"
)

// Bearer is the token of an Authorization header that has the word Bearer in
// just this spelling, or empty.
func Bearer(r *http.Request) string {
	token, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !found {
		return ""
	}
	return token
}

// Peer is the address that a request comes from.
func Peer(r *http.Request) netip.Addr {
	a, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return a.Addr().Unmap()
}

// Prefixes reads addresses and masks, and leaves out what is neither.
func Prefixes(list []string) []netip.Prefix {
	var all []netip.Prefix
	for _, s := range list {
		if a, err := netip.ParseAddr(s); err == nil {
			all = append(all, netip.PrefixFrom(a, a.BitLen()))
		} else if p, err := netip.ParsePrefix(s); err == nil {
			all = append(all, p)
		}
	}
	return all
}
