package onezone

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client/demo/web"
)

// caveat is one condition of a token.
type caveat struct {
	// kind is the name that the service gives it: "time", "ip", "data.path".
	kind   string
	values []string
	// except turns a list of what is allowed into one of what is not.
	except bool
}

// parseCaveat reads the text form; false for what no service knows.
func parseCaveat(text string) (caveat, bool) {
	if text == "data.readonly" {
		return caveat{kind: text}, true
	}
	kind, rest, _ := strings.Cut(text, " ")
	op, list, _ := strings.Cut(rest, " ")
	c := caveat{kind: kind, values: strings.Split(list, "|"), except: op == "!="}
	switch kind {
	case "time":
		_, err := strconv.ParseInt(list, 10, 64)
		return c, op == "<" && err == nil
	case "geo.country", "geo.region":
		return c, op == "=" || op == "!="
	case "ip", "asn", "service", "consumer", "interface", "api", "data.path", "data.objectid", "authorization":
		return c, op == "="
	default:
		return caveat{}, false
	}
}

// validUntil is the end that a time caveat names.
func (c caveat) validUntil() int64 {
	n, err := strconv.ParseInt(c.values[0], 10, 64)
	if err != nil {
		return 0 // parseCaveat lets no other text in
	}
	return n
}

// json is the caveat as the service shows it.
func (c caveat) json() web.Object {
	switch c.kind {
	case "time":
		return web.Object{"type": c.kind, "validUntil": c.validUntil()}
	case "interface":
		return web.Object{"type": c.kind, "interface": c.values[0]}
	case "data.readonly":
		return web.Object{"type": c.kind}
	case "authorization":
		return web.Object{"scope": "identityToken"} // of old tokens; it alone has no type
	case "geo.country", "geo.region":
		filter := "whitelist"
		if c.except {
			filter = "blacklist"
		}
		return web.Object{"type": c.kind, "filter": filter, "list": c.values}
	case "asn":
		var numbers []int
		for _, v := range c.values {
			n, err := strconv.Atoi(v)
			if err == nil {
				numbers = append(numbers, n)
			}
		}
		return web.Object{"type": c.kind, "whitelist": numbers}
	case "ip":
		var masks []string
		for _, p := range web.Prefixes(c.values) {
			masks = append(masks, p.String())
		}
		return web.Object{"type": c.kind, "whitelist": masks}
	default:
		return web.Object{"type": c.kind, "whitelist": c.values}
	}
}

// use is how a token is being used: what its caveats are held against.
type use struct {
	now time.Time
	// peer is the address it is used from; the zero one satisfies nothing.
	peer netip.Addr
	// inward is "rest", "oneclient", "graphsync" or unknown.
	inward string
	// service and consumer are who handles and who uses it: "ozw-onezone",
	// "usr-7d0c"; empty for nobody.
	service, consumer string
	// allowData lets caveats on data access pass, anyDoor those on service,
	// interface and API call.
	allowData, anyDoor bool
}

// satisfies reports whether the caveat holds in this use.
func (u use) satisfies(c caveat) bool {
	switch c.kind {
	case "time":
		return u.now.Unix() < c.validUntil()
	case "ip":
		return slices.ContainsFunc(web.Prefixes(c.values), func(p netip.Prefix) bool { return p.Contains(u.peer) })
	case "interface":
		return u.anyDoor || u.inward == c.values[0]
	case "service":
		return u.anyDoor || listed(c.values, u.service)
	case "api":
		return u.anyDoor || slices.ContainsFunc(c.values, readsUser)
	case "consumer":
		return listed(c.values, u.consumer)
	case "data.readonly", "data.path", "data.objectid":
		return u.allowData
	case "asn", "geo.country", "geo.region":
		here := slices.ContainsFunc(whereabouts(c.kind), func(s string) bool { return slices.Contains(c.values, s) })
		return u.peer.IsLoopback() && here != c.except
	default:
		return false
	}
}

// whereabouts is where loopback lies for the zone. No map of the internet
// has it, so that this one can be anywhere.
func whereabouts(kind string) []string {
	switch kind {
	case "asn":
		return []string{"64500"}
	case "geo.country":
		return []string{"PL"}
	default:
		return []string{"Europe", "EU"}
	}
}

// listed reports whether the list names who, or all of their kind.
func listed(list []string, who string) bool {
	kind, _, found := strings.Cut(who, "-")
	return found && (slices.Contains(list, who) || slices.Contains(list, kind+"-*"))
}

// readsUser reports whether an entry of an API caveat, such as
// "ozw/get/user.*.*:*", allows to read the user's own data.
func readsUser(entry string) bool {
	p := strings.Split(entry, "/")
	if len(p) != 3 {
		return false
	}
	kind, _, _ := strings.Cut(p[2], ".")
	return slices.Contains([]string{"ozw", "all"}, p[0]) &&
		slices.Contains([]string{"get", "all"}, p[1]) &&
		slices.Contains([]string{"user", "*"}, kind)
}
