package redact

import (
	"encoding/json"
	"html"
	"iter"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// Ellipsis marks the place where a text was shortened.
	Ellipsis = "…"
	// longestEntity is the length in bytes of the longest HTML entity that is
	// recognised.
	longestEntity = 12
	// mostLayers is how many escapes around one another are undone: a URL can stand
	// in JSON, and that in a text of JSON.
	mostLayers = 3
)

// forms yields what a reader can make of a text, where that is another one: without
// what leaves no trace on a screen, and then with one layer of escapes after the
// other undone.
func forms(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		t := shown(s)
		if t != s && !yield(t) {
			return
		}
		for range mostLayers {
			plain := shown(unescaped(t))
			if plain == t || !yield(plain) {
				return
			}
			t = plain
		}
	}
}

// shown is a text without its invisible characters.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, s)
}

// invisible reports whether a reader does not notice a character between two
// others. It includes the control characters, spaces and broken bytes that are
// replaced before a text is shown.
func invisible(r rune) bool {
	switch {
	case r < 0x20, 0x7f <= r && r <= 0xa0, r == 0xad:
		return true
	case r < 0x300:
		return false
	}
	return r == utf8.RuneError || r == 0x2800 || unicode.In(r,
		unicode.Cf, unicode.Zs, unicode.Zl, unicode.Zp, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// unescaped returns a text with every escape replaced by what it stands for.
func unescaped(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexAny(s, `\%&`)
		if i < 0 {
			return b.String() + s
		}
		plain, n := unescape(s[i:])
		b.WriteString(s[:i])
		b.WriteString(plain)
		s = s[i+n:]
	}
}

// unescape gives what the escape at the beginning of a text stands for, and how many
// bytes it has. One that an [Ellipsis] has cut stands for nothing, as does a backslash
// before a character that it does not change, such as a slash or quotation mark.
func unescape(s string) (plain string, n int) {
	const pair = len(`\uD83D\uDD11`)
	end := 1 + strings.IndexByte(s[:min(len(s), longestEntity)], ';')
	if strings.ContainsFunc(s[1:max(1, end-1)], func(r rune) bool { return !letterOfEntity(r) }) {
		end = 0 // It has ended before that.
	}
	cut := strings.Index(s[:min(len(s), longestEntity)], Ellipsis)
	switch {
	case s[0] == '%' && len(s) > 2:
		if b, err := strconv.ParseUint(s[1:3], 16, 8); err == nil {
			return string([]byte{byte(b)}), 3
		}
	case s[0] == '&':
		if plain := html.UnescapeString(s[:end]); len(plain) < end {
			return plain, end
		}
	case s[0] == '\\':
		if r, wide, rest, err := strconv.UnquoteChar(s, 0); err == nil && wide {
			return string(r), len(s) - len(rest)
		} else if err == nil {
			return string([]byte{byte(r)}), len(s) - len(rest)
		}
		if strings.HasPrefix(s, `\u`) && len(s) >= pair && json.Unmarshal([]byte(`"`+s[:pair]+`"`), &plain) == nil {
			return plain, pair
		}
		return "", max(1, cut)
	}
	if cut > 0 {
		return "", cut
	}
	return s[:1], 1
}

// letterOfEntity reports whether an HTML entity can have a character between its & and
// its semicolon.
func letterOfEntity(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '#'
}
