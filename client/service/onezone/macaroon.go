package onezone

import (
	"encoding/base64"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// macaroon is an Onezone token, read without its service. Nothing is checked:
// it says what the token claims.
type macaroon struct {
	// location is the domain of the zone that issued it.
	location string
	// id, subject, persistence and kind come from the identifier; a legacy
	// token has only an id.
	id, subject, persistence, kind string
	caveats                        []string
}

// maxMacaroon is the longest token that Onezone takes.
const maxMacaroon = 1 << 20

// parseMacaroon reads a token. It reports false for anything that is not one.
func parseMacaroon(token string) (macaroon, bool) {
	if len(token) > maxMacaroon {
		return macaroon{}, false
	}
	token = strings.TrimPrefix(strings.TrimPrefix(token, "opw-"), "opp-")
	text, ok := unescapeBase62(token)
	if !ok {
		return macaroon{}, false
	}
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return macaroon{}, false
	}
	var m macaroon
	for i := 0; ; i++ {
		key, value, rest, ok := nextPacket(data)
		data = rest
		switch {
		case ok && i == 0 && key == "location":
			m.location = value
		case ok && i == 1 && key == "identifier":
			m.identify(value)
		case ok && i > 1 && key == "cid":
			m.caveats = append(m.caveats, value)
		case ok && i > 1 && key == "signature" && len(value) == 32 && len(rest) == 0:
			return m, true
		default:
			return macaroon{}, false
		}
	}
}

// unescapeBase62 turns the alphabet of tokens, where 0 begins an escape, into
// unpadded base64 for URLs.
func unescapeBase62(s string) (string, bool) {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '0' {
			b.WriteByte(s[i])
			continue
		}
		if i++; i == len(s) || s[i] < '0' || s[i] > '5' {
			return "", false
		}
		b.WriteByte("0_-_-="[s[i]-'0'])
	}
	return strings.TrimRight(b.String(), "="), true
}

// nextPacket reads one packet: its length in four hexadecimal digits that
// count themselves, a key, a space, a value and a line feed. The length
// decides, since a value may hold anything.
func nextPacket(data []byte) (key, value string, rest []byte, ok bool) {
	if len(data) < 4 {
		return "", "", nil, false
	}
	n, err := strconv.ParseUint(string(data[:4]), 16, 16)
	if err != nil || n < 6 || int(n) > len(data) || data[n-1] != '\n' {
		return "", "", nil, false
	}
	key, value, ok = strings.Cut(string(data[4:n-1]), " ")
	return key, value, data[n:], ok
}

// identify reads "2/<persistence>/<subject>/<type>/<id>". Another identifier
// is a legacy token's, whose id it is.
func (m *macaroon) identify(identifier string) {
	parts := strings.Split(identifier, "/")
	if len(parts) != 5 || parts[0] != "2" {
		m.id = identifier
		return
	}
	m.persistence, m.subject, m.kind, m.id = parts[1], parts[2], parts[3], parts[4]
}

func (m macaroon) legacy() bool { return m.persistence == "" }

// token is what the macaroon tells about itself.
func (m macaroon) token() *account.Token {
	return &account.Token{
		ID: m.id, Kind: m.words(), Expiry: m.expiry(), Networks: m.networks(),
		Caveats: m.conditions(), Facts: m.facts(),
	}
}

// maxCaveats is how many caveats are told one by one.
const maxCaveats = 20

// conditions are the caveats, in the order of the token.
func (m macaroon) conditions() []account.Caveat {
	var all []account.Caveat
	for i, c := range m.caveats {
		if i == maxCaveats {
			return append(all, account.Caveat{Kind: account.CaveatFurther, More: len(m.caveats) - i})
		}
		all = append(all, parseCaveat(c))
	}
	return all
}

// facts are what else the token says.
func (m macaroon) facts() []account.Fact {
	var all []account.Fact
	add := func(name, value string) {
		if value != "" {
			all = append(all, account.Fact{Name: name, Value: text.Clip(value, text.MaxFact), Source: "token"})
		}
	}
	persistence, generation, _ := strings.Cut(m.persistence, "-")
	switch persistence {
	case "nmd":
		add("lifetime", "named")
	case "tmp":
		add("lifetime", "temporary, generation "+generation)
	default:
		add("lifetime", m.persistence)
	}
	kind, id, _ := strings.Cut(m.subject, "-")
	switch kind {
	case "usr":
		add("subject", "user "+id)
	case "prv":
		add("subject", "Oneprovider "+id)
	default:
		add("subject", m.subject)
	}
	add("domain", m.location)
	return all
}

// user is the id of the user that an access token belongs to; empty for a
// token of another kind, and for one that does not say.
func (m macaroon) user() string {
	kind, _, _ := strings.Cut(m.kind, ":")
	if id, ok := strings.CutPrefix(m.subject, "usr-"); ok && kind == "act" {
		return id
	}
	return ""
}

func (m macaroon) words() string {
	switch kind, _, _ := strings.Cut(m.kind, ":"); {
	case m.legacy():
		return "legacy token"
	case kind == "idn":
		return "identity token"
	case kind != "act":
		return "invite token"
	case m.persistence == "nmd":
		return "named token"
	}
	return "temporary token"
}

// expiry is the earliest end that the caveats set.
func (m macaroon) expiry() account.Expiry {
	var ends time.Time
	for _, written := range m.caveats {
		name, _, _, ok := cutCaveat(written)
		if !ok || name != "time" {
			continue
		}
		c := parseCaveat(written)
		if c.Kind != account.CaveatUntil {
			return account.Expiry{}
		}
		if ends.IsZero() || c.At.Before(ends) {
			ends = c.At
		}
	}
	switch {
	case !ends.IsZero():
		return account.Expiry{Kind: account.ExpiryDate, At: ends, Source: "caveat"}
	case m.legacy():
		return account.Expiry{}
	}
	return account.Expiry{Kind: account.ExpiryNever, Source: "token"}
}

// networks are the addresses that every ip caveat allows; nil where they
// cannot be told.
func (m macaroon) networks() []string {
	found := false
	var allowed []netip.Prefix
	for _, c := range m.caveats {
		name, list, _, ok := cutCaveat(c)
		if name == "asn" || strings.HasPrefix(name, "geo.") {
			return nil
		}
		if !ok || name != "ip" {
			continue
		}
		prefixes, ok := parsePrefixes(list)
		if !ok {
			return nil
		}
		if found {
			prefixes = intersect(allowed, prefixes)
		}
		allowed, found = prefixes, true
	}
	if !found && !m.legacy() {
		return []string{}
	}
	// An empty list would mean any address, but here it means none.
	var out []string
	for _, p := range allowed {
		out = append(out, p.String())
	}
	return out
}

func parsePrefixes(list string) ([]netip.Prefix, bool) {
	var all []netip.Prefix
	for mask := range strings.SplitSeq(list, "|") {
		p, err := netip.ParsePrefix(mask)
		if addr, alone := netip.ParseAddr(mask); alone == nil {
			p, err = addr.Prefix(addr.BitLen())
		}
		if err != nil {
			return nil, false
		}
		all = append(all, p)
	}
	return all, true
}

// intersect is what two lists of networks both hold: of two networks that
// overlap, the smaller lies in the larger.
func intersect(a, b []netip.Prefix) []netip.Prefix {
	var both []netip.Prefix
	for _, x := range a {
		for _, y := range b {
			smaller := x
			if y.Bits() > x.Bits() {
				smaller = y
			}
			if x.Overlaps(y) && !slices.Contains(both, smaller) {
				both = append(both, smaller)
			}
		}
	}
	return both
}
