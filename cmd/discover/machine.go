package discover

import (
	"path/filepath"
	"strings"

	"rollcall/config"
)

// Machine is what may be looked at to find accounts.
type Machine struct {
	Getenv func(string) string
	// Environ has all variables as NAME=value, for those whose names tell more than
	// which tool they are of.
	Environ []string
	// GOOS is the system, by the name that Go has for it.
	GOOS string
	// Home is the folder of the person; empty where there is none.
	Home string
	// LookPath finds a program; nil where none is to be found.
	LookPath func(program string) (path string, err error)
}

// has reports whether a program is there.
func (m Machine) has(program string) bool {
	if m.LookPath == nil {
		return false
	}
	_, err := m.LookPath(program)
	return err == nil
}

// Find is an account that the machine has.
type Find struct {
	// Name tells it from all others, for people who choose it on a command line:
	// "gh:github.com", "env:GITHUB_TOKEN".
	Name string
	// Tool is the one that keeps it.
	Tool string
	// Where says in which variable or file it is, for people.
	Where string
	// Also are the names of the other places of the same secret for the same service.
	Also []string
	// Draft is the profile that refers to it, under a name to begin with.
	Draft config.Draft
	// Problem says in a sentence why no profile can refer to it, and what to
	// do; empty where one can.
	Problem string
}

// tool is one that keeps accounts on a machine.
type tool interface {
	look(Machine) []Find
	places() []string
}

// expand makes a path of one that is written for all machines; it is empty where
// this one has no such place. "linux:", "darwin:" and "windows:" stand before a path
// that one system has; "~/" is the home folder, and a leading "$NAME" a variable.
func (m Machine) expand(path string) string {
	if system, rest, ok := strings.Cut(path, ":"); ok && !strings.Contains(system, "/") && len(system) > 1 {
		if system != m.GOOS {
			return ""
		}
		path = rest
	}
	switch {
	case strings.HasPrefix(path, "~/"):
		// Without a home, the path would start from the working folder.
		if m.Home == "" {
			return ""
		}
		return filepath.Join(m.Home, path[2:])
	case strings.HasPrefix(path, "$"):
		name, rest, _ := strings.Cut(path[1:], "/")
		folder := m.Getenv(name)
		// What begins so is ignored unless it is a whole path, says the XDG specification.
		if folder == "" || strings.HasPrefix(name, "XDG_") && !filepath.IsAbs(folder) {
			return ""
		}
		return filepath.Join(folder, rest)
	}
	return filepath.FromSlash(path)
}

// written is a path as a configuration has it: as short as it can be, and good in
// another home, too.
func (m Machine) written(path string) string {
	if m.Home != "" {
		if rest, err := filepath.Rel(m.Home, path); err == nil && filepath.IsLocal(rest) {
			return "~/" + filepath.ToSlash(rest)
		}
	}
	return path
}

// opened is a path of a configuration as it can be opened.
func (m Machine) opened(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok && m.Home != "" {
		return filepath.Join(m.Home, filepath.FromSlash(rest))
	}
	return path
}
