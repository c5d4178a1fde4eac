package redacttest

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
)

// Echo is a way in which a service or a log writes a text that it was sent.
type Echo struct {
	Name  string
	Write func(string) string
}

// Echoes are all ways that are to be found.
func Echoes() []Echo {
	echoes := []Echo{
		{"raw", func(s string) string { return s }},
		{"upper case", strings.ToUpper},
		{"JSON", func(s string) string { text, _ := json.Marshal(s); return string(text) }},
		{"JSON, slashes escaped", func(s string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "/", `\/`).Replace(s) }},
		{"JSON, characters by number", byBytes(`\u%04x`)},
		{"query", url.QueryEscape},
		{"path", url.PathEscape},
		{"percent", byBytes("%%%02X")},
		{"HTML", html.EscapeString},
		{"HTML, characters by number", byBytes("&#%d;")},
		{"hexadecimal", func(s string) string { return hex.EncodeToString([]byte(s)) }},
		{"hexadecimal, upper case", byBytes("%02X")},
		{"base64 with a user name", func(s string) string { return base64.StdEncoding.EncodeToString([]byte("sam:" + s)) }},
	}
	for shift := range 3 {
		before := strings.Repeat("x", shift)
		echoes = append(echoes,
			Echo{fmt.Sprint("base64, shifted by ", shift), func(s string) string { return base64.StdEncoding.EncodeToString([]byte(before + s)) }},
			Echo{fmt.Sprint("base64url, shifted by ", shift), func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(before + s)) }})
	}
	for name, by := range map[string]string{
		"zero width": "\u200b", "a soft hyphen": "\u00ad", "a joiner": "\u2060", "an override": "\u202e", "a separator": "\u2028", "null": "\x00",
	} {
		echoes = append(echoes, Echo{"split by " + name, func(s string) string { return strings.Join(strings.Split(s, ""), by) }})
	}
	return echoes
}

// byBytes writes each byte of a text in a format.
func byBytes(format string) func(string) string {
	return func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			fmt.Fprintf(&b, format, c)
		}
		return b.String()
	}
}
