package cmd

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// How the library says what is wrong with a command line.
var (
	excluded   = regexp.MustCompile(`^if any flags in the group \[.*\] are set none of the others can be; \[(.*)\] were all set$`)
	noCommand  = regexp.MustCompile(`^unknown command ("(?:[^"\\]|\\.)*") for `)
	wrongCount = regexp.MustCompile(`^(?:accepts|requires) `)
)

// usageError is an error in how a command was called, in plain words.
func usageError(c *cobra.Command, err error) *exitError {
	text := err.Error()
	invalid, isInvalid := errors.AsType[*pflag.InvalidValueError](err)
	group, unknown := excluded.FindStringSubmatch(text), noCommand.FindStringSubmatch(text)
	switch {
	case isInvalid:
		err = fmt.Errorf("--%s: %w", invalid.GetFlag().Name, plainValueError(invalid))
	case group != nil:
		err = fmt.Errorf("--%s cannot be used together; leave out all but one", strings.Join(strings.Fields(group[1]), " and --"))
	case unknown != nil && c.HasAvailableSubCommands():
		err = unknownCommand(c, unknown[1])
	case unknown != nil || wrongCount.MatchString(text):
		err = fmt.Errorf("write it as: %s", c.UseLine())
	}
	return &exitError{exitUsage, fmt.Errorf("%w\nRun '%s --help' for how to use it", err, c.CommandPath())}
}

// plainValueError says what is wrong with the value of a flag. The kinds of
// flags that are the library's own speak of how they are read.
func plainValueError(e *pflag.InvalidValueError) error {
	number, ok := errors.AsType[*strconv.NumError](e)
	if !ok {
		return e.Unwrap()
	}
	if number.Func == "ParseBool" {
		return fmt.Errorf("%q is neither true nor false", e.GetValue())
	}
	return fmt.Errorf("%q is not a whole number that can be used here", e.GetValue())
}

// unknownCommand names the command that is near to a quoted word.
func unknownCommand(c *cobra.Command, quoted string) error {
	word, err := strconv.Unquote(quoted)
	if err != nil {
		word = quoted
	}
	if near := nearCommand(c, word); near != "" {
		return fmt.Errorf("there is no command %q; did you mean %q?", word, near)
	}
	return fmt.Errorf("there is no command %q", word)
}

// nearCommand is the name of the command that is near to a word; empty where none
// is.
func nearCommand(c *cobra.Command, word string) string {
	c.SuggestionsMinimumDistance = 2
	if near := c.SuggestionsFor(word); len(near) > 0 {
		return near[0]
	}
	return ""
}

// strictly has the two commands that the library adds refuse words that they do
// not know, instead of printing their help as if all were well.
func strictly(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Run, c.RunE = nil, run(func(c *cobra.Command, args []string) error {
				of, _, err := root.Find(args)
				if err != nil {
					return usageError(root, err)
				}
				of.InitDefaultHelpFlag()
				return of.Help()
			})
		case "completion":
			c.Args = cobra.ArbitraryArgs
			c.RunE = run(func(c *cobra.Command, args []string) error {
				if len(args) > 0 {
					return usageError(c, fmt.Errorf("there is no completion for %q; choose bash, zsh, fish or powershell", args[0]))
				}
				return c.Help()
			})
		}
	}
}

// asksJSON reports whether a command line asks for JSON, in which case its
// errors are JSON, too: also where it is so wrong that it cannot be read.
func asksJSON(args []string) (yes bool) {
	for i, arg := range args {
		value, is := "", false
		switch {
		case arg == "--":
			return yes
		case arg == "-o", arg == "--output":
			if i+1 < len(args) {
				value, is = args[i+1], true
			}
		case strings.HasPrefix(arg, "--output="):
			value, is = strings.TrimPrefix(arg, "--output="), true
		case strings.HasPrefix(arg, "-o"):
			value, is = strings.TrimPrefix(arg[2:], "="), true
		}
		if is {
			yes = value == string(formatJSON)
		}
	}
	return yes
}
