package cmd

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"rollcall/client/account"
	"rollcall/client/insight"
	"rollcall/client/service"
	"rollcall/client/service/declared"
	"rollcall/plainfile/documenttest"
)

const documents = "../.github/docs/"

// TestDocumentOfCommands holds the reference of commands to the commands.
func TestDocumentOfCommands(t *testing.T) {
	var b strings.Builder
	root := manualApp().rootCommand()
	b.WriteString("| command | |\n| --- | --- |\n")
	for _, c := range commandsBelow(root) {
		fmt.Fprintf(&b, "| [`%s`](#%s) | %s |\n", c.CommandPath(), strings.ReplaceAll(c.CommandPath(), " ", "-"), c.Short)
	}
	b.WriteString("\n")
	for _, c := range commandsBelow(root) {
		fmt.Fprintf(&b, "### %s\n\n%s\n\n```\n%s\n```\n\n", c.CommandPath(), paragraphs(description(c)), c.UseLine())
		if c.HasExample() {
			fmt.Fprintf(&b, "```sh\n%s\n```\n\n", unindented(c.Example))
		}
		b.WriteString(flagTable(c.LocalNonPersistentFlags()))
	}
	documenttest.Part(t, documents+"commands.md", "exit statuses", exitTable(), *update)
	documenttest.Part(t, documents+"commands.md", "everywhere", flagTable(root.PersistentFlags()), *update)
	documenttest.Part(t, documents+"commands.md", "commands", b.String(), *update)
}

// exitTable has the exit statuses that the pages of the manual have.
func exitTable() string {
	var b strings.Builder
	b.WriteString("| exit status | when |\n| --- | --- |\n")
	row := func(status, when string) {
		fmt.Fprintf(&b, "| %s | %s |\n", status, codeInWords.ReplaceAllString(when, "`$1$2`"))
	}
	for _, f := range exitStatuses {
		row(f.word, f.text)
	}
	for _, f := range ownStatuses[execName] {
		row(f.word+" of `exec`", f.text)
	}
	return b.String()
}

// codeInWords is a command or a flag in a sentence.
var codeInWords = regexp.MustCompile(`'([^']+)'|(--[a-z-]+)`)

// paragraphs are those of a text for the terminal, whose lists stay lists.
func paragraphs(text string) string {
	all := strings.Split(text, "\n\n")
	for i, p := range all {
		if strings.HasPrefix(p, "  ") || strings.HasPrefix(p, "\t") {
			all[i] = "```\n" + p + "\n```"
			continue
		}
		all[i] = strings.NewReplacer("<", "&lt;", "*", `\*`, "_", `\_`).Replace(p)
	}
	return strings.Join(all, "\n\n")
}

// explained is an example with what it does in words behind it, as the help has it.
var explained = regexp.MustCompile(`^(\S.*?\S)( {2,})(?:\.{3} )?([^#].*)$`)

// unindented are lines without the spaces that stand before all examples, and with a
// mark of a comment before words.
func unindented(text string) string {
	var all []string
	for line := range strings.SplitSeq(text, "\n") {
		all = append(all, explained.ReplaceAllString(strings.TrimPrefix(line, "  "), "$1$2# $3"))
	}
	return strings.Join(all, "\n")
}

func flagTable(flags *pflag.FlagSet) string {
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + "`, `" + name
		}
		if value != "" && !strings.Contains(value, " ") {
			name += " " + strings.ToUpper(value)
		}
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, strings.ReplaceAll(usage, "|", `\|`))
	})
	if b.Len() == 0 {
		return ""
	}
	return "| flag | |\n| --- | --- |\n" + b.String() + "\n"
}

// TestDocumentOfStates holds the reference of states to the states.
func TestDocumentOfStates(t *testing.T) {
	var b strings.Builder
	b.WriteString("| state | word | severity | says of the token | exit status |\n| --- | --- | --- | --- | --- |\n")
	for _, s := range account.States() {
		says := "nothing"
		switch {
		case s.Judges() && s.Severity() == account.SeverityFail:
			says = "refused"
		case s.Judges():
			says = "accepted"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %d |\n", s, s.Word(), s.Severity(), says, stateStatus(s))
	}
	documenttest.Part(t, documents+"states.md", "states", b.String(), *update)

	documenttest.Table(t, documents+"states.md", "states", words(account.States()))
	documenttest.Table(t, documents+"states.md", "urgencies", words(insight.Urgencies()))
}

func words[T ~string](all []T) (texts []string) {
	for _, one := range all {
		texts = append(texts, string(one))
	}
	return texts
}

// TestDocumentOfServices holds the reference of services to the catalog, and that of
// descriptions to the keys that are read.
func TestDocumentOfServices(t *testing.T) {
	var b strings.Builder
	b.WriteString("| `provider` | service | address | a profile takes besides | its tools read |\n| --- | --- | --- | --- | --- |\n")
	all := builtIn()
	for _, s := range all.catalog() {
		i := s.Info()
		name := "`" + i.Name + "`"
		if i.Alias != "" {
			name += ", `" + i.Alias + "`"
		}
		address := "`base_url`, required"
		if i.DefaultURL != "" {
			address = "`" + i.DefaultURL + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", name, i.Title, address, wants(s), inCode(all.VariableNames(i.Name), " "))
	}
	documenttest.Part(t, documents+"services.md", "services", b.String(), *update)

	_, faults := declared.New("x", map[string]any{"no_such_key": true})
	i := slices.IndexFunc(faults, func(f declared.Fault) bool { return f.Written == "no_such_key" })
	if i < 0 {
		t.Fatalf("no fault tells of an unknown key: %v", faults)
	}
	documenttest.Table(t, documents+"services.md", "description", faults[i].Known)
}

// wants is what a profile of a service needs or can have beside a token.
func wants(s service.Service) string {
	p := provider(s)
	var all []string
	if p.Basic {
		all = append(all, "`username` and `password` instead of a token")
	}
	if p.UserToken {
		all = append(all, "`username` beside the token")
	}
	if p.SecondToken {
		all = append(all, "`second_token`")
	}
	for _, part := range p.Parts {
		one := "`" + part.Name + "`"
		if len(part.Allowed) > 0 {
			one += ": " + inCode(part.Allowed, " or ")
		}
		all = append(all, one)
	}
	return strings.Join(all, ", ")
}

func inCode(words []string, between string) string {
	var all []string
	for _, w := range words {
		all = append(all, "`"+w+"`")
	}
	return strings.Join(all, between)
}

// TestDocumentIndex lists every document with its title and first paragraph.
func TestDocumentIndex(t *testing.T) {
	files, err := filepath.Glob(documents + "*.md")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, path := range files {
		name := filepath.Base(path)
		if name == "README.md" {
			continue
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		title, rest, _ := strings.Cut(strings.TrimPrefix(string(data), "# "), "\n")
		first, _, _ := strings.Cut(strings.TrimSpace(rest), "\n\n")
		first, _, _ = strings.Cut(strings.Join(strings.Fields(first), " "), ". ")
		fmt.Fprintf(&b, "* [%s](%s): %s\n", title, name, strings.TrimRight(first, ".:"))
	}
	documenttest.Part(t, documents+"README.md", "documents", b.String(), *update)
}
