package main

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"rollcall/client/text"
)

func TestConfigPath(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	usual := filepath.Join(w.home, ".config", "rollcall", "config.toml")
	other := filepath.Join(w.home, "other.toml")
	for _, tt := range []struct {
		env    string
		args   []string
		path   string
		by     string
		exists bool
	}{
		{"", nil, usual, "default", false},
		{other, nil, other, "environment", false},
		{other, []string{"--config", w.write("third.toml", "")}, filepath.Join(w.home, "third.toml"), "flag", true},
		{"other.toml", nil, other, "environment", false},
	} {
		w.env = []string{"ROLLCALL_CONFIG=" + tt.env}
		r := w.run(append([]string{"config", "path"}, tt.args...)...)
		if r.expect(t, 0); r.stdout != tt.path+"\n" {
			t.Errorf("%s: %q", tt.by, r.stdout)
		}
		var out struct {
			Schema   int
			Path, By string
			Exists   bool
		}
		r = w.run(append([]string{"config", "path", "-o", "json"}, tt.args...)...)
		if err := json.Unmarshal([]byte(r.stdout), &out); err != nil || out.Schema != 1 || out.Path != tt.path || out.By != tt.by || out.Exists != tt.exists {
			t.Errorf("%s: %v: %s", tt.by, err, r.stdout)
		}
	}
	w.run("config", "path", "--demo").expect(t, 2, "this does nothing for the demo")
}

// TestConfigCheck has something wrong in each file that belongs to a configuration.
func TestConfigCheck(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range [][3]string{
		{"", filepath.Join(w.home, ".config", "rollcall", "config.toml"), "there is no configuration yet"},
		{"other.toml", filepath.Join(w.home, "other.toml"), "there is no such file"},
	} {
		args := []string{"config", "check"}
		if c[0] != "" {
			args = append(args, "--config", c[0])
		}
		if r := w.run(args...); r.status != 2 || !strings.HasPrefix(r.stdout, c[1]+": "+c[2]) || r.stderr != "" {
			t.Errorf("%s: status %d, %q, %q", c[0], r.status, r.stdout, r.stderr)
		}
		var out struct {
			Problems []struct{ File, Message, Remedy string }
		}
		r := w.run(append(args, "-o", "json")...)
		if err := json.Unmarshal([]byte(r.stdout), &out); err != nil || r.status != 2 || len(out.Problems) != 1 ||
			out.Problems[0].File != c[1] || out.Problems[0].Message != c[2] || out.Problems[0].Remedy != text.Sentence(out.Problems[0].Remedy) {
			t.Errorf("%s: status %d, %v: %s", c[0], r.status, err, r.stdout)
		}
	}
	path := w.write(".config/rollcall/config.toml", `default_profile = "work"
[ui]
theme = "own"
[profiles.work]
provider = "katapult"
token = { env = "NOT_SET" }
`)
	w.write(".config/rollcall/themes/own.toml", "base = \"dark\"\n")
	if r := w.run("config", "check"); r.stdout != "Nothing is wrong with "+path+", which has 1 profile.\n" {
		t.Errorf("%q", r.stdout)
	} else {
		r.expect(t, 0)
	}
	w.write(".config/rollcall/config.toml", `refresh_intervall = "5m"
[ui]
theme = "own"
[profiles.work]
provider = "katapul"
token = { env = "NOT_SET" }
[profiles.next]
provider = "own"
token = { environment = "X" }
[views.all]
sort = "nothing"
[[commands]]
name = "plan"
[services.own]
url = "https://own.example/me"
auth = "Bearer {token}"
id = "$.id["
`)
	w.write(".config/rollcall/themes/own.toml", "base = \"dark\"\naccnt = 1\n")
	w.write(".config/rollcall/services.d/tracker.toml", "url = \"https://tracker.example/me?t={token}\"\n")
	w.write(".rollcall.toml", "profil = \"work\"\n")
	folder := filepath.Dir(path)
	want := []string{
		path + ":1: ", path + ":5: ", path + ":9: ", path + ":11: ", path + ":12: ", path + ":17: ",
		filepath.Join(folder, "services.d", "tracker.toml") + ":1: ", filepath.Join(folder, "themes", "own.toml") + ":2: ",
		filepath.Join(w.home, ".rollcall.toml") + ":1: ",
	}
	r := w.run("config", "check")
	if r.status != 2 || r.stderr != "" {
		t.Errorf("status %d, %s", r.status, r.stderr)
	}
	// They come file by file, the configuration first and the project file last.
	rest := "\n" + r.stdout
	for _, one := range want {
		at := strings.Index(rest, "\n"+one)
		if at < 0 {
			t.Fatalf("%q is not told of, or not in its place:\n%s", one, r.stdout)
		}
		rest = rest[at:]
	}
	// The doctor tells of what no profile names as well.
	if r := w.run("doctor"); !regexp.MustCompile(`services +\S*tracker\.toml:1: `).MatchString(r.stdout) || !strings.Contains(r.stdout, "before a profile names this service") {
		t.Errorf("the doctor prints\n%s%s", r.stdout, r.stderr)
	}
	// A remedy follows it, as a sentence follows another.
	if r := w.run("show", "next", "-o", "json"); !regexp.MustCompile(`"explanation": ".*config\.toml:\d+: .*\."`).MatchString(r.stdout) {
		t.Errorf("show prints\n%s%s", r.stdout, r.stderr)
	}
	var out struct {
		Schema, Profiles int
		Path             string
		Problems         []struct {
			File, Profile, Key, Message, Remedy string
			Line                                int
		}
	}
	r = w.run("config", "check", "-o", "json")
	if err := json.Unmarshal([]byte(r.stdout), &out); err != nil || r.status != 2 || out.Schema != 1 || out.Path != path || out.Profiles != 2 {
		t.Fatalf("%v: %s", err, r.stdout)
	}
	if first := out.Problems[0]; first.File != path || first.Line != 1 || first.Key != "refresh_intervall" || !strings.Contains(first.Message, "did you mean") {
		t.Errorf("the first problem is %+v", first)
	}
	relative, err := filepath.Rel(w.home, path)
	if err != nil {
		t.Fatal(err)
	}
	r = w.run("config", "check", "-o", "json", "--config", relative)
	if err := json.Unmarshal([]byte(r.stdout), &out); err != nil || out.Path != path {
		t.Errorf("of %s: %v, %s", relative, err, r.stdout)
	}
	w.write(".config/rollcall/config.toml", "[profiles\n")
	if r := w.run("config", "check"); r.status != 2 || !strings.HasPrefix(r.stdout, path+":1: ") {
		t.Errorf("no TOML: %d, %s%s", r.status, r.stdout, r.stderr)
	}
}
