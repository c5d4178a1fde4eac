package cmd

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"rollcall/client/text"
)

// format is how a command prints its results. It implements pflag.Value, so
// that a wrong one is refused before anything runs.
type format string

const (
	formatTable       format = "table"
	formatText        format = "text"
	formatJSON        format = "json"
	formatOpenMetrics format = "openmetrics"
)

// formatFlag is the -o flag of a command that knows the formats.
type formatFlag struct {
	value format
	known []format
}

func (f *formatFlag) String() string { return string(f.value) }
func (f *formatFlag) Type() string   { return "format" }

func (f *formatFlag) Set(s string) error {
	for _, k := range f.known {
		if s == string(k) {
			f.value = k
			return nil
		}
	}
	return fmt.Errorf("%q is not a format; use %s", s, f.choice())
}

// names are those of the formats.
func (f *formatFlag) names() []string {
	var all []string
	for _, k := range f.known {
		all = append(all, string(k))
	}
	return all
}

// choice names the formats for a sentence.
func (f *formatFlag) choice() string {
	names := f.names()
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// addFormatFlag adds -o to a command; the first format is the default.
func addFormatFlag(c *cobra.Command, known ...format) *formatFlag {
	f := &formatFlag{value: known[0], known: known}
	c.Flags().VarP(f, "output", "o", "print as "+f.choice())
	completeWith(c, "output", f.names()...)
	return f
}

// answer prints a line that is the result of a command.
func (c *console) answer(words string) error {
	_, err := fmt.Fprintln(c.stdout, text.Printable(c.told(words)))
	return err
}

// say prints what was done, as a sentence.
func (c *console) say(done string) error { return c.answer(text.Capitalized(done) + ".") }
