package cmd

import (
	"fmt"
	"path"
	"regexp"
	"strings"
)

// shell is the language of a shell. It implements pflag.Value. All lines that it
// makes end with a semicolon, so that they still are as many commands where a
// shell joins them, as in eval $(rollcall env).
type shell string

const (
	shellSh         shell = "sh"
	shellFish       shell = "fish"
	shellPowerShell shell = "powershell"
)

func (s *shell) String() string { return string(*s) }

// Type is what the help calls the value.
func (s *shell) Type() string { return "shell" }

// shellNames are the names that --shell offers.
func shellNames() []string {
	return []string{"sh", "bash", "zsh", "dash", "fish", "powershell", "pwsh"}
}

// languageOf is the language of a shell's program; ok is false where it is none
// that is known.
func languageOf(program string) (s shell, ok bool) {
	name := strings.ToLower(path.Base(strings.ReplaceAll(program, `\`, "/")))
	// A shell of the log-in has a hyphen before its name, as in "$0".
	name = strings.TrimPrefix(name, "-")
	switch strings.TrimSuffix(name, ".exe") {
	case "sh", "bash", "rbash", "zsh", "dash", "ash", "ksh", "mksh", "yash":
		return shellSh, true
	case "fish":
		return shellFish, true
	case "pwsh", "powershell":
		return shellPowerShell, true
	}
	return "", false
}

// Set takes the name of a known shell, or the path of its program, as in
// --shell "$SHELL".
func (s *shell) Set(name string) error {
	known, ok := languageOf(name)
	if !ok {
		return fmt.Errorf("%q is not a shell that is known here; use sh, bash, zsh, dash, fish or powershell", name)
	}
	*s = known
	return nil
}

// userShell is the shell that the person uses, as far as the environment
// tells. Windows sets no SHELL, but its Unix shells do.
func userShell(goos string, getenv func(string) string) shell {
	program := getenv("SHELL")
	if s, ok := languageOf(program); ok {
		return s
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
		return "set -gx " + name + " '" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(value) + "';"
	case shellPowerShell:
		return "$env:" + name + " = '" + powerShellQuotes.Replace(value) + "';"
	}
	value = strings.ReplaceAll(value, "'", `'\''`)
	return "export " + name + "='" + splitBySh.ReplaceAllStringFunc(value, printed) + "';"
}

// splitBySh is what a shell would change in a value of an eval without quotes:
// spaces become one, and a pattern the files that fit it.
var splitBySh = regexp.MustCompile(`  +|[*?[]+`)

// printed has a shell print characters, between two parts of a text in single
// quotes.
func printed(characters string) string {
	var octal strings.Builder
	for _, c := range []byte(characters) {
		fmt.Fprintf(&octal, `\%03o`, c)
	}
	return `'"$(printf '` + octal.String() + `')"'`
}

// powerShellQuotes doubles all that PowerShell takes for a single quote.
var powerShellQuotes = strings.NewReplacer(
	"'", "''", "\u2018", "\u2018\u2018", "\u2019", "\u2019\u2019", "\u201a", "\u201a\u201a", "\u201b", "\u201b\u201b")

// hide is the line that keeps a variable from the programs of the shell. In fish
// one that is set for all sessions cannot be kept from them without erasing it
// everywhere: it is empty in this one instead.
func (s shell) hide(name string) string {
	if s == shellFish {
		return "set -eg " + name + "; set -qU " + name + "; and set -gx " + name + "; or true;"
	}
	return s.unset(name)
}

// unset is the line that takes back set and hide, whether or not the variable is
// there. fish takes a variable that is not there for a failure.
func (s shell) unset(name string) string {
	switch s {
	case shellFish:
		return "set -eg " + name + "; or true;"
	case shellPowerShell:
		return "Remove-Item Env:" + name + " -ErrorAction SilentlyContinue;"
	}
	return "unset " + name + ";"
}

// fail is the line that fails: whoever waits for the shell to have read the lines
// goes no further. It does not end the shell of a person.
func (s shell) fail() string {
	if s == shellPowerShell {
		return "throw 'rollcall env gave nothing';"
	}
	return "false;"
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
