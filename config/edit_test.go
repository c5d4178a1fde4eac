package config

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"rollcall/config/credential"
)

func TestEdits(t *testing.T) {
	t.Parallel()
	const two = "[profiles.a]\nprovider = 'x'\n\n[profiles.b]\nprovider = 'y'\n"
	set := func(profile, key string, value any) func([]byte) ([]byte, error) {
		return func(b []byte) ([]byte, error) { return setProfileKey(b, profile, setting{key, value}) }
	}
	unset := func(profile, key string) func([]byte) ([]byte, error) {
		return func(b []byte) ([]byte, error) { return unsetProfileKey(b, profile, key) }
	}
	top := func(key string, value any) func([]byte) ([]byte, error) {
		return func(b []byte) ([]byte, error) { return setKey(b, setting{key, value}) }
	}
	add := func(b []byte) ([]byte, error) {
		return addProfile(b, "my job", setting{"provider", "katapult"}, setting{"token", credential.Keyring("job")})
	}
	const added = "[profiles.\"my job\"]\nprovider = \"katapult\"\ntoken    = { keyring = \"rollcall/job\" }"
	rename := func(b []byte) ([]byte, error) { return renameProfile(b, "a", "c d") }
	duplicate := func(b []byte) ([]byte, error) { return duplicateProfile(b, "a", "c") }
	remove := func(b []byte) ([]byte, error) { return removeProfile(b, "a") }
	move := func(b []byte) ([]byte, error) { return moveProfile(b, "a", 1) }
	tests := []struct {
		name, before string
		edit         func([]byte) ([]byte, error)
		want         string
	}{
		{"add to nothing", "", add, added + "\n"},
		{"add", "a = 1 \n\n\n", add, "a = 1 \n\n" + added + "\n\n\n"},
		{"add without a last line break", "\ufeffa = 1\r\nb = 2", add,
			"\ufeffa = 1\r\nb = 2\r\n\r\n" + strings.ReplaceAll(added, "\n", "\r\n")},
		{"remove the first", two, remove, "[profiles.b]\nprovider = 'y'\n"},
		{"remove the last", "[ui]\n\n\n# a\n[profiles.a]\nx = 1\n# in a\n\n# not in a\n", remove, "[ui]\n\n# not in a\n"},
		{"remove the default", "default_profile = \"a\" # why\n\n" + two, remove, "[profiles.b]\nprovider = 'y'\n"},
		{"remove below a title", "# title\n\n[profiles.a]\n[profiles.b]\n", remove, "# title\n\n[profiles.b]\n"},
		{"remove all parts", "[profiles.a.token]\nenv = 'A'\n[profiles.b]\n[profiles.a]\nx = 1\n[ui]\n", remove, "[profiles.b]\n[ui]\n"},
		{"remove the only", "[profiles.a]\nx = 1\n", remove, ""},
		{"remove an inline one", "[profiles]\na = { x = 1 } # a\nb = {}\n", remove, "[profiles]\nb = {}\n"},
		{"rename", "default_profile = 'a'\n[profiles.a]\n[profiles . 'a'.token]\n[profiles]\n", rename,
			"default_profile = 'c d'\n[profiles.\"c d\"]\n[profiles . 'c d'.token]\n[profiles]\n"},
		{"rename a dotted one", "profiles.a.x = 1\nprofiles.a.y.z = 'a'\n", rename, "profiles.\"c d\".x = 1\nprofiles.\"c d\".y.z = 'a'\n"},
		{"rename an escaped one", "[profiles.\"\\u0061\"]\n", rename, "[profiles.\"c d\"]\n"},
		{"duplicate", "\n# a\n[profiles.a] # b\nx = 1\n[profiles.a.token]\nenv = 'A'\n\n[ui]\n", duplicate,
			"\n# a\n[profiles.a] # b\nx = 1\n[profiles.a.token]\nenv = 'A'\n\n# a\n[profiles.c] # b\nx = 1\n[profiles.c.token]\nenv = 'A'\n\n[ui]\n"},
		{"duplicate a dotted one", "[profiles]\na.x = 1\na.y = 2", duplicate, "[profiles]\na.x = 1\na.y = 2\nc.x = 1\nc.y = 2"},
		{"move", "\n# a\n[profiles.a]\nx = 1\n\n# title\n\n[profiles.b]\ny = 1\n# b", move,
			"\n[profiles.b]\ny = 1\n# b\n\n# title\n\n# a\n[profiles.a]\nx = 1"},
		{"move around another table", "[profiles.a]\n[ui]\n[profiles.b]\n[profiles.b.token]\n", move,
			"[profiles.b]\n[profiles.b.token]\n[ui]\n[profiles.a]\n"},
		{"move a dotted one", "profiles.a.x = 1\nprofiles.b.y = 1\n", move, "profiles.b.y = 1\nprofiles.a.x = 1\n"},
		{"move the last", "[profiles.a]\n", move, "[profiles.a]\n"},
		{"create", two, set("a", "label", "x\ty"), "[profiles.a]\nprovider = 'x'\nlabel = \"x\\ty\"\n\n[profiles.b]\nprovider = 'y'\n"},
		{"create in line", "[profiles.a]\n  provider    = 'x' # c\n  x           = 1\n  # tags\n", set("a", "tags", []string{"b", "c"}),
			"[profiles.a]\n  provider    = 'x' # c\n  x           = 1\n  tags        = [\"b\", \"c\"]\n  # tags\n"},
		{"create without space", "[profiles.a]\nx=1", set("a", "disabled", true), "[profiles.a]\nx=1\ndisabled=true"},
		{"create in an empty one", "[profiles.a]\n[ui]\n", set("a", "disabled", true), "[profiles.a]\ndisabled = true\n[ui]\n"},
		{"create below sub-tables", "# t\n[profiles.a.token]\nenv = 'A'\n", set("a", "label", "x"),
			"[profiles.a]\nlabel = \"x\"\n\n# t\n[profiles.a.token]\nenv = 'A'\n"},
		{"create dotted", "[profiles]\n'a'.x = 1\nb.x = 1\n", set("a", "label", "x"), "[profiles]\n'a'.x = 1\n'a'.label = \"x\"\nb.x = 1\n"},
		{"create inline", "[profiles]\na = { x = 1 } # c\n", set("a", "label", "x"), "[profiles]\na = { x = 1, label = \"x\" } # c\n"},
		{"replace", "[profiles.a]\nx  =  'it' # c\n", set("a", "x", "is"), "[profiles.a]\nx  =  'is' # c\n"},
		{"replace by the same", "[profiles.a]\nx = [ 'a',\n'b' ]\n", set("a", "x", []string{"a", "b"}), "[profiles.a]\nx = [ 'a',\n'b' ]\n"},
		{"replace what quotes cannot hold", "[profiles.a]\nx = 'it'\n", set("a", "x", "it's"), "[profiles.a]\nx = \"it's\"\n"},
		{"replace long text", "[profiles.a]\nx = \"\"\"\na\n\"\"\"\n", set("a", "x", "b"), "[profiles.a]\nx = \"\"\"b\"\"\"\n"},
		{"replace a literal", "[profiles.a]\ntoken = \"s3cret\" # c\n", set("a", "token", credential.Keyring("x/y")),
			"[profiles.a]\ntoken = { keyring = \"x/y\" } # c\n"},
		{"replace dotted keys", "[profiles.a]\ntoken.env  =  'A' # c\nx = 1\ntoken.file = 'b'\n", set("a", "token", credential.Env("B")),
			"[profiles.a]\ntoken  =  { env = \"B\" } # c\nx = 1\n"},
		{"replace in a table of its own", "[profiles.a]\nx = 1\n# t\n[profiles.a.token]\nenv = 'A' # c\n", set("a", "token", credential.Command("p", "q")),
			"[profiles.a]\nx = 1\n# t\n[profiles.a.token]\ncommand = [\"p\", \"q\"] # c\n"},
		{"replace a table of its own", "[profiles.a]\nx = 1\n# t\n[profiles.a.token]\nenv = 'A' # c\n", set("a", "token", "t"),
			"[profiles.a]\nx = 1\ntoken = \"t\"\n"},
		{"remove a key", "[profiles.a]\n# why\nx = 1 # c\ny = 2\n", unset("a", "x"), "[profiles.a]\n# why\ny = 2\n"},
		{"remove a key between blank lines", "[profiles.a]\n\nx = 1\n\ny = 2\n", unset("a", "x"), "[profiles.a]\n\ny = 2\n"},
		{"remove a list", "[profiles.a]\nx = [\n 1,\n]\ny = '''\n'''", unset("a", "y"), "[profiles.a]\nx = [\n 1,\n]"},
		{"remove an entry", "profiles.a = { x = 1, y = 2, z = 3 }\n", unset("a", "y"), "profiles.a = { x = 1, z = 3 }\n"},
		{"remove the first entry", "profiles.a = { x = 1, y = 2 }\n", unset("a", "x"), "profiles.a = { y = 2 }\n"},
		{"remove the only entry", "profiles.a = { x = 1 }\n", unset("a", "x"), "profiles.a = { }\n"},
		{"remove what is not there", two, unset("a", "x"), two},
		{"set at the top", "# c\n\n# a\n[profiles.a]\n", top("default_profile", "a"), "# c\n\ndefault_profile = \"a\"\n\n# a\n[profiles.a]\n"},
		{"set below others", "a = 1\n\n[profiles.a]\n", top("default_profile", "a"), "a = 1\ndefault_profile = \"a\"\n\n[profiles.a]\n"},
		{"set alone", "# c", top("default_profile", "a"), "# c\ndefault_profile = \"a\""},
	}
	for _, test := range tests {
		got, err := test.edit([]byte(test.before))
		if string(got) != test.want || err != nil {
			t.Errorf("%s: %v\n%q\n%q", test.name, err, got, test.want)
		}
	}
}

