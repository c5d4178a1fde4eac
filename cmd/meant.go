package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// meant is the command that a line was meant for which cannot be read up to its
// name: chosen is then the root, of which no shell expects an answer. Whoever
// meant env or exec is told so as these tell it. What is written before the name
// may have any form, so each word is looked at, and one that is nearly the name
// counts as well: a line that fails where nobody waits for it does no harm.
func meant(chosen *cobra.Command, args []string) *cobra.Command {
	if chosen.HasParent() {
		return chosen
	}
	if i := slices.Index(args, "--"); i >= 0 {
		args = args[:i]
	}
	for _, word := range args {
		for _, c := range chosen.Commands() {
			if c.Name() == word {
				return withShell(c, args)
			}
		}
		if strings.HasPrefix(word, "-") {
			continue
		}
		if near := nearCommand(chosen, word); near == envName || near == execName {
			c, _, _ := chosen.Find([]string{near})
			return withShell(c, args)
		}
	}
	return chosen
}

// withShell is a command with the shell that its arguments name, so far as they can
// be read.
func withShell(c *cobra.Command, args []string) *cobra.Command {
	f := c.Flags().Lookup(shellFlag)
	for i, arg := range args {
		name, value, joined := strings.Cut(arg, "=")
		if f == nil || name != "--"+shellFlag {
			continue
		}
		if !joined && i+1 < len(args) {
			value = args[i+1]
		}
		// One that is not known leaves the shell of the person.
		_ = f.Value.Set(value)
	}
	return c
}
