package config

import (
	"slices"
	"strings"
	"testing"
)

func TestCommands(t *testing.T) {
	t.Parallel()
	c, err := Parse("/etc/rollcall/c.toml", []byte(`
[[commands]]
name = "plan"
key = "ctrl+t"
run = ["terraform", "plan"]
credential = true
[[commands]]
name = "my notes"
run = ["./notes.sh", "{user}.md"]
screen = "keep"
`+goodProfile), testProviders())
	if err != nil || len(c.Problems) > 0 || len(c.Commands) != 2 {
		t.Fatalf("%v, %v, %+v", err, c.Problems, c.Commands)
	}
	if p := c.Commands[0]; p.Name != "plan" || p.Key != "ctrl+t" || !slices.Equal(p.Run, []string{"terraform", "plan"}) || !p.Credential || p.Keep {
		t.Errorf("%+v", p)
	}
	if p := c.Commands[1]; p.Name != "my notes" || p.Key != "" || p.Credential || !p.Keep {
		t.Errorf("%+v", p)
	}
}

func TestWrongCommands(t *testing.T) {
	t.Parallel()
	const good = "run = ['x']\n"
	for name, tt := range map[string]struct{ text, want string }{
		"no list":             {"commands = 'x'", `1: commands must be a list of tables: [[commands]]`},
		"a table":             {"[commands]\nname = 'x'", `1: commands must be a list of tables: [[commands]]`},
		"no name":             {"[[commands]]\n" + good, `1: name is missing; write name = "plan"`},
		"empty name":          {"[[commands]]\nname = ''\n" + good, `2: name must not be empty; write a value such as "plan"`},
		"name with a space":   {"[[commands]]\nname = ' x'\n" + good, `2: name must not begin or end with a space, nor begin with "-"`},
		"name of an action":   {"[[commands]]\nname = 'refresh'\n" + good, `2: "refresh" is the name of an action of the dashboard; give the command another`},
		"two of a name":       {"[[commands]]\nname = 'x'\n" + good + "[[commands]]\nname = 'x'\n" + good, `5: there is a command "x" already; give this one another name`},
		"two of a key":        {"[[commands]]\nname = 'x'\nkey = 'f5'\n" + good + "[[commands]]\nname = 'y'\nkey = 'f5'\n" + good, `7: key: "f5" is the key of the command x already; give this one another`},
		"no run":              {"[[commands]]\nname = 'x'\n", `1: run is missing, a list of texts, the first of them a program, such as ["terraform", "plan"]`},
		"a line":              {"[[commands]]\nname = 'x'\nrun = 'terraform plan'\n", `3: run must be a list of texts, the first of them a program, such as ["terraform", "plan"]`},
		"empty run":           {"[[commands]]\nname = 'x'\nrun = []\n", `3: run must not be empty; it is a list of texts, the first of them a program, such as ["terraform", "plan"]`},
		"no program":          {"[[commands]]\nname = 'x'\nrun = ['']\n", `3: run must not be empty; it is a list of texts, the first of them a program, such as ["terraform", "plan"]`},
		"a NUL":               {"[[commands]]\nname = 'x'\nrun = ['x', \"a\\u0000b\"]\n", `3: run must not have control characters in the program, nor a NUL in any argument`},
		"a placeholder":       {"[[commands]]\nname = 'x'\nrun = ['{user}']\n", `3: the program must not be a placeholder, since what a service sends would decide what runs`},
		"part of the program": {"[[commands]]\nname = 'x'\nrun = ['/opt/{profile}/run']\n", `3: the program must not be a placeholder, since what a service sends would decide what runs`},
		"unknown placeholder": {"[[commands]]\nname = 'x'\nrun = ['x', 'a={usr}']\n", `3: run: there is no placeholder {usr}; did you mean "user"?; there are {profile}, {user} and {url}, and braces with a space in them stay as they are`},
		"in a script":         {"[[commands]]\nname = 'x'\nrun = ['sh', '-c', 'echo {user}']\n", `3: run: {user} is in what sh runs, so that what a service sends could run, too; pass it as an argument behind the script: run = ["sh", "-c", 'echo "$1"', "sh", "{user}"]`},
		"unknown key":         {"[[commands]]\nname = 'x'\nkye = 'f5'\n" + good, `3: unknown key "kye"; did you mean "key"?`},
		"screen":              {"[[commands]]\nname = 'x'\nscreen = 'kept'\n" + good, `3: screen must be keep, not "kept"; did you mean "keep"?`},
		"credential":          {"[[commands]]\nname = 'x'\ncredential = 'yes'\n" + good, `3: credential must be true or false, without quotes`},
		"inline":              {"commands = [{ name = 'x', run = ['x'], keyy = 'a' }]", `1: unknown key "keyy"; did you mean "key"?`},
	} {
		c, err := Parse("c.toml", []byte(tt.text+"\n"), testProviders())
		if err != nil {
			t.Fatal(err)
		}
		if got := messages(c.Problems); len(got) != 1 || got[0] != "c.toml:"+tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
		}
		if len(c.Commands) > 1 || len(c.Commands) == 1 && !strings.HasPrefix(name, "two of") {
			t.Errorf("%s: the command is there: %+v", name, c.Commands)
		}
	}
}

