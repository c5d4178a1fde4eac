package cmd

import (
	"fmt"
	"path"
	"strings"
)

// shell is the language of a shell. It implements pflag.Value.
type shell string

const (
	shellSh         shell = "sh"
	shellFish       shell = "fish"
	shellPowerShell shell = "powershell"
)

func (s *shell) String() string { return string(*s) }

// Type is what the help calls the value.
func (s *shell) Type() string { return "shell" }

// Set takes one of the known shells.
func (s *shell) Set(name string) error {
	switch known := shell(name); known {
	case shellSh, shellFish, shellPowerShell:
		*s = known
		return nil
	}
	return fmt.Errorf("%q is not a shell that is known here; use sh (bash, zsh and dash too), fish or powershell", name)
}

// userShell is the shell that the person uses, as far as the environment
// tells. Windows sets no SHELL, but its Unix shells do.
func userShell(goos string, getenv func(string) string) shell {
	program := getenv("SHELL")
	switch strings.TrimSuffix(path.Base(strings.ReplaceAll(program, `\`, "/")), ".exe") {
	case "fish":
		return shellFish
	case "pwsh", "powershell":
		return shellPowerShell
	}
	if program == "" && goos == "windows" {
		return shellPowerShell
	}
	return shellSh
}

// set is the line that gives a variable to the programs of the shell. The
// value is one line; whatever else is in it stands for itself.
func (s shell) set(name, value string) string {
	switch s {
	case shellFish:
		return "set -gx " + name + " '" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "'"
	case shellPowerShell:
		return "$env:" + name + " = '" + powerShellQuotes.Replace(value) + "'"
	}
	return "export " + name + "='" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}

// powerShellQuotes doubles all that PowerShell takes for a single quote.
var powerShellQuotes = strings.NewReplacer(
	"'", "''", "\u2018", "\u2018\u2018", "\u2019", "\u2019\u2019", "\u201a", "\u201a\u201a", "\u201b", "\u201b\u201b")

// hide is the line that keeps a variable from the programs of the shell. In fish
// one that is set for all sessions cannot be kept from them without erasing it
// everywhere: it is empty in this one instead.
func (s shell) hide(name string) string {
	if s == shellFish {
		return "set -eg " + name + "; set -qU " + name + "; and set -gx " + name + "; or true"
	}
	return s.unset(name)
}

// unset is the line that takes back set and hide, whether or not the variable is
// there. fish takes a variable that is not there for a failure.
func (s shell) unset(name string) string {
	switch s {
	case shellFish:
		return "set -eg " + name + "; or true"
	case shellPowerShell:
		return "Remove-Item Env:" + name + " -ErrorAction SilentlyContinue"
	}
	return "unset " + name
}

// use is what to type so that the shell runs the lines of a command.
func (s shell) use(command string) string {
	switch s {
	case shellFish:
		return command + " | source"
	case shellPowerShell:
		return command + " | Out-String | Invoke-Expression"
	}
	return `eval "$(` + command + `)"`
}
