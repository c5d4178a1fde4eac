// Package library holds the descriptions of services that we ship, a file of TOML
// each. It knows no more of them than their names and texts.
package library

import (
	"embed"
	"strings"
)

//go:embed *.toml
var files embed.FS

// Names are the names of the services, in the order of the alphabet.
func Names() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil // The files are part of the program.
	}
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".toml"))
	}
	return names
}

// Text is the description of a service; ok is false where there is none of that name.
func Text(name string) (text string, ok bool) {
	data, err := files.ReadFile(name + ".toml")
	return string(data), err == nil
}
