package cmd

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"rollcall/config"
	"rollcall/plainfile"
)

// withPlainNames is the text of an error in which the names of files and folders have no
// line breaks of their own: what follows one would be taken for a line of rollcall's.
// These names are those in the error and those that the person, or whoever started
// rollcall for them, has given.
func (c *console) withPlainNames(err error, text string) string {
	if !strings.ContainsFunc(text, unicode.IsControl) {
		return text
	}
	names := slices.Concat(namesIn(err), os.Args[1:])
	for _, variable := range c.environ {
		_, value, _ := strings.Cut(variable, "=")
		names = append(names, value)
	}
	if dir, err := os.Getwd(); err == nil {
		names = append(names, dir)
	}
	hidden := func(name string) bool {
		return strings.TrimSpace(name) != "" && strings.ContainsFunc(name, unicode.IsControl)
	}
	names = slices.DeleteFunc(names, func(name string) bool { return !hidden(name) })
	// Other files may be told of that are in the folders of these.
	for _, name := range slices.Clone(names) {
		for dir := filepath.Dir(name); hidden(dir); dir = filepath.Dir(dir) {
			names = append(names, dir)
		}
	}
	// The longest first: a folder is a part of the path of its files.
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	for _, name := range names {
		plain := strconv.Quote(name)
		text = strings.ReplaceAll(text, name, plain[1:len(plain)-1])
	}
	return text
}

// namesIn are the names of files in an error and in those that it wraps.
func namesIn(err error) (names []string) {
	switch e := err.(type) {
	case nil:
		return nil
	case *fs.PathError:
		names = []string{e.Path}
	case *os.LinkError:
		names = []string{e.Old, e.New}
	case *exec.Error:
		names = []string{e.Name}
	case *plainfile.Error:
		names = []string{e.Path}
	case *config.Problem:
		names = []string{e.File}
	case config.Problem:
		names = []string{e.File}
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		names = append(names, namesIn(e.Unwrap())...)
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			names = append(names, namesIn(one)...)
		}
	}
	return names
}