// An edit that cannot be made says why.
func TestRefusedEdits(t *testing.T) {
	t.Parallel()
	const one = "[profiles.work]\nprovider = 'x'\n"
	tests := []struct {
		name, before string
		edit         func([]byte) ([]byte, error)
		want         string
	}{
		{"not TOML", "\na = b\n", func(b []byte) ([]byte, error) { return removeProfile(b, "a") },
			`line 2: a value is missing here, or is text without quotes; write key = "text"; mend that first`},
		{"unknown", one, func(b []byte) ([]byte, error) { return removeProfile(b, "wrok") },
			`there is no profile "wrok"; did you mean "work"?`},
		{"taken", one, func(b []byte) ([]byte, error) { return addProfile(b, "work") }, `there is a profile "work" already`},
		{"wrong name", one, func(b []byte) ([]byte, error) { return renameProfile(b, "work", "-x") },
			`a profile's name must not begin with "-", or a command would take it for an option`},
		{"no table", "profiles.a = 1\n", func(b []byte) ([]byte, error) { return removeProfile(b, "a") },
			`the profile "a" is not a table; mend that first`},
		{"one inline table", "profiles = { a = {} }\n", func(b []byte) ([]byte, error) { return addProfile(b, "b") }, errInline.Error()},
		{"secret", one, func(b []byte) ([]byte, error) {
			return setProfileKey(b, "work", setting{"token", credential.Literal("s3cret")})
		},
			"a secret is not written into the configuration; keep it in the keyring, in a file or in a variable"},
		{"type", one, func(b []byte) ([]byte, error) { return setProfileKey(b, "work", setting{"tags", 3.5}) },
			"a value of type float64 has no place in a configuration"},
		{"table at the top", one, func(b []byte) ([]byte, error) { return setKey(b, setting{"profiles", "x"}) },
			"profiles is a table, and not set as a whole"},
		{"no table at the top", one, func(b []byte) ([]byte, error) { return unsetKey(b, "profiles") },
			"profiles is a table, and not removed as a whole"},
		{"different forms", "profiles.a.x = 1\n[profiles.b]\n", func(b []byte) ([]byte, error) { return moveProfile(b, "a", 1) }, errMove.Error()},
		{"comment within", "[profiles]\na = { x = 1, # x\n y = 2 }\n",
			func(b []byte) ([]byte, error) { return unsetProfileKey(b, "a", "x") }, errUnsafe.Error()},
		{"two byte order marks", "\ufeff\ufeff" + one, func(b []byte) ([]byte, error) { return removeProfile(b, "work") },
			"this file cannot be taken apart; edit it by hand"},
	}
	for _, test := range tests {
		got, err := test.edit([]byte(test.before))
		if got != nil || err == nil || err.Error() != test.want {
			t.Errorf("%s: %q, %v", test.name, got, err)
		}
	}
}

