package privacy

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"
	"unicode/utf8"

	"rollcall/client/account"
	"rollcall/client/service"
	"rollcall/client/text"
)

// urlPattern matches a URL up to the end of its host and port.
var urlPattern = text.Pattern(`^[A-Za-z][A-Za-z0-9+.-]*://[^/?#\s"'<>\\]*`)

// user gives stand-ins to everything that identifies a user. They all carry the
// number n, so that a reader sees that they belong together; n is 0 for the
// number that the name of the user has. It returns the number.
func (m *Mask) user(u account.User, n int) int {
	if n == 0 {
		n = m.number("person", strings.ToLower(cmp.Or(u.Name(), strings.Join(u.Emails, " "))))
	}
	full := m.give(u.WholeName(), "Person %s", n)
	m.put(u.FullName, full)
	for _, part := range []string{u.FirstName, u.LastName} {
		if utf8.RuneCountInString(part) > 1 {
			m.put(part, full)
		}
	}
	for _, e := range u.Emails {
		m.email(e, n)
	}
	m.give(u.Username, "person%s", n)
	m.give(u.ID, "user-%s", n)
	m.page(u.URL)
	return n
}

// email returns the stand-in of an e-mail address, which is the same in capital
// and small letters. n is the number of the person, or 0 where that is unknown.
func (m *Mask) email(address string, n int) string {
	lower := strings.ToLower(address)
	if _, known := m.standIns[lower]; !known && n == 0 {
		n = m.number("person", lower)
	}
	s := m.give(lower, "person%s@example.com", n)
	m.put(address, s)
	return s
}

// linked gives stand-ins to an account at another identity provider. n is the
// number of the person whose account it is.
func (m *Mask) linked(l account.LinkedAccount, n int) {
	if strings.ContainsAny(l.IDP, ".:@") {
		m.single(l.IDP, "idp-%s")
	}
	m.user(account.User{ID: l.SubjectID, FullName: l.FullName, Username: l.Username, Emails: l.Emails}, n)
	for _, e := range l.Entitlements {
		m.single(e, "entitlement-%s")
	}
}

// organization gives stand-ins to the names and ids of an organization. They
// all carry the same number.
func (m *Mask) organization(o account.Organization) {
	n := m.number("organization", cmp.Or(o.Name, o.ID, o.SubDomain))
	m.give(o.Name, "Organization %s", n)
	m.give(o.SubDomain, "organization-%s", n)
	m.give(o.ID, "org-%s", n)
	m.page(o.URL)
}

// page gives a stand-in to the address of a web page.
func (m *Mask) page(address string) {
	if _, known := m.standIns[address]; known || address == "" {
		return
	}
	root := "https://host.example"
	if authority := urlPattern().FindString(address); authority != "" {
		root = m.authority(authority)
	}
	m.put(address, fmt.Sprintf("%s/page-%d", root, m.number("page", address)))
}

// host returns the stand-in of a host name or IP address. The names of this
// computer, such as localhost, identify nobody and stay.
func (m *Mask) host(name string) string {
	lower := strings.ToLower(name)
	if service.IsLoopback(lower) || lower == "" {
		return name
	}
	if ip, err := netip.ParseAddr(lower); err == nil {
		return m.address(ip)
	}
	s := m.single(lower, "host-%s.example")
	m.put(name, s)
	return s
}

// address returns the stand-in of an IP address, one of the ranges that are
// reserved for documentation. Loopback addresses stay.
func (m *Mask) address(ip netip.Addr) string {
	if ip = ip.Unmap(); ip.IsLoopback() || ip.IsUnspecified() {
		return ip.String()
	}
	n := m.number("address", ip.String())
	if ip.Is4() && n < 255 {
		return fmt.Sprintf("192.0.2.%d", n)
	}
	return fmt.Sprintf("2001:db8::%x", n)
}

// authority masks the host of a URL that has neither path nor query.
func (m *Mask) authority(address string) string {
	scheme, rest, _ := strings.Cut(address, "://")
	// The user name and password before the host are dropped.
	rest = rest[strings.LastIndexByte(rest, '@')+1:]
	host, port := rest, ""
	if i := strings.LastIndexByte(rest, ':'); i >= 0 && !strings.HasSuffix(rest, "]") {
		host, port = rest[:i], rest[i:]
	}
	masked := m.host(strings.Trim(host, "[]"))
	if strings.Contains(masked, ":") {
		masked = "[" + masked + "]"
	}
	return scheme + "://" + masked + port
}
