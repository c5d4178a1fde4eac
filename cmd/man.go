package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rollcall/cmd/roff"
	"rollcall/config/atomicfile"
)

// epochVariable is the time that pages are dated by where that must not be the present
// one: https://reproducible-builds.org/specs/source-date-epoch/.
const epochVariable = "SOURCE_DATE_EPOCH"

func (a *app) manCommand() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "man [COMMAND | PAGE]",
		Short: "Print the manual",
		Long: `Print the manual of all commands as one page for man, or one of its pages; or write
all pages into the folders man1 and man5 of a folder: one for each command, and
rollcall-config(5) about the configuration.

Pages are dated by the day, or by ` + epochVariable + `, with which they are the same
bytes each time.`,
		Example: `  rollcall man | man -l -
  rollcall man status | man -l -
  rollcall man rollcall-config.5 | man -l -
  rollcall man --dir ~/.local/share/man`,
		Args: cobra.MaximumNArgs(2),
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
			for _, p := range manuals(c.Root()) {
				if len(args) == 0 {
					names = append(names, p.file())
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
	c.RunE = run(func(c *cobra.Command, args []string) error {
		date, err := a.manualDate()
		if err != nil {
			return err
		}
		switch {
		case dir != "" && len(args) > 0:
			return usageError(c, fmt.Errorf("--dir writes all pages; leave out %q", args[0]))
		case dir == "-":
			return usageError(c, errors.New("--dir wants the name of a folder; to print the manual, leave it out"))
		case dir != "":
			return a.writeManuals(dir, c.Root(), date)
		case len(args) == 0:
			_, err = fmt.Fprint(a.stdout, a.manual(c.Root(), true, date))
			return err
		}
		var names []string
		for _, p := range manuals(c.Root()) {
			if p.isCalled(strings.Join(args, "-")) {
				_, err = fmt.Fprint(a.stdout, a.page(p, date))
				return err
			}
			names = append(names, p.file())
		}
		return unknownWord("page", strings.Join(args, " "), names)
	})
	c.Flags().StringVar(&dir, "dir", "", "write all pages into the folders man1 and man5 of this `folder`")
	_ = c.MarkFlagDirname("dir")
	return c
}

// manualDate is the day of the pages.
func (a *app) manualDate() (time.Time, error) {
	set := a.getenv(epochVariable)
	if set == "" {
		return a.now(), nil
	}
	seconds, err := strconv.ParseInt(set, 10, 64)
	if err != nil {
		return time.Time{}, configError(fmt.Errorf("%s is %q, which is no number of seconds since 1970; correct it, or unset it", epochVariable, set))
	}
	return time.Unix(seconds, 0), nil
}

// manualPage is a page of the manual: that of a command, or the one of the configuration
// where that is nil.
type manualPage struct{ of *cobra.Command }

// file is the name of its file.
func (p manualPage) file() string {
	if p.of == nil {
		return configManual + ".5"
	}
	return manualName(p.of) + ".1"
}

// isCalled reports whether a name means the page: that of its file, of the command, or of
// the command below rollcall, "config-check".
func (p manualPage) isCalled(name string) bool {
	called := strings.TrimSuffix(p.file(), filepath.Ext(p.file()))
	return slices.Contains([]string{p.file(), called, strings.TrimPrefix(called, "rollcall-")}, name)
}

// folder is the folder of its file.
func (p manualPage) folder() string { return "man" + strings.TrimPrefix(filepath.Ext(p.file()), ".") }

// manuals are all pages.
func manuals(root *cobra.Command) []manualPage {
	return append(manualsBelow(root), manualPage{})
}

func manualsBelow(c *cobra.Command) []manualPage {
	all := []manualPage{{c}}
	for _, sub := range documented(c) {
		all = append(all, manualsBelow(sub)...)
	}
	return all
}

// page is the text of a page.
func (a *app) page(p manualPage, date time.Time) string {
	if p.of == nil {
		return a.configManual(date)
	}
	return a.manual(p.of, false, date)
}

// writeManuals writes all pages into folders of a folder.
func (a *app) writeManuals(dir string, root *cobra.Command, date time.Time) error {
	for _, p := range manuals(root) {
		folder := filepath.Join(dir, p.folder())
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		if err := writePage(filepath.Join(folder, p.file()), a.page(p, date)); err != nil {
			return err
		}
	}
	return nil
}

// pageMode lets everybody read a page.
const pageMode fs.FileMode = 0o644

// writePage puts a page in the place of the one before, for everybody to read.
func writePage(path, page string) error {
	p, err := atomicfile.Create(path, []byte(page), nil)
	if err != nil {
		return err
	}
	defer p.Discard()
	if err := p.Commit(); err != nil {
		return err
	}
	return os.Chmod(path, pageMode)
}

// documented are the commands below one that people are to know.
func documented(c *cobra.Command) (all []*cobra.Command) {
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			all = append(all, sub)
		}
	}
	return all
}

// manualName is the name of a command's page: "rollcall-status".
func manualName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// manual is the page of a command; where whole is set, it holds the pages of all
// commands below.
func (a *app) manual(c *cobra.Command, whole bool, date time.Time) string {
	p := roff.New(manualName(c), 1, date, "rollcall "+a.version)
	p.Section("Name")
	p.Text(manualName(c) + " - " + c.Short)
	p.Section("Synopsis")
	p.Line(c.UseLine(), "")
	if len(documented(c)) > 0 {
		p.Line(c.CommandPath(), "command")
	}
	p.Section("Description")
	p.Text(description(c))
	if subs := documented(c); len(subs) > 0 {
		p.Section("Commands")
		for _, sub := range subs {
			manualOf(p, sub, whole)
		}
	}
	if c.HasAvailableFlags() {
		p.Section("Options")
		manualFlags(p, c.Flags())
	}
	if c.HasExample() {
		p.Section("Examples")
		p.Lines(c.Example)
	}
	manualRest(p, c)
	p.Section("See also")
	for parent := c.Parent(); parent != nil; parent = parent.Parent() {
		p.Line(manualName(parent)+"(1)", "")
	}
	p.Line(configManual+"(5)", "")
	return p.String()
}

// description is what a command does, at length where that is said.
func description(c *cobra.Command) string {
	if c.Long != "" {
		return c.Long
	}
	return c.Short + "."
}

// manualOf writes of a command in the page of another: all that there is to say where
// whole is set, and of those below it in short.
func manualOf(p *roff.Page, c *cobra.Command, whole bool) {
	use := strings.TrimSuffix(c.UseLine(), " [flags]")
	p.Item(use, "", c.Short+".")
	if !whole {
		return
	}
	p.Within(func() {
		if c.Long != "" {
			p.Text(c.Long)
		}
		manualFlags(p, c.LocalFlags())
		if c.HasExample() {
			p.Lines(c.Example)
		}
		for _, sub := range documented(c) {
			manualOf(p, sub, whole)
		}
	})
}

// manualFlags writes of the options that people are to know.
func manualFlags(p *roff.Page, all *pflag.FlagSet) {
	all.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		p.Item(name, value, usage)
	})
}