// What is taken back leaves alone what was changed since, or is refused.
func TestUndo(t *testing.T) {
	t.Parallel()
	const before, after = "a = 1\n\n[profiles.x]\nb = 1\n\n[profiles.y]\nc = 1\n", "a = 1\n\n[profiles.y]\nc = 1\n"
	for now, want := range map[string]string{
		after:                                        before,
		"a = 2\n\n[profiles.y]\nc = 1\n":             "a = 2\n\n[profiles.x]\nb = 1\n\n[profiles.y]\nc = 1\n",
		"a = 1\n\n[profiles.y]\nc = 1\nd = 1\n":      "a = 1\n\n[profiles.x]\nb = 1\n\n[profiles.y]\nc = 1\nd = 1\n",
		"a = 1\n\n[profiles.x]\n[profiles.y]\nc=1\n": "",
		"a = 1\n\n[profiles.z]\nc = 1\n":             "",
		"a = 1\n\n[profiles.y\n":                     "",
	} {
		got, err := Undo([]byte(before), []byte(after))([]byte(now))
		if string(got) != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", now, got, err)
		}
	}
}

// FuzzEdit makes edits one after the other, and compares what each text says
// with the one before it, without the help of the code that makes the edits.
func FuzzEdit(f *testing.F) {
	for _, data := range corpus(f) {
		f.Add(data, []byte("\x00\x11\x22\x33\x44\x55\x66\x77\x88\x09"))
	}
	f.Fuzz(func(t *testing.T, data, steps []byte) {
		if len(data) > 4<<10 {
			return
		}
		for _, step := range steps[:min(len(steps), 8)] {
			was := bytes.Clone(data)
			after, profile, key, err := fuzzStep(data, step)
			if !bytes.Equal(was, data) {
				t.Fatalf("the edit changed its own input %q", was)
			}
			if err != nil {
				if after != nil {
					t.Fatalf("%v, and a text", err)
				}
				continue
			}
			before, now := others(t, data, profile, key), others(t, after, profile, key)
			if !reflect.DeepEqual(before, now) {
				t.Fatalf("%d %q %s:\n%q\n%q\n%v\n%v", step, profile, key, data, after, before, now)
			}
			if back, err := Undo(data, after)(after); err != nil || !bytes.Equal(back, data) {
				t.Fatalf("taken back: %q, %v, not %q", back, err, data)
			}
			data = after
		}
	})
}