// TestCommandKey tells with its line that a command cannot have a key, and keeps it
// without.
func TestCommandKey(t *testing.T) {
	t.Parallel()
	services := testProviders()
	services.CommandKey = func(key string, wishes map[string][]string) string {
		if key == "q" {
			return "it is the key of " + strings.Join(wishes["quit"], "")
		}
		return ""
	}
	c, err := Parse("c.toml", []byte("ui = { keys = { quit = 'Q' } }\n[[commands]]\nname = 'x'\nkey = 'q'\nrun = ['x']\n[[commands]]\nname = 'y'\nkey = 'f5'\nrun = ['y']\n"), services)
	if err != nil || len(c.Problems) != 1 || c.Problems[0].Error() != "c.toml:4: key: it is the key of Q" {
		t.Errorf("%v, %q", err, messages(c.Problems))
	}
	if len(c.Commands) != 2 || c.Commands[0].Key != "" || c.Commands[1].Key != "f5" {
		t.Errorf("%+v", c.Commands)
	}
}

// TestScripts finds placeholders in what a shell or another interpreter would run, and
// none in the arguments behind that.
func TestScripts(t *testing.T) {
	t.Parallel()
	for line, wrong := range map[string]bool{
		"sh|-c|{user}": true, "/bin/bash|-lc|x {user}": true, "bash|-o|pipefail|-ec|{url}": true, "bash|-c|-o|pipefail|{url}": true, "zsh|-c|-e|{profile}": true,
		"env|A=b|sh|-c|{user}": true, "busybox|sh|-c|{user}": true, "sudo|-u|x|dash|-c|{user}": true, "fish|--command={user}": true, "fish|--command|{user}": true,
		"ksh|-c|x|ksh|{user}": false, "sh|-c|x|sh|bash|-c|{user}": true, "cmd|/c|echo|{user}": true, "C:\\x\\CMD.EXE|/d|/C|{user}": true,
		"powershell|-NoProfile|-Command|x|{user}": true, "pwsh|-com|{user}": true, "pwsh|-File|x.ps1|{user}": false, "cmd|/d|x.bat|{user}": false,
		"python3.12|-c|{user}": true, "perl|-lane|{user}": true, "node|--eval={user}": true, "env|-S|sh {user}": true, "env|A=b|x|{user}": false,
		"sh|-c|echo \"$1\"|sh|{user}": false, "sh|-e|x.sh|{user}": false, "sh|x.sh|-c|{user}": false, "curl|-c|{user}": false, "sh|-c|echo {x}": false, "sh|-c|${user} {{user}}": false,
	} {
		if got := scriptProblem(strings.Split(line, "|")); (got != "") != wrong {
			t.Errorf("%s: %q", line, got)
		}
	}
}

