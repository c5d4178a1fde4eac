package config

import (
	"path/filepath"
	"slices"
	"strconv"

	"rollcall/config/spelling"
)

// HooksKey is the key of the hooks.
const HooksKey = "hooks"

// HookEvents are the events that a hook can be told of: that a profile has become urgent
// or fine, that its account or token is another than before, and that one fault keeps
// several profiles from being asked.
func HookEvents() []string { return []string{"now", "soon", "fine", "changed", "incident"} }

// Hook is a program that is told of events.
type Hook struct {
	// On are the events that it is told of, each once.
	On []string
	// Run is the argument list, with variables as they are written. The first word is the
	// program.
	Run []string

	// number is its place among those of the file, from 1.
	number int
	// dir is the folder that a path of a program starts from.
	dir string
}

// Name is what it is called where something is said of it: "hook 2 (page.sh)".
func (h Hook) Name() string {
	return "hook " + strconv.Itoa(h.number) + " (" + filepath.Base(h.Run[0]) + ")"
}

// Dir is the folder of its configuration, in which it starts: where the dashboard was opened
// says nothing about a hook.
func (h Hook) Dir() string {
	if dir, err := filepath.Abs(h.dir); err == nil {
		return dir
	}
	return h.dir
}

// Same reports whether another hook is the same program for the same events, wherever it
// stands in the file.
func (h Hook) Same(o Hook) bool {
	return h.dir == o.dir && slices.Equal(h.Run, o.Run) && slices.Equal(h.On, o.On)
}

// Arguments is the argument list with the values of variables in it. The error says why
// the hook must not run.
func (h Hook) Arguments(v Values) ([]string, error) {
	v.bare = true
	args, err := v.arguments(h.Run, h.dir)
	if err != nil {
		return nil, &NotRunError{Command: h.Name(), Err: err}
	}
	return args, nil
}

// hooks reads the hooks. Those that are wrong are reported and left out, and so are all
// of a file that somebody else could have written.
func (t *table) hooks() (all []Hook) {
	for i, one := range t.programs(HooksKey, "the hooks are") {
		if h, ok := one.hook(i + 1); ok {
			all = append(all, h)
		}
	}
	return all
}

// hook reads one of them.
func (t *table) hook(number int) (h Hook, ok bool) {
	wrong := len(t.report.problems)
	h = Hook{On: t.hookEvents(), Run: t.hookRun(), number: number, dir: t.dec.dir}
	t.unknown()
	return h, len(t.report.problems) == wrong
}

// hookEvents reads what a hook is told of.
func (t *table) hookEvents() (on []string) {
	const key = "on"
	words := HookEvents()
	want := `a list of the events to be told of, of ` + list(words) + `, such as ["now", "soon"]`
	if !t.has(key) {
		t.known = append(t.known, key)
		t.missing(key, nil, "on is missing, %s", want)
		return nil
	}
	all, ok := t.texts(key, want)
	if ok && len(all) == 0 {
		t.problem(key, "on must not be empty; it is %s", want)
	}
	for _, word := range all {
		switch {
		case !slices.Contains(words, word):
			t.problem(key, "on must hold %s, not %s%s", list(words), quote(word), spelling.DidYouMean(word, words))
		case slices.Contains(on, word):
			t.problem(key, "on: %s is there twice", word)
		default:
			on = append(on, word)
		}
	}
	return on
}

// hookRun reads the argument list of a hook, which is told of several profiles at once.
func (t *table) hookRun() []string {
	run := t.argumentList(`a list of texts, the first of them a program, such as ["notify-send", "rollcall"]`)
	for _, argument := range run {
		if at := slices.IndexFunc(placeholdersIn(argument), written.known); at >= 0 {
			t.problem("run", "run: a hook is told of several profiles at once, so that {%s} has no value; it reads them from its input, a line of JSON each",
				placeholdersIn(argument)[at].word)
			break
		}
	}
	return run
}