// fuzzStep makes one edit, of the profile and key that it returns.
func fuzzStep(data []byte, step byte) (after []byte, profile, key string, err error) {
	names := []string{"a"}
	if _, order, err := contents(bytes.TrimPrefix(data, []byte(byteOrderMark))); err == nil && len(order) > 0 {
		names = order
	}
	profile = names[int(step>>4)%len(names)]
	key = []string{"token", "label", "x y"}[int(step>>4)%3]
	switch step & 7 {
	case 0:
		after, err = addProfile(data, "new", setting{key, "x"})
		profile = "new"
	case 1:
		after, err = removeProfile(data, profile)
	case 2:
		after, err = renameProfile(data, profile, "new")
	case 3:
		after, err = duplicateProfile(data, profile, "new")
	case 4:
		after, err = moveProfile(data, profile, int(step>>4)%5-2)
	case 5:
		value := []any{"it's", credential.Env("A"), []string{"#", "\""}, false}[int(step>>4)%4]
		after, err = setProfileKey(data, profile, setting{key, value})
	case 6:
		after, err = unsetProfileKey(data, profile, key)
	case 7:
		profile, key = "", "label"
		after, err = setKey(data, setting{key, "x"})
	}
	return after, profile, key, err
}

// others is what a text says beside one profile, a new one, the default one
// and a key at the top.
func others(t *testing.T, data []byte, profile, key string) map[string]any {
	var root map[string]any
	if _, err := toml.Decode(strings.TrimPrefix(string(data), byteOrderMark), &root); err != nil {
		t.Fatalf("not TOML any more: %v\n%q", err, data)
	}
	delete(root, "default_profile")
	if profile == "" {
		delete(root, key)
	}
	if profiles, ok := root["profiles"].(map[string]any); ok {
		maps.DeleteFunc(profiles, func(name string, _ any) bool { return slices.Contains([]string{profile, "new"}, name) })
		if len(profiles) == 0 {
			delete(root, "profiles")
		}
	}
	for name, value := range root {
		root[name] = fmt.Sprintf("%#v", value) // One NaN is as good as another.
	}
	return root
}

// The edits, of a text.

func setKey(b []byte, s setting) ([]byte, error) {
	return edit(b, func(r *document) error { return r.set(nil, s) })
}

func unsetKey(b []byte, key string) ([]byte, error) {
	return edit(b, func(r *document) error { return r.unset(nil, key) })
}

func setProfileKey(b []byte, name string, s setting) ([]byte, error) {
	return edit(b, func(r *document) error { return r.setProfile(name, s) })
}

func unsetProfileKey(b []byte, name, key string) ([]byte, error) {
	return edit(b, func(r *document) error { return r.unsetProfile(name, key) })
}

func addProfile(b []byte, name string, settings ...setting) ([]byte, error) {
	return edit(b, func(r *document) error { return r.add(name, settings) })
}

func removeProfile(b []byte, name string) ([]byte, error) {
	return edit(b, func(r *document) error { return r.remove(name) })
}

func renameProfile(b []byte, name, to string) ([]byte, error) {
	return edit(b, func(r *document) error { return r.rename(name, to) })
}

func duplicateProfile(b []byte, name, to string) ([]byte, error) {
	return edit(b, func(r *document) error { return r.duplicate(name, to) })
}

func moveProfile(b []byte, name string, by int) ([]byte, error) {
	return edit(b, func(r *document) error { return r.move(name, by) })
}
