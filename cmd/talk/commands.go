package talk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rollcall/config"
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
		{"mark", "m", "[NUMBERS|all|WORDS]", "marks 1 3-5, all, or those that WORDS find, such as mark fail; alone, it tells which are. Marked stands for them behind a command: check marked", (*Conversation).mark},
		{"unmark", "", "[NUMBERS|WORDS]", "takes marks away, all of them without more words", (*Conversation).unmark},
		{"rotate", "", "[NUMBERS]", "puts new secrets in place of the present ones, one after another, each once it is proven and you say yes; rotate alone goes on with what was left", (*Conversation).rotateCommand},
		{"login", "", "NUMBER", "stores its secret in the keyring of the system, or in the file that it has", about((*Conversation).login)},
		{"check", "r", "[NUMBER]", "checks one, or all, now", (*Conversation).refreshCommand},
		{"ignore wait", "", "NUMBER", "checks one although its service wants no request yet, once you say yes", about((*Conversation).ignoreWait)},
		{"undo", "", "", "takes the last change back", func(c *Conversation, ctx context.Context, _ string) []string { return c.undo(ctx) }},
		{"redo", "", "", "does again what undo took back last", func(c *Conversation, ctx context.Context, _ string) []string { return c.redo(ctx) }},
		{"open", "", "NUMBER", "shows its page in the browser", about(func(c *Conversation, ctx context.Context, i int) []string { return c.openPage(ctx, i, false) })},
		{"use", "u", "NUMBER", "makes it the active profile", only(func(c *Conversation, _ context.Context, i int) []string { return c.makeActive(i) })},
		{"pin", "", "NUMBER", "ties it to the user who answers now", about((*Conversation).pin)},
		{"edit", "", "NUMBER", "opens the configuration at it in your editor", only((*Conversation).edit)},
		{"tag", "", "NUMBER +TAG -TAG", "adds tags and takes tags away; without tags, it tells which there are", (*Conversation).tag},
		{"disable", "", "NUMBER", "switches it off: it stays, and is not checked", switched(config.EditDisable)},
		{"enable", "", "NUMBER", "switches it on again", switched(config.EditEnable)},
		{"remove", "", "NUMBER", "takes it out of the configuration, once you say yes", several((*Conversation).remove)},
		{"copy", "", "NUMBER", "tells its values, each alone on a line: user id, e-mail, page and the like", looked((*Conversation).values)},
		{"export", "", "NUMBER FILE", "writes what is known of it to a new file, as JSON", (*Conversation).export},
		{"shell", "", "NUMBER", "opens a shell with the credential of one; exit leaves it", only((*Conversation).shell)},
		{"run", "", "NAME NUMBER", "runs a command of your own for one, or for several", (*Conversation).runCommand},
		{"commands", "", "", "tells which commands of your own there are", plain((*Conversation).ownCommands)},
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

// looked is a command about profiles that waits for nothing, about one that may. Of
// several it does what there is to do for each, one after the other.
func looked(do func(*Conversation, int) []string) func(*Conversation, context.Context, string) []string {
	return about(func(c *Conversation, _ context.Context, i int) []string { return do(c, i) })
}

func about(do func(*Conversation, context.Context, int) []string) func(*Conversation, context.Context, string) []string {
	return several(func(c *Conversation, ctx context.Context, all []int) (lines []string) {
		for n, i := range all {
			if lines = do(c, ctx, i); ctx.Err() != nil || n == len(all)-1 {
				break
			}
			c.say(lines...)
		}
		return lines
	})
}

// only is a command about one profile and no more.
func only(do func(*Conversation, context.Context, int) []string) func(*Conversation, context.Context, string) []string {
	return several(func(c *Conversation, ctx context.Context, all []int) []string {
		if len(all) > 1 {
			return []string{"That is for one profile alone, not for " + c.names(all) + "."}
		}
		return do(c, ctx, all[0])
	})
}

// several is a command about profiles behind which nothing else stands.
func several(do func(*Conversation, context.Context, []int) []string) func(*Conversation, context.Context, string) []string {
	return func(c *Conversation, ctx context.Context, argument string) []string {
		all, rest, wrong := c.picked(argument)
		switch {
		case wrong != "":
			return []string{wrong}
		case rest != "":
			return []string{noProfile(rest, len(c.profiles))}
		}
		return do(c, ctx, all)
	}
}

// switched has profiles switched off or on.
func switched(kind config.EditKind) func(*Conversation, context.Context, string) []string {
	return several(func(c *Conversation, ctx context.Context, all []int) []string {
		return c.applyAll(ctx, all, config.Edit{Kind: kind})
	})
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

// means reports whether a word says which profiles are meant, by itself or in the filter, so
// that it alone asks for a list.
func (c *Conversation) means(word string) bool {
	word = strings.ReplaceAll(strings.ToLower(word), " ", "_")
	return slices.Contains(slices.Concat([]string{allWord, markedWord}, c.Words.Urgencies, c.Words.Severities, c.Words.States), word)
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
	return several(func(c *Conversation, _ context.Context, all []int) []string { return c.refreshSome(all) })(c, ctx, which)
}

func (c *Conversation) changesCommand(ctx context.Context, which string) []string {
	if which == "" {
		return c.changes(-1)
	}
	return looked((*Conversation).changes)(c, ctx, which)
}

func (c *Conversation) snoozeCommand(ctx context.Context, argument string) []string {
	all, rest, wrong := c.picked(argument)
	if wrong != "" {
		return []string{wrong}
	}
	return c.snooze(ctx, all, rest)
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
	return append(lines, "NUMBER is a number or a name, several such as 1 3-5, marked, or all that the filter leaves.", "What changes is told when it happens.")
}

// line says how a command is typed, and what it does.
func (k command) line() string {
	usage := strings.TrimSpace(k.name + " " + k.argument)
	if k.short != "" {
		usage += ", or " + k.short
	}
	return usage + ": " + k.help + "."
}
