package privacy

import (
	"net/netip"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"rollcall/client/text"
)

// The patterns that find personal values which have no stand-in yet. Each is
// tried at the beginning of a word.
var (
	emailPattern  = text.Pattern(`^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)
	uuidPattern   = text.Pattern(`^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}`)
	opaquePattern = text.Pattern(`^(?:[A-Za-z]+[-_])?[A-Za-z0-9]{12,}`)
	ip4Pattern    = text.Pattern(`^\d{1,3}(?:\.\d{1,3}){3}`)
	ip6Pattern    = text.Pattern(`^[0-9A-Fa-f]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*`)
	hostPattern   = text.Pattern(`^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\.[A-Za-z]{2,}`)
)

// Text returns s with every value that has a stand-in replaced. It also
// replaces what looks personal though it was in no snapshot: e-mail and IP
// addresses, host names, ids and the paths of files.
func (m *Mask) Text(s string) string {
	if known, ok := m.standIns[s]; ok {
		return known
	}
	var b strings.Builder
	done, before := 0, ' '
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !wordRune(r) || !wordRune(before) {
			length, standIn := m.at(s[i:])
			if length == 0 {
				length, standIn = m.looksLike(chunk(s[i:]))
			}
			if length == 0 {
				length, standIn = m.atPath(s[i:], before)
			}
			if length > 0 {
				b.WriteString(s[done:i])
				b.WriteString(standIn)
				i += length
				done = i
				before, _ = utf8.DecodeLastRuneInString(s[:i])
				continue
			}
		}
		i += n
		before = r
	}
	if done == 0 {
		return s
	}
	return b.String() + s[done:]
}

// chunk returns the part of a text that the patterns are tried on: everything
// up to a space or quotation mark. It is empty where none of them can match.
func chunk(s string) string {
	if end := strings.IndexAny(s, " \t\n\"'<>,;(){}"); end >= 0 {
		s = s[:end]
	}
	if !strings.ContainsAny(s, "@:/\\.0123456789") {
		return ""
	}
	return s
}

// looksLike finds a personal value that a text begins with by its pattern, and
// gives it a stand-in. The length is 0 where no pattern matches.
func (m *Mask) looksLike(s string) (length int, standIn string) {
	if s == "" {
		return 0, ""
	}
	if found := urlPattern().FindString(s); found != "" {
		// The path and query may name anybody.
		path := strings.TrimRight(s[len(found):], ".:")
		standIn = m.authority(found)
		if len(path) > 1 {
			return len(found) + len(path), standIn + "/" + withheld
		}
		return len(found), standIn
	}
	if found := emailPattern().FindString(s); found != "" {
		return len(found), m.email(found, 0)
	}
	for _, p := range []*regexp.Regexp{ip4Pattern(), ip6Pattern()} {
		found := p.FindString(s)
		// The pattern takes a colon or full stop behind the address along.
		for _, candidate := range []string{found, strings.TrimRight(found, ":.")} {
			if ip, err := netip.ParseAddr(candidate); err == nil && endsWord(s, len(candidate)) {
				return len(candidate), m.address(ip)
			}
		}
	}
	if found := hostPattern().FindString(s); found != "" && endsWord(s, len(found)) {
		return len(found), m.host(found)
	}
	if found := uuidPattern().FindString(s); found != "" && endsWord(s, len(found)) {
		return len(found), m.single(found, "id-%s")
	}
	if found := opaquePattern().FindString(s); found != "" && endsWord(s, len(found)) && isOpaque(found) {
		return len(found), m.single(found, "id-%s")
	}
	return 0, ""
}

// isOpaque reports whether a word has both letters and digits, as ids have and
// the words of a language have not.
func isOpaque(s string) bool {
	return strings.ContainsFunc(s, unicode.IsLetter) && strings.ContainsFunc(s, unicode.IsDigit)
}
