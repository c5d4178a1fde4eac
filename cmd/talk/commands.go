package talk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// command is what a person can type.
type command struct {
	// name is the word, short what can be typed in place of it, argument what stands
	// behind it.
	name, short, argument string
	// help says in a line what the command does.
	help string
	do   func(c *Conversation, ctx context.Context, argument string) []string
}

// commands are all that there are, those first that are needed most.
func commands() []command {
	return []command{
		{"fix", "", "NUMBER", "does what its state asks for: a new token, a login, a pin, the editor, a page, a command, another check", about((*Conversation).fix)},
		{"list", "l", "[all|WORDS]", "tells who needs you; all, or those that a word such as fine, soon, fail or tag:prod asks for", (*Conversation).listCommand},
		{"show", "", "NUMBER", "tells everything of one; so does its number alone", looked((*Conversation).account)},
		{"snooze", "", "NUMBER TIME [NOTE]", "has it not called for 7d, or until 2026-12-24; snooze NUMBER off ends that", (*Conversation).snoozeCommand},
		{"rotate", "", "NUMBER", "puts a new secret in place of the present one, once it is proven and you say yes", about((*Conversation).rotate)},
		{"login", "", "NUMBER", "stores its secret in the keyring of the system, or in the file that it has", about((*Conversation).login)},
		{"check", "r", "[NUMBER]", "checks one, or all, now", (*Conversation).refreshCommand},
		{"undo", "", "", "takes the last change back", func(c *Conversation, ctx context.Context, _ string) []string { return c.undo(ctx) }},
		{"open", "", "NUMBER", "shows its page in the browser", about(func(c *Conversation, ctx context.Context, i int) []string { return c.openPage(ctx, i, false) })},
		{"use", "u", "NUMBER", "makes it the active profile", looked((*Conversation).makeActive)},
		{"pin", "", "NUMBER", "ties it to the user who answers now", about((*Conversation).pin)},
		{"edit", "", "NUMBER", "opens the configuration at it in your editor", about((*Conversation).edit)},
		{"import", "", "[NUMBERS]", "tells which accounts this machine has; import 1 3-5 or import all makes profiles of them", (*Conversation).importCommand},
		{"filter", "f", "[WORDS]", "keeps the list to what answers all WORDS, such as ends<14d or !ok; filter alone ends that", func(c *Conversation, _ context.Context, words string) []string { return c.narrow(words) }},
		{"sort", "", "[ORDER]", "lists in the order of " + strings.Join(orderNames(), ", "), func(c *Conversation, _ context.Context, by string) []string { return c.sort(by) }},
		{"views", "", "", "tells which saved views there are", plain((*Conversation).views)},
		{"view", "", "[NAME]", "keeps the list to a saved view, in its order; view alone ends that", func(c *Conversation, _ context.Context, name string) []string { return c.view(name) }},
		{"keep view", "", "NAME", "saves what the list is kept to, and its order, as a view", func(c *Conversation, ctx context.Context, name string) []string { return c.keepView(ctx, name) }},
		{"rename view", "", "NAME to NEW", "gives a saved view another name", func(c *Conversation, ctx context.Context, words string) []string { return c.renameView(ctx, words) }},
		{"remove view", "", "NAME", "takes a saved view out of the configuration", func(c *Conversation, ctx context.Context, name string) []string { return c.removeView(ctx, name) }},
		{"history", "", "NUMBER", "tells of its checks, the newest first", looked((*Conversation).history)},
		{"changes", "", "[NUMBER]", "tells what changed at the services", (*Conversation).changesCommand},
		{"timeline", "", "", "tells which tokens end, the next first", plain((*Conversation).timeline)},
		{"people", "", "", "tells whom several profiles belong to", plain((*Conversation).people)},
		{"person", "", "NUMBER", "tells what each profile of one of the people has", func(c *Conversation, _ context.Context, which string) []string { return c.person(which) }},
		{"problems", "p", "", "tells what is wrong with the configuration", plain((*Conversation).problems)},
		{"help", "?", "[COMMAND]", "says this", (*Conversation).helpCommand},
		{"quit", "q", "", "leaves", func(c *Conversation, _ context.Context, _ string) []string { c.over = true; return nil }},
	}
}

// synonyms are other words for commands.
func synonyms() map[string]string {
	return map[string]string{"h": "help", "exit": "quit", "refresh": "check"}
}

// plain is a command without an argument.
func plain(tell func(*Conversation) []string) func(*Conversation, context.Context, string) []string {
	return func(c *Conversation, _ context.Context, _ string) []string { return tell(c) }
}

