package config

import (
	"slices"
	"strconv"
	"strings"

	"rollcall/config/spelling"
)

// CommandsKey is the key of the commands of the person's own.
const CommandsKey = "commands"

// commandExample is what run has to be.
const commandExample = `a list of texts, the first of them a program, such as ["terraform", "plan"]`

// keepScreen is the value of screen that runs a command behind it.
const keepScreen = "keep"

// commands reads the person's own commands. Those that are wrong are reported and left
// out, and so are all of a file that somebody else could have written.
func (t *table) commands(keys map[string][]string) (all []Command) {
	for _, one := range t.programs(CommandsKey, "the commands are") {
		one.dec.keys = keys
		if c, ok := one.command(all); ok {
			all = append(all, c)
		}
	}
	return all
}

// programs are the tables of a key that say what is to be run; none, with a problem, of
// a file that somebody else could have written. The subject begins the sentence of that:
// "the hooks are".
func (t *table) programs(key, subject string) (all []*table) {
	t.known = append(t.known, key)
	raw, there := t.values[key]
	if !there {
		return nil
	}
	list, ok := tables(raw)
	if !ok {
		t.problem(key, "%s must be a list of tables: [[%s]]", key, key)
		return nil
	}
	if why, command := untrusted(t.dec.file, t.dec.version); why != "" {
		t.problemAt(key, subject+" not run, since "+why+" and could have them run anything", "Run: "+command, command)
		return nil
	}
	within := *t.dec
	within.positions = locateElements(t.dec.data)
	for i, values := range list {
		all = append(all, &table{dec: &within, path: append(below(t.path, key), strconv.Itoa(i)), values: values, report: t.report})
	}
	return all
}

// tables are those of a list, written each under a heading or all in one line.
func tables(raw any) (list []map[string]any, ok bool) {
	if list, ok = raw.([]map[string]any); ok {
		return list, true
	}
	values, ok := raw.([]any)
	for _, v := range values {
		one, is := v.(map[string]any)
		list, ok = append(list, one), ok && is
	}
	return list, ok
}

// command reads one of them, beside those before it.
func (t *table) command(before []Command) (c Command, ok bool) {
	wrong := len(t.report.problems)
	c.dir = t.dec.dir
	c.Name = t.commandName(before)
	c.Key, _ = t.text("key", "ctrl+t")
	if other := slices.IndexFunc(before, func(b Command) bool { return c.Key != "" && b.Key == c.Key }); other >= 0 {
		t.problem("key", "key: %s is the key of the command %s already; give this one another", quote(c.Key), before[other].Name)
	}
	c.Run = t.commandRun()
	c.Credential = t.boolean("credential", false)
	screen, _ := t.oneOf("screen", keepScreen)
	c.Keep = screen == keepScreen
	t.unknown()
	ok = len(t.report.problems) == wrong
	if why := t.cannotHave(c.Key); why != "" {
		// Without a key it runs from the palette.
		t.problem("key", "key: %s", why)
		c.Key = ""
	}
	return c, ok
}

// cannotHave says why a command cannot have a key; empty where it can.
func (t *table) cannotHave(key string) string {
	if key == "" || t.dec.services.CommandKey == nil {
		return ""
	}
	return t.dec.services.CommandKey(key, t.dec.keys)
}

// commandName reads what a command is called, which no other command and no action is.
func (t *table) commandName(before []Command) string {
	const example = "plan"
	if !t.has("name") {
		t.known = append(t.known, "name")
		t.missing("name", nil, "name is missing; write name = %q", example)
		return ""
	}
	name, ok := t.text("name", example)
	switch {
	case !ok:
	case strings.TrimSpace(name) != name || strings.HasPrefix(name, "-"):
		t.problem("name", `name must not begin or end with a space, nor begin with "-"`)
	case slices.ContainsFunc(before, func(b Command) bool { return b.Name == name }):
		t.problem("name", "there is a command %s already; give this one another name", quote(name))
	case slices.Contains(Actions(), name):
		t.problem("name", "%s is the name of an action of the dashboard; give the command another", quote(name))
	}
	return name
}

// commandRun reads the argument list of a command.
func (t *table) commandRun() []string {
	run := t.argumentList(commandExample)
	if len(run) > 0 && len(placeholdersIn(run[0])) > 0 {
		t.problem("run", "the program must not be a placeholder, since what a service sends would decide what runs")
	}
	if wrong := scriptProblem(run); wrong != "" {
		t.problem("run", "run: %s", wrong)
	}
	for _, argument := range run {
		for _, p := range placeholdersIn(argument) {
			if p.known() || p.sign == '@' {
				continue
			}
			t.problem("run", "run: there is no placeholder {%s}%s; there are {profile}, {user} and {url}, and braces with a space in them stay as they are",
				p.word, spelling.DidYouMean(p.word, placeholderWords()))
		}
	}
	return run
}

// argumentList reads what is to be run; want says what it must be.
func (t *table) argumentList(want string) []string {
	if !t.has("run") {
		t.known = append(t.known, "run")
		t.missing("run", nil, "run is missing, %s", want)
		return nil
	}
	run, ok := t.texts("run", want)
	switch {
	case !ok:
		return nil
	case len(run) == 0 || strings.TrimSpace(run[0]) == "":
		t.problem("run", "run must not be empty; it is %s", want)
		return nil
	case slices.ContainsFunc(run, hasNUL) || !readable(run[0]):
		t.problem("run", "run must not have control characters in the program, nor a NUL in any argument")
	}
	return run
}

func hasNUL(s string) bool { return strings.ContainsRune(s, 0) }
