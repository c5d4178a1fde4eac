package config

import (
	"errors"
	"slices"
	"testing"
)

func TestHooks(t *testing.T) {
	t.Parallel()
	c, err := Parse("/etc/rollcall/c.toml", []byte(`
[[hooks]]
on  = ["now", "soon"]
run = ["./page.sh", "$TOPIC", '{"text": "{word}"}']
[[hooks]]
on  = ["changed"]
run = ["notify-send", "rollcall"]
`+goodProfile), testProviders())
	if err != nil || len(c.Problems) > 0 || len(c.Hooks) != 2 {
		t.Fatalf("%v, %v, %+v", err, c.Problems, c.Hooks)
	}
	h := c.Hooks[0]
	if !slices.Equal(h.On, []string{"now", "soon"}) || h.Name() != "hook 1 (page.sh)" || c.Hooks[1].Name() != "hook 2 (notify-send)" {
		t.Errorf("%+v, %q, %q", h, h.Name(), c.Hooks[1].Name())
	}
	set := map[string]string{"TOPIC": "ops", "TOKEN": "s3cret", "OPTION": "-x"}
	v := Values{Secrets: []string{"TOKEN"}, Variable: func(name string) (string, bool) { value, ok := set[name]; return value, ok }}
	if args, err := h.Arguments(v); err != nil || !slices.Equal(args, []string{"/etc/rollcall/page.sh", "ops", `{"text": "{word}"}`}) {
		t.Errorf("%q, %v", args, err)
	}
	for argument, want := range map[string]string{
		"$TOKEN":  "hook 1 (page.sh) is not run: $TOKEN holds a secret of a profile, and a hook gets none of them",
		"$OPTION": "hook 1 (page.sh) is not run: $OPTION begins with -, so that the program could take it for an option",
		"$NONE":   "hook 1 (page.sh) is not run: the variable NONE is not set",
	} {
		h.Run = []string{"./page.sh", argument}
		if args, err := h.Arguments(v); err == nil || err.Error() != want {
			t.Errorf("%q, %v, want %q", args, err, want)
		}
		if _, err := h.Arguments(v); !isNotRun(err) {
			t.Errorf("%T", err)
		}
	}
}

func isNotRun(err error) bool {
	_, ok := errors.AsType[*NotRunError](err)
	return ok
}

// TestSameHook knows a hook again that has only moved.
func TestSameHook(t *testing.T) {
	t.Parallel()
	h := Hook{On: []string{"now"}, Run: []string{"x"}, number: 1, dir: "/a"}
	for _, o := range []struct {
		Hook
		same bool
	}{
		{Hook{On: []string{"now"}, Run: []string{"x"}, number: 2, dir: "/a"}, true},
		{Hook{On: []string{"now"}, Run: []string{"x", "y"}, number: 1, dir: "/a"}, false},
		{Hook{On: []string{"soon"}, Run: []string{"x"}, number: 1, dir: "/a"}, false},
		{Hook{On: []string{"now"}, Run: []string{"x"}, number: 1, dir: "/b"}, false},
	} {
		if h.Same(o.Hook) != o.same {
			t.Errorf("%+v", o)
		}
	}
}

func TestWrongHooks(t *testing.T) {
	t.Parallel()
	const on = "on = ['now']\n"
	for name, tt := range map[string]struct{ text, want string }{
		"no list":          {"hooks = 'x'", `1: hooks must be a list of tables: [[hooks]]`},
		"a table":          {"[hooks]\non = ['now']", `1: hooks must be a list of tables: [[hooks]]`},
		"no events":        {"[[hooks]]\nrun = ['x']", `1: on is missing, a list of the events to be told of, of now, soon, fine, changed or incident, such as ["now", "soon"]`},
		"a word":           {"[[hooks]]\non = 'now'\nrun = ['x']", `2: on must be a list of the events to be told of, of now, soon, fine, changed or incident, such as ["now", "soon"]`},
		"of nothing":       {"[[hooks]]\non = []\nrun = ['x']", `2: on must not be empty; it is a list of the events to be told of, of now, soon, fine, changed or incident, such as ["now", "soon"]`},
		"unknown event":    {"[[hooks]]\non = ['now', 'chanegd']\nrun = ['x']", `2: on must hold now, soon, fine, changed or incident, not "chanegd"; did you mean "changed"?`},
		"an urgency":       {"[[hooks]]\non = ['snoozed']\nrun = ['x']", `2: on must hold now, soon, fine, changed or incident, not "snoozed"`},
		"twice":            {"[[hooks]]\non = ['now', 'now']\nrun = ['x']", `2: on: now is there twice`},
		"no run":           {"[[hooks]]\n" + on, `1: run is missing, a list of texts, the first of them a program, such as ["notify-send", "rollcall"]`},
		"a line":           {"[[hooks]]\n" + on + "run = 'notify-send x'", `3: run must be a list of texts, the first of them a program, such as ["notify-send", "rollcall"]`},
		"no program":       {"[[hooks]]\n" + on + "run = ['']", `3: run must not be empty; it is a list of texts, the first of them a program, such as ["notify-send", "rollcall"]`},
		"a NUL":            {"[[hooks]]\n" + on + "run = ['x', \"a\\u0000b\"]", `3: run must not have control characters in the program, nor a NUL in any argument`},
		"a placeholder":    {"[[hooks]]\n" + on + "run = ['x', 'a={profile}', '{user}']", `3: run: a hook is told of several profiles at once, so that {profile} has no value; it reads them from its input, a line of JSON each`},
		"unknown key":      {"[[hooks]]\n" + on + "run = ['x']\nenvironment = 'x'", `4: unknown key "environment"`},
		"misspelt key":     {"[[hooks]]\n" + on + "runs = ['x']", `3: unknown key "runs"; did you mean "run"?`},
		"in one line":      {"hooks = [{ on = ['now'], run = ['x'], onn = 'a' }]", `1: unknown key "onn"; did you mean "on"?`},
		"the other list":   {"[[hook]]\n" + on + "run = ['x']", `1: unknown key "hook"; did you mean "hooks"?`},
		"key of a command": {"[[hooks]]\n" + on + "run = ['x']\ncredential = true", `4: unknown key "credential"`},
	} {
		c, err := Parse("c.toml", []byte(tt.text+"\n"), testProviders())
		if err != nil {
			t.Fatal(err)
		}
		if got := messages(c.Problems); len(got) != 1 || got[0] != "c.toml:"+tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
		}
		if len(c.Hooks) > 0 {
			t.Errorf("%s: the hook is there: %+v", name, c.Hooks)
		}
	}
}

// A wrong hook hides no good one.
func TestWrongHookBesideGoodOnes(t *testing.T) {
	t.Parallel()
	c, err := Parse("c.toml", []byte("[[hooks]]\non = ['nwo']\nrun = ['a']\n[[hooks]]\non = ['now']\nrun = ['b']\n"), testProviders())
	if err != nil || len(c.Problems) != 1 || len(c.Hooks) != 1 || c.Hooks[0].Name() != "hook 2 (b)" {
		t.Errorf("%v, %v, %+v", err, messages(c.Problems), c.Hooks)
	}
}