// looked is a command about a profile that waits for nothing, about one that may.
func looked(do func(*Conversation, int) []string) func(*Conversation, context.Context, string) []string {
	return about(func(c *Conversation, _ context.Context, i int) []string { return do(c, i) })
}

func about(do func(*Conversation, context.Context, int) []string) func(*Conversation, context.Context, string) []string {
	return func(c *Conversation, ctx context.Context, name string) []string {
		if i := c.find(name); i >= 0 {
			return do(c, ctx, i)
		}
		return []string{noProfile(name, len(c.profiles))}
	}
}

// find is the profile of a number or name; negative for none.
func (c *Conversation) find(text string) int {
	if i := c.index(text); i >= 0 {
		return i
	}
	if n, err := strconv.Atoi(strings.TrimSuffix(text, ".")); err == nil && n >= 1 && n <= len(c.profiles) {
		return n - 1
	}
	for i := range c.profiles {
		if c.name(i) == text {
			return i
		}
	}
	return -1
}

// do does what a line says, and gives the answer.
func (c *Conversation) do(ctx context.Context, line string) []string {
	line = strings.TrimSpace(line)
	word, rest, _ := strings.Cut(line, " ")
	if line == "" {
		return nil
	}
	if known, rest, ok := twoWords(line); ok {
		return known.do(c, ctx, rest)
	}
	if known, ok := commandNamed(word); ok {
		return known.do(c, ctx, strings.TrimSpace(rest))
	}
	if i := c.find(line); i >= 0 {
		return c.account(i)
	}
	if c.means(line) {
		return c.listOf(line)
	}
	known := slices.Concat(commandNames(), c.Words.Urgencies)
	for i := range c.profiles {
		known = append(known, c.name(i))
	}
	return []string{sentences(unknownSentence(line, len(c.profiles)), didYouMean(word, known), "Type ? for help.")}
}

// means reports whether a word has a meaning in the filter, so that it alone asks
// for a list.
func (c *Conversation) means(word string) bool {
	word = strings.ReplaceAll(strings.ToLower(word), " ", "_")
	return slices.Contains(slices.Concat(c.Words.Urgencies, c.Words.Severities, c.Words.States), word)
}

func commandNamed(word string) (command, bool) {
	word = strings.ToLower(word)
	if full, ok := synonyms()[word]; ok {
		word = full
	}
	all := commands()
	at := slices.IndexFunc(all, func(k command) bool { return k.name == word || k.short == word })
	if at < 0 {
		return command{}, false
	}
	return all[at], true
}

// twoWords is the command whose name is the first two words of a line, and the rest
// of it.
func twoWords(line string) (k command, rest string, ok bool) {
	first, rest, _ := strings.Cut(line, " ")
	second, rest, _ := strings.Cut(strings.TrimSpace(rest), " ")
	k, ok = commandNamed(first + " " + second)
	return k, strings.TrimSpace(rest), ok
}

func commandNames() (names []string) {
	for _, k := range commands() {
		names = append(names, k.name)
	}
	return names
}

func (c *Conversation) listCommand(_ context.Context, what string) []string {
	if what == "" {
		return c.list()
	}
	return c.listOf(what)
}

func (c *Conversation) refreshCommand(ctx context.Context, which string) []string {
	if which == "" {
		return c.refreshAll()
	}
	return looked((*Conversation).refreshOne)(c, ctx, which)
}

func (c *Conversation) changesCommand(ctx context.Context, which string) []string {
	if which == "" {
		return c.changes(-1)
	}
	return looked((*Conversation).changes)(c, ctx, which)
}

func (c *Conversation) snoozeCommand(_ context.Context, argument string) []string {
	name, rest, _ := strings.Cut(argument, " ")
	if i := c.find(name); i >= 0 {
		return c.snooze(i, strings.TrimSpace(rest))
	}
	return []string{noProfile(name, len(c.profiles))}
}

// helpCommand tells of a command, or of all.
func (c *Conversation) helpCommand(_ context.Context, word string) []string {
	if word != "" {
		k, ok := commandNamed(word)
		if !ok {
			return []string{sentences(fmt.Sprintf("There is no command %q.", word), didYouMean(word, commandNames()))}
		}
		return []string{k.line()}
	}
	var lines []string
	for _, k := range commands() {
		lines = append(lines, k.line())
	}
	return append(lines, "What changes is told when it happens.")
}

// line says how a command is typed, and what it does.
func (k command) line() string {
	usage := strings.TrimSpace(k.name + " " + k.argument)
	if k.short != "" {
		usage += ", or " + k.short
	}
	return usage + ": " + k.help + "."
}
