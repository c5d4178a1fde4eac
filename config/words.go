package config

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rollcall/config/spelling"
)

// ParseDuration reads a duration as the file has it: "1w2d12h".
func ParseDuration(s string) (time.Duration, error) { return spelling.Duration(s) }

// quote shows what a file holds as part of a message.
func quote(s string) string { return spelling.Quote(s) }

// shown is how a key appears in a message: as it is, or quoted where TOML
// would have it quoted.
func shown(key string) string {
	bare := func(r rune) bool {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_' || r == '-'
	}
	if key == "" || len(key) > spelling.MaxShown || strings.ContainsFunc(key, func(r rune) bool { return !bare(r) }) {
		return quote(key)
	}
	return key
}

// readable reports whether a text can be shown as it is: it has no line break,
// control character or mark that turns the direction of writing.
func readable(s string) bool {
	return !hasControl(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.Is(unicode.Bidi_Control, r)
	})
}

// hasControl reports whether a text has a line break or control character.
func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == '\u2028' || r == '\u2029'
	})
}

// list writes words as "a, b or c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// wrongTag says what is wrong with a tag, and what to write; empty for nothing.
func wrongTag(tag string) string {
	switch {
	case !utf8.ValidString(tag):
		return "a tag must be text in UTF-8"
	case len(SplitTags(tag)) == 0 || !readable(tag):
		return "a tag must not be empty, or have line breaks or control characters in it"
	case strings.Contains(tag, ","):
		// Commas separate tags in metrics, and the values of a query.
		var each []string
		for _, one := range SplitTags(tag) {
			each = append(each, quote(one))
		}
		return "a tag must not have a comma in it, which separates tags; in place of " + quote(tag) + " write " + strings.Join(each, ", ")
	}
	return ""
}

// The keys of a place in a file that holds more than the secret.
const (
	formatKey = "format"
	pathKey   = "path"
)

// viewsKey is the table of the saved views.
const viewsKey = "views"

// schemaKey names the JSON Schema of a file for editors; rollcall makes no use of it.
const schemaKey = "$schema"
