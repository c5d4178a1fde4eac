package cmd

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/muesli/roff"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"rollcall/config/atomicfile"
)

func (a *app) manCommand() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "man",
		Short: "Print the manual",
		Long: `Print the manual of all commands as one page for man, or write one page for
each command into a folder.`,
		Example: `  rollcall man | man -l -
  rollcall man --dir ~/.local/share/man/man1`,
		Args: cobra.NoArgs,
		RunE: run(func(c *cobra.Command, _ []string) error {
			if dir == "" {
				_, err := fmt.Fprint(a.stdout, a.manual(c.Root(), true))
				return err
			}
			return a.writeManuals(dir, c.Root())
		}),
	}
	c.Flags().StringVar(&dir, "dir", "", "write one page for each command into this `folder`")
	_ = c.MarkFlagDirname("dir")
	return c
}

// writeManuals writes a page for the command and one for each below it.
func (a *app) writeManuals(dir string, c *cobra.Command) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	path := filepath.Join(dir, manualName(c)+".1")
	if err := writePage(path, a.manual(c, false)); err != nil {
		return err
	}
	for _, sub := range documented(c) {
		if err := a.writeManuals(dir, sub); err != nil {
			return err
		}
	}
	return nil
}

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
	return os.Chmod(path, 0o644)
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

// manualSections stand in every page.
var manualSections = [][2]string{
	{"Exit status", `0: nothing is wrong; warnings count as nothing wrong unless --strict is given.
1: a profile is bad for certain, or answers --fail-on.
2: bad usage or configuration.
3: a profile could not be checked.
130: interrupted.`},
	{"Queries", `The filter of the dashboard, --select and --fail-on take terms, all of which must hold:
WORD: a name, label, tag, service, user, e-mail address, organization or state has it.
ok, warn, fail; now, soon, waiting, fine, snoozed, off; the name of a state; changed: those.
FIELD:VALUE,VALUE: the field is one of these; a tag, a service and words from a list as a whole, others by a part.
ends<14d, since>1h, left<10%, checked>1h, changed<1d: a comparison, with <, <=, > or >=.
!TERM: the opposite. "TWO WORDS": kept together.`},
	{"Environment", `ROLLCALL_CONFIG: the configuration, unless --config names it.
ROLLCALL_PROFILE: the profile to take where none is named.
ROLLCALL_ACCESSIBLE: set to 1 for the dashboard in plain lines.
NO_COLOR, CLICOLOR, CLICOLOR_FORCE: whether the output has colors; the first wins.`},
	{"Files", `~/.config/rollcall/config.toml: the profiles.
~/.local/state/rollcall: the last answers, the active profile, and who is snoozed; never a secret.`},
}

// manual is the page of a command; where whole is set, it holds the pages of all
// commands below.
func (a *app) manual(c *cobra.Command, whole bool) string {
	p := page{roff.NewDocument()}
	p.Heading(1, manualName(c), "rollcall "+a.version, a.now())
	p.Section("Name")
	p.text(manualName(c) + " - " + c.Short)
	p.Section("Synopsis")
	p.TextBold(p.escape(c.UseLine()))
	if len(documented(c)) > 0 {
		p.Paragraph()
		p.TextBold(p.escape(c.CommandPath()))
		p.text(" ")
		p.TextItalic("command")
	}
	p.Section("Description")
	p.paragraphs(description(c))
	if subs := documented(c); len(subs) > 0 {
		p.Section("Commands")
		for _, sub := range subs {
			p.command(sub, whole)
		}
	}
	if c.HasAvailableFlags() {
		p.Section("Options")
		p.flags(c.Flags())
	}
	if c.HasExample() {
		p.Section("Examples")
		p.lines(c.Example)
	}
	for _, s := range manualSections {
		p.Section(s[0])
		p.lines(s[1])
	}
	if c.HasParent() {
		p.Section("See also")
		p.TextBold(manualName(c.Parent()))
		p.text("(1)")
	}
	return p.String() + "\n"
}

// description is what a command does, at length where that is said.
func description(c *cobra.Command) string {
	if c.Long != "" {
		return c.Long
	}
	return c.Short + "."
}

// page is a page of the manual. It mends two things of the document: the document
// reads a text as a format, and writes hyphens that cannot be copied into a shell.
type page struct{ *roff.Document }

func (page) escape(s string) string { return strings.ReplaceAll(s, "%", "%%") }

// text writes words of a paragraph.
func (p page) text(s string) { p.Text(p.escape(s)) }

// paragraphs writes text that has an empty line between paragraphs; other ends
// of lines mean nothing.
func (p page) paragraphs(s string) {
	for i, paragraph := range strings.Split(s, "\n\n") {
		if i > 0 {
			p.Paragraph()
		}
		if strings.HasPrefix(paragraph, "  1  ") {
			// In a list, the further lines of a point are indented.
			p.lines(strings.ReplaceAll(paragraph, "\n     ", " "))
			continue
		}
		p.text(strings.TrimSpace(strings.ReplaceAll(paragraph, "\n", " ")))
	}
}

// lines writes lines that stay lines: one that begins with a space does.
func (p page) lines(s string) {
	for line := range strings.SplitSeq(s, "\n") {
		p.text("  " + strings.TrimSpace(line))
		p.EndSection()
	}
}

// command writes of a command in the page of another: all that there is to say
// where whole is set, and of those below it in short.
func (p page) command(c *cobra.Command, whole bool) {
	p.TaggedParagraph(-1)
	p.TextBold(p.escape(strings.TrimSuffix(c.UseLine(), " [flags]")))
	p.EndSection()
	if !whole {
		p.text(c.Short + ".")
		return
	}
	p.Indent(-1)
	p.paragraphs(description(c))
	p.flags(c.LocalFlags())
	if c.HasExample() {
		p.Paragraph()
		p.lines(c.Example)
	}
	for _, sub := range documented(c) {
		p.command(sub, whole)
	}
	p.IndentEnd()
}

// flags writes of the options that people are to know.
func (p page) flags(all *pflag.FlagSet) {
	all.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		p.TaggedParagraph(-1)
		p.TextBold(name)
		if value != "" {
			p.text(" ")
			p.TextItalic(p.escape(value))
		}
		p.EndSection()
		p.text(usage)
	})
}

// String is the page with every hyphen one that can be searched for and
// copied, and with no line drawn out or broken within a word.
func (p page) String() string {
	lines := strings.Split(p.Document.String(), "\n")
	lines[0] += "\n.nh\n.ad l"
	for i, l := range lines {
		if !strings.HasPrefix(l, ".") {
			lines[i] = strings.ReplaceAll(l, "-", `\-`)
		}
	}
	return strings.Join(lines, "\n")
}
