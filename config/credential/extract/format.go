package extract

import (
	"errors"
	"strings"
)

// The formats, by the names that a configuration has for them.
const (
	JSON  = "json"
	YAML  = "yaml"
	TOML  = "toml"
	INI   = "ini"
	Netrc = "netrc"
	NPMRC = "npmrc"
)

// Formats are all of them.
func Formats() []string { return []string{JSON, YAML, TOML, INI, Netrc, NPMRC} }

// Example is the path of a place in such a file; empty for a format that there is not.
func Example(format string) string {
	switch format {
	case JSON, TOML:
		return "$.token"
	case YAML:
		return "$['github.com'].oauth_token"
	case INI:
		return "default.token"
	case Netrc:
		return "api.example.org"
	case NPMRC:
		return "//registry.npmjs.org/:_authToken"
	}
	return ""
}

// What can be wrong with the text of a file. None of them quotes it.
var (
	// ErrMalformed says that the text is not written in the format.
	ErrMalformed = errors.New("it is not well formed")
	// ErrTwice says that a key is there twice, of which either could count.
	ErrTwice = errors.New("it has a key twice")
	// ErrDocuments says that the text has several documents, of which each could count.
	ErrDocuments = errors.New("it has several documents")
	// ErrNoText says that something is at the place, but no text.
	ErrNoText = errors.New("there is no text there")
	// ErrDeep says that what is in the text is nested too deep.
	ErrDeep = errors.New("it is nested too deep")
)

// trimMark takes away the byte order mark that editors of Windows put before a text.
func trimMark(data []byte) []byte {
	return []byte(strings.TrimPrefix(string(data), "\ufeff"))
}