// TestForeignBraces leaves alone what belongs to the templates of other programs.
func TestForeignBraces(t *testing.T) {
	t.Parallel()
	args := []string{"x", "{{.State}}", "{{user}}", "{ name }", "${HOME}", "${user}", "awk {print $1}", "HEAD@{upstream}", "{a,b}", "{}", "$(touch x)", "a$HOME", "$", "$1"}
	c := Command{Name: "x", Run: args}
	got, err := c.Arguments(Values{})
	if err != nil || !slices.Equal(got, args) {
		t.Errorf("%q, %v", got, err)
	}
	if len(slices.DeleteFunc(placeholdersIn("HEAD@{user} a{url}"), written.known)) > 0 {
		t.Error("a placeholder behind @ is none")
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	hostile := "$(touch x) `id` ; rm -rf / \"'\\ | & > <ä 日本 {url} $HOME"
	variables := map[string]string{"OPTS": "a b  c", "DASH": "-rf", "LINE": "a\nb", "EMPTY": "", "TOKEN": "s3cret-s3cret", "PAGE": "file:///x"}
	v := Values{
		Profile: "work", User: hostile, URL: "https://example.org/u/1?a=b&c=%20",
		Variable: func(name string) (string, bool) { value, set := variables[name]; return value, set },
		Secrets:  []string{"TOKEN"},
	}
	for _, tt := range []struct{ run, want []string }{
		{[]string{"x", "{profile}", "--user={user}", "{user}"}, []string{"x", "work", "--user=" + hostile, hostile}},
		{[]string{"x", "{profile}/{profile}:{url}"}, []string{"x", "work/work:https://example.org/u/1?a=b&c=%20"}},
		{[]string{"x", "$OPTS", "$OPTS/{profile}", "$EMPTY"}, []string{"x", "a b  c", "a b  c/work", ""}},
		{[]string{"x", "a $OPTS", "$OPTS$OPTS"}, []string{"x", "a $OPTS", "a b  c$OPTS"}},
		{[]string{"./plan.sh"}, []string{"/etc/rollcall/plan.sh"}},
		{[]string{"/bin/plan"}, []string{"/bin/plan"}},
	} {
		got, err := Command{Name: "x", Run: tt.run, dir: "/etc/rollcall"}.Arguments(v)
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, %v", tt.run, got, err)
		}
	}
	for argument, want := range map[string]string{
		"$NONE": "the variable NONE is not set", "$DASH": "$DASH begins with -", "$LINE": "$LINE has control characters", "$TOKEN": "$TOKEN holds a secret",
		"$PAGE": "$PAGE is an address of something else", "$TOKEN/x": "$TOKEN holds a secret",
	} {
		if got, err := (Command{Name: "x", Run: []string{"x", argument}}).Arguments(v); got != nil || err == nil || !strings.Contains(err.Error(), "x is not run: "+want) {
			t.Errorf("%s: %q, %v", argument, got, err)
		}
	}
}

// TestIds lets the ids of services be as they are.
func TestIds(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"auth0|1", "urn:uuid:6e8bc430", "sam@x", "a:b", "1", "https://id.example.org/sam", "http://x", "//", "database:1"} {
		if got, err := (Command{Run: []string{"x", "{user}"}}).Arguments(Values{User: id}); err != nil || got[1] != id {
			t.Errorf("%s: %q, %v", id, got, err)
		}
	}
}

// TestHarmfulValues has values of a service try to be more than a value.
func TestHarmfulValues(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ user, url, want string }{
		{"", "", "{user} has no value: no answer has said yet who the user is"},
		{"-rf", "", "{user} begins with -"},
		{"--flag", "", "{user} begins with -"},
		{"-", "", "{user} begins with -"},
		{"a\nb", "", "{user} has control characters"},
		{"a\x00b", "", "{user} has control characters"},
		{"\x1b]0;title\x07", "", "{user} has control characters"},
		{"a\u009bb", "", "{user} has control characters"},
		{"a\u202eb", "", "{user} has control characters"},
		{"a\u2028b", "", "{user} has control characters"},
		{"javascript:alert(1)", "", "{user} is an address of something else"},
		{" JavaScript:alert(1)", "", "{user} is an address of something else"},
		{"file:///etc/passwd", "", "{user} is an address of something else"},
		{"data:text/html,x", "", "{user} is an address of something else"},
		{"ssh://host/x", "", "{user} is an address of something else"},
		{"ok", "", "{url} has no value: no answer has named a page of the user"},
		{"ok", "javascript:alert(1)", "{url} is an address of something else"},
		{"ok", "file:///etc/passwd", "{url} is an address of something else"},
		{"ok", "ssh://host/-oProxyCommand=x", "{url} is an address of something else"},
		{"ok", "//host/x", "{url} is no address of a page"},
		{"ok", "https:", "{url} is no address of a page"},
		{"ok", "-https://host/", "{url} begins with -"},
		{"ok", "https://host/\r\nx", "{url} has control characters"},
		{"ok", "https://host/\x1b[2J", "{url} has control characters"},
	} {
		// A value is as harmful in the middle of an argument, which a program may take apart.
		for _, form := range []string{"{user} {url}", "--user={user}:{url}", "é{user}{url}"} {
			got, err := Command{Name: "x", Run: []string{"x", form}}.Arguments(Values{Profile: "a", User: tt.user, URL: tt.url})
			if got != nil || err == nil || !strings.HasPrefix(err.Error(), "x is not run: "+tt.want) {
				t.Errorf("%q, %q: %q, %v; want %q", tt.user, tt.url, got, err, tt.want)
			}
		}
	}
	for _, profile := range []string{"-x", "a\x1b[2J"} {
		if got, err := (Command{Run: []string{"x", "{profile}"}}).Arguments(Values{Profile: profile}); err == nil {
			t.Errorf("%q: %q", profile, got)
		}
	}
}
