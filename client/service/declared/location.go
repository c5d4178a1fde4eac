package declared

import (
	"errors"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"rollcall/client/account"
	"rollcall/client/service"
)

// location is where a service is asked.
type location struct {
	// origin is scheme, host and port, and path what follows it; both can have parts
	// in braces. origin is empty where every installation has its own.
	origin, path string
	parts        []service.AddressPart
}

const urlExample = `url = "https://tracker.example.org/api/me"`

var (
	slot     = regexp.MustCompile(`\{([^{}]*)\}`)
	partName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	// partValue keeps a part from becoming more than a part: no slash, no colon, no @.
	partValue    = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`)
	variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

// secretSlots would put a credential into an address.
var secretSlots = []string{"token", "second_token", "password", "secret"}

// location reads the address and its parts.
func (k *keys) location() location {
	text := k.text("url", "https://tracker.example.org/api/me")
	if !k.has("url") {
		k.fault("", "url is missing; write %s", urlExample)
	}
	l := k.split("url", text)
	l.parts = k.parts(l)
	return l
}

// split takes an address apart and checks it.
func (k *keys) split(key, text string) (l location) {
	if text == "" {
		return l
	}
	for _, found := range slot.FindAllStringSubmatch(text, -1) {
		switch name := found[1]; {
		case slices.Contains(secretSlots, name):
			k.fault(key, "must not have {%s} in it: addresses are logged and remembered on the way; rollcall sends no token in one", name)
			return l
		case !partName.MatchString(name):
			k.fault(key, "{%s} is no name of a part; write small letters, such as {site}", name)
			return l
		}
	}
	scheme, rest, whole := strings.Cut(text, "://")
	if !whole {
		if !strings.HasPrefix(text, "/") {
			k.fault(key, "must be an address such as %q", "https://tracker.example.org/api/me")
			return l
		}
		rest = text
	}
	host, path := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	sample, err := url.Parse("https://" + slot.ReplaceAllString(host, "x") + slot.ReplaceAllString(path, "x"))
	if !whole {
		sample, err = url.Parse("https://x.example" + slot.ReplaceAllString(path, "x"))
	}
	switch {
	case err != nil || sample.Hostname() == "" || strings.ContainsAny(slot.ReplaceAllString(text, ""), "{} "):
		k.fault(key, "must be an address such as %q", "https://tracker.example.org/api/me")
	case sample.User != nil:
		k.fault(key, "must not have a user or password in it; write them into the profile")
	case sample.Fragment != "" || strings.Contains(path, "#"):
		k.fault(key, `must end before any "#"`)
	case whole && scheme != "https" && !(scheme == "http" && service.IsLoopback(sample.Hostname())):
		k.fault(key, "must begin with https://, since http:// would send the credential unencrypted")
	case looksSecret(sample.RawQuery):
		k.fault(key, "seems to hold a secret; a description holds none, and rollcall sends none in an address")
	default:
		if !strings.HasPrefix(path, "/") {
			path = "/" + path
		}
		if whole {
			l.origin = scheme + "://" + host
		}
		l.path = path
	}
	return l
}

// parts reads the limits of the parts that an address has.
func (k *keys) parts(l location) (all []service.AddressPart) {
	names := map[string]bool{}
	add := func(text string, host bool) {
		for _, found := range slot.FindAllStringSubmatch(text, -1) {
			name := found[1]
			i := slices.IndexFunc(all, func(p service.AddressPart) bool { return p.Name == name })
			if i < 0 {
				all = append(all, service.AddressPart{Name: name, Host: host})
				names[name] = true
			} else if !host {
				all[i].Host = false
			}
		}
	}
	add(l.origin, true)
	add(l.path, false)
	t := k.table("parts", `parts = { site = ["eu", "us"] }`)
	if t == nil {
		return all
	}
	for _, name := range slices.Sorted(maps.Keys(t.values)) {
		allowed := t.texts(name, `["eu", "us"]`)
		i := slices.IndexFunc(all, func(p service.AddressPart) bool { return p.Name == name })
		if i < 0 {
			t.faults = append(t.faults, Fault{
				Path: t.at(name), Message: "url has no part {" + name + "}", Written: name, Known: slices.Sorted(maps.Keys(names)),
			})
			continue
		}
		if j := slices.IndexFunc(allowed, func(v string) bool { return !partValue.MatchString(v) }); j >= 0 {
			t.fault(name, "%q cannot be a part of an address; it may have letters, digits, dots and hyphens", allowed[j])
			continue
		}
		all[i].Allowed = allowed
	}
	return all
}

var errNoPart = errors.New("a part of the address is not set, or cannot be one")

// address is where an installation is asked. An address of the profile's own replaces
// scheme, host and port, and its path goes before that of the description.
func (l location) address(base string, parts map[string]string) (service.Address, error) {
	origin, path := l.origin, l.path
	if base != "" {
		origin = base
	}
	var err error
	fill := func(text string) string {
		return slot.ReplaceAllStringFunc(text, func(s string) string {
			value := parts[strings.Trim(s, "{}")]
			if !l.allows(strings.Trim(s, "{}"), value) {
				err = errNoPart
			}
			return value
		})
	}
	if base == "" {
		origin = fill(origin)
	}
	path = fill(path)
	if err != nil {
		return service.Address{}, err
	}
	bare, query, asks := strings.Cut(path, "?")
	at, err := service.NewAddress(origin, account.ServiceInfo{Path: bare})
	if err != nil {
		return service.Address{}, err
	}
	if asks {
		at.Endpoint += "?" + query
	}
	// A part that the profile puts in can be wrong as its own address can.
	at.Public = base == "" && len(l.parts) == 0
	return at, nil
}

// allows reports whether a part can have a value.
func (l location) allows(name, value string) bool {
	i := slices.IndexFunc(l.parts, func(p service.AddressPart) bool { return p.Name == name })
	if i < 0 || !partValue.MatchString(value) || strings.Contains(value, "..") {
		return false
	}
	return l.parts[i].Allowed == nil || slices.Contains(l.parts[i].Allowed, value)
}

// hostParts are the names of the parts that the host has.
func (l location) hostParts() (names []string) {
	for _, found := range slot.FindAllStringSubmatch(l.origin, -1) {
		names = append(names, found[1])
	}
	return names
}

// open reports whether the host is left to the profile, in whole or in part.
func (l location) open() bool { return l.origin == "" || strings.Contains(l.origin, "{") }

// matched is a text with the parts that an address of the description has in its
// host. ours is set where it is such an address.
func (l location) matched(base, text string) (filled string, ours bool) {
	if l.origin == "" {
		return text, true
	}
	pattern, names, from := "^", []string{}, 0
	for _, at := range slot.FindAllStringIndex(l.origin, -1) {
		pattern += regexp.QuoteMeta(l.origin[from:at[0]]) + `([A-Za-z0-9.-]+?)`
		names, from = append(names, l.origin[at[0]:at[1]]), at[1]
	}
	found := regexp.MustCompile("(?i)" + pattern + regexp.QuoteMeta(l.origin[from:]) + "/?$").FindStringSubmatch(base)
	if found == nil {
		return text, false
	}
	for i, name := range names {
		text = strings.ReplaceAll(text, name, found[i+1])
	}
	return text, true
}
