package privacy

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rollcall/client/account"
	"rollcall/client/service"
)

// Mask gives stand-ins for what tells who a person is, so that a screen can be
// shown to others. A value keeps its stand-in for as long as the mask lives.
// It is for use by one goroutine at a time.
type Mask struct {
	// services tell which part of an address is the same for all of their users.
	services []account.Service
	// standIns has the stand-in of each value, taken those that are given.
	standIns map[string]string
	taken    map[string]bool
	// numbers has the number of each person, organization and so on, by kind
	// and name; counts how many of a kind there are.
	numbers map[[2]string]int
	counts  map[string]int
	// starts has the values that begin with a word, the longest first.
	starts map[string][]string
}

// New makes a mask that has no stand-ins yet, for accounts of the services.
func New(services []account.Service) *Mask {
	return &Mask{
		services: services,
		standIns: map[string]string{},
		taken:    map[string]bool{},
		numbers:  map[[2]string]int{},
		counts:   map[string]int{},
		starts:   map[string][]string{},
	}
}

// number is that of one of a kind, the same whenever it is asked for.
func (m *Mask) number(kind, name string) int {
	key := [2]string{kind, name}
	n := m.numbers[key]
	if n == 0 {
		m.counts[kind]++
		n = m.counts[kind]
		m.numbers[key] = n
	}
	return n
}

// give makes the format with a number the stand-in of a value that has none.
// Where another value has that already, a second number tells them apart.
func (m *Mask) give(value, format string, n int) string {
	if value == "" {
		return ""
	}
	if known, ok := m.standIns[value]; ok {
		return known
	}
	s := fmt.Sprintf(format, fmt.Sprint(n))
	for i := 2; m.taken[s]; i++ {
		s = fmt.Sprintf(format, fmt.Sprintf("%d.%d", n, i))
	}
	m.taken[s] = true
	m.put(value, s)
	return s
}

// put makes s the stand-in of a value that has none; empty is no stand-in.
func (m *Mask) put(value, s string) {
	if _, known := m.standIns[value]; known || value == "" || s == "" {
		return
	}
	m.standIns[value] = s
	start := firstWord(value)
	longer := append(m.starts[start], value)
	slices.SortStableFunc(longer, func(a, b string) int { return len(b) - len(a) })
	m.starts[start] = longer
}

// single gives a stand-in to a value that is the only one of its kind and name.
func (m *Mask) single(value, format string) string {
	if known, ok := m.standIns[value]; ok || value == "" {
		return known
	}
	return m.give(value, format, m.number(format, value))
}

// user gives stand-ins to what tells who a user is, all with one number: that
// of its name, unless another is given.
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

// email gives a stand-in to an address, whose capital letters mean nothing. The
// number of its person is 0 where that is not known.
func (m *Mask) email(address string, n int) string {
	lower := strings.ToLower(address)
	if _, known := m.standIns[lower]; !known && n == 0 {
		n = m.number("person", lower)
	}
	s := m.give(lower, "person%s@example.com", n)
	m.put(address, s)
	return s
}

// linked gives stand-ins to an account at another identity provider, of the
// person with a number.
func (m *Mask) linked(l account.LinkedAccount, n int) {
	if strings.ContainsAny(l.IDP, ".:@") {
		m.single(l.IDP, "idp-%s")
	}
	m.user(account.User{ID: l.SubjectID, FullName: l.FullName, Username: l.Username, Emails: l.Emails}, n)
	for _, e := range l.Entitlements {
		m.single(e, "entitlement-%s")
	}
}

// organization gives stand-ins to one, all with one number.
func (m *Mask) organization(o account.Organization) {
	n := m.number("organization", cmp.Or(o.Name, o.ID, o.SubDomain))
	m.give(o.Name, "Organization %s", n)
	m.give(o.SubDomain, "organization-%s", n)
	m.give(o.ID, "org-%s", n)
	m.page(o.URL)
}

// page gives a stand-in to the address of a page at a host.
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

// host gives a stand-in to the name or address of a host. This computer is no
// secret.
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

// address gives a stand-in to an IP address, from those that are set aside for
// documentation.
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

// firstWord is the word that a text begins with, or its first character.
func firstWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !wordRune(r) })
	switch end {
	case -1:
		return s
	case 0:
		_, n := utf8.DecodeRuneInString(s)
		return s[:n]
	}
	return s[:end]
}

func wordRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}
