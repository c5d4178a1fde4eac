package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// three is a configuration of three profiles that nobody needs to answer for.
const three = `default_profile = "b"

[profiles.a]
provider = "katapult"
token    = { env = "TOKEN_A" }

[profiles.b]
provider = "katapult"
token    = { env = "TOKEN_B" }

[profiles.c]
provider = "katapult"
token    = { env = "TOKEN_C" }
`

// with is the world with more in its environment.
func (w *world) with(env ...string) *world {
	more := *w
	more.env = append(append([]string{}, w.env...), env...)
	return &more
}

// which is what the active profile is, and why.
type which struct{ Profile, By, Where string }

func (w *world) which() which {
	w.t.Helper()
	r := w.run("which", "-o", "json")
	var got which
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		w.t.Fatalf("%v\n%s%s", err, r.stdout, r.stderr)
	}
	return got
}

// refuses wants whoever takes the active profile to say why there is none.
func (w *world) refuses(why string) {
	w.t.Helper()
	for _, tt := range []struct {
		args   []string
		status int
		stdout string
	}{
		{[]string{"which"}, 2, ""}, {[]string{"use"}, 2, ""}, {[]string{"env"}, 2, "false;\n"}, {[]string{"exec", "--", program, "version"}, 125, ""},
	} {
		r := w.run(tt.args...)
		r.expect(w.t, tt.status, why)
		if r.stdout != tt.stdout {
			w.t.Errorf("%v printed %q", tt.args, r.stdout)
		}
	}
}

// TestChoosing goes from the last that decides to the first.
func TestChoosing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.write(".config/rollcall/config.toml", three)
	home, err := filepath.EvalSymlinks(w.home) // as the program sees its own folder
	if err != nil {
		t.Fatal(err)
	}
	decides := func(w *world, profile, by, where string) {
		t.Helper()
		got := w.which()
		if got.Profile != profile || got.By != by || !strings.HasSuffix(got.Where, where) {
			t.Errorf("got %+v, want %s by %s in %s", got, profile, by, where)
		}
	}
	decides(w, "b", "default", "config.toml")

	r := w.run("use", "c")
	r.expect(t, 0)
	if r.stdout != "c is now the active profile.\n" {
		t.Errorf("got %q", r.stdout)
	}
	decides(w, "c", "use", "rollcall.db")
	for _, args := range [][]string{{"which"}, {"use"}} {
		r := w.run(args...)
		r.expect(t, 0)
		if r.stdout != "c\n" {
			t.Errorf("%v printed %q", args, r.stdout)
		}
	}

	project := w.write(".rollcall.toml", "profile = \"a\"\n")
	decides(w, "a", "project file", ".rollcall.toml")
	w.run("use", "b").expect(t, 0, "here it is a", ".rollcall.toml names it")

	w.run("bind", ".", "c").expect(t, 0)
	decides(w, "c", "folder", home)
	decides(w.with("ROLLCALL_PROFILE=b"), "b", "environment", "ROLLCALL_PROFILE")
	var list struct {
		Profiles []struct {
			Name   string
			Active bool
		}
	}
	if err := json.Unmarshal([]byte(w.run("list", "-o", "json").stdout), &list); err != nil {
		t.Fatal(err)
	}
	for _, p := range list.Profiles {
		if p.Active != (p.Name == "c") {
			t.Errorf("list calls %s active: %v", p.Name, p.Active)
		}
	}

	r = w.run("bind")
	r.expect(t, 0)
	if !strings.Contains(r.stdout, "c        "+home+"\n") {
		t.Errorf("the bindings:\n%s", r.stdout)
	}
	var bindings struct {
		Bindings []struct{ Folder, Profile string }
	}
	if err := json.Unmarshal([]byte(w.run("bind", "-o", "json").stdout), &bindings); err != nil {
		t.Fatal(err)
	}
	if b := bindings.Bindings; len(b) != 1 || b[0].Folder != home || b[0].Profile != "c" {
		t.Errorf("the bindings: %+v", b)
	}
	w.run("bind", "--remove", w.home).expect(t, 0)
	w.run("bind", "--remove", w.home).expect(t, 2, "is not tied")
	w.run("bind").expect(t, 0, "no folder is tied")
	if err := os.Remove(project); err != nil {
		t.Fatal(err)
	}
	decides(w, "b", "use", "rollcall.db")
	w.run("use", "--clear").expect(t, 0)
	decides(w, "b", "default", "config.toml")
}

// TestChoosingWrong shows that no other account is taken in place of one that
// is not there.
func TestChoosingWrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run("which").expect(t, 2, "there is no configuration yet", "rollcall import")
	w.write(".config/rollcall/config.toml", three)
	w.run("use", "d").expect(t, 2, `no profile "d"`)
	w.run("use", "a", "--clear").expect(t, 2, "takes no name")
	w.run("bind", ".", "d").expect(t, 2, `no profile "d"`)
	w.run("bind", "nowhere", "a").expect(t, 2, "there is no folder "+filepath.Join(w.home, "nowhere")+", so that nothing was tied")
	w.run("bind", ".config/rollcall/config.toml", "a").expect(t, 2, "is a file")
	w.run("bind", "a").expect(t, 2, "name a folder and a profile")
	w.run("use", "a", "--demo").expect(t, 2, "demo")
	w.run("bind", ".", "a", "--demo").expect(t, 2, "demo")

	gone := w.with("ROLLCALL_PROFILE=gone")
	gone.refuses(`ROLLCALL_PROFILE: there is no profile "gone"`)
	r := gone.run("list")
	r.expect(t, 0, `warning: ROLLCALL_PROFILE: there is no profile "gone"`)
	if strings.Contains(r.stdout, "*") {
		t.Errorf("a profile is marked as active:\n%s", r.stdout)
	}
	w.write(".rollcall.toml", "profile = \"a\"\ntoken = \"x\"\n")
	w.run("which").expect(t, 2, ".rollcall.toml:2: ")
}

// TestSources tells what a shell and the files of a person do to credentials.
func TestSources(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	secret := w.write("secret", "kt-one\n")
	quoted, err := json.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	path := w.write("config.toml", `
[profiles.one]
provider = "katapult"
token    = { file = `+string(quoted)+` }

[profiles.same]
provider = "katapult"
token    = "kt-one"

[profiles.shell]
provider = "katapult"
token    = { env = "KATAPULT_API_KEY" }

[profiles.missing]
provider = "onezone"
base_url = "https://zone.example"
token    = { env = "NOT_SET" }
`)
	w.env = []string{"KATAPULT_API_KEY=kt-two", "ONEZONE_API_KEY=oz-three", "KATAPULT_ORGANIZATION=acme"}
	r := w.run("list", "--sources", "--config", path, "-o", "json")
	r.expect(t, 0)
	type sources struct {
		Name         string
		PlainText    *bool    `json:"plain_text"`
		ShadowedBy   []string `json:"shadowed_by"`
		SameSecretAs []string `json:"same_secret_as"`
		Problem      string
	}
	var got struct{ Profiles []sources }
	if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
		t.Fatalf("%v\n%s", err, r.stdout)
	}
	want := []struct {
		name           string
		plain          bool
		shadowed, same string
		problem        string
	}{
		{"one", true, "KATAPULT_API_KEY KATAPULT_ORGANIZATION", "same", ""},
		{"same", true, "KATAPULT_API_KEY KATAPULT_ORGANIZATION", "one", ""},
		{"shell", false, "KATAPULT_ORGANIZATION", "", ""},
		{"missing", false, "ONEZONE_API_KEY", "", "NOT_SET is not set"},
	}
	for i, p := range got.Profiles {
		w := want[i]
		if p.Name != w.name || p.PlainText == nil || *p.PlainText != w.plain || strings.Join(p.ShadowedBy, " ") != w.shadowed ||
			strings.Join(p.SameSecretAs, " ") != w.same || (p.Problem != "") != (w.problem != "") || !strings.Contains(p.Problem, w.problem) {
			t.Errorf("got %+v, want %+v", p, w)
		}
	}
	table := w.run("list", "--sources", "--config", path)
	table.expect(t, 0, "missing: the environment variable NOT_SET is not set")
	plain := w.run("list", "--config", path, "-o", "json")
	plain.expect(t, 0)
	if strings.Contains(plain.stdout, "plain_text") || strings.Contains(plain.stdout, "problem") {
		t.Errorf("list has read the credentials:\n%s", plain.stdout)
	}
	for _, secret := range []string{"kt-one", "kt-two", "oz-three"} {
		if strings.Contains(r.stdout+table.stdout+table.stderr, secret) {
			t.Errorf("the secret %s was printed", secret)
		}
	}
}

// TestImport makes profiles of what a machine has, in a configuration that is
// not there yet.
func TestImport(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run("import").expect(t, 0, "no account was found")
	w.env = []string{"PATH=" + os.Getenv("PATH"),
		"KATAPULT_API_KEY=kt-one", "ONEZONE_API_KEY=oz-two", "ONEZONE_HOST=zone.example", "ONEZONE_BASIC_AUTH=admin:pw-three"}
	w.write(".katapult/katapult.yaml", "api_token: kt-four\n")
	r := w.run("import")
	r.expect(t, 0, "--all", "ONEZONE_BASIC_AUTH: it has a user name")
	path := filepath.Join(w.home, ".config", "rollcall", "config.toml")
	if _, err := os.Stat(path); err == nil || !strings.Contains(r.stdout, "env KATAPULT_API_KEY") {
		t.Errorf("it was to list and change nothing:\n%s", r.stdout)
	}
	r = w.run("import", "--yes")
	r.expect(t, 0, "ONEZONE_BASIC_AUTH")
	for _, line := range []string{"Added katapult.\n", "Added onezone.\n", "Added katapult-2.\n"} {
		if !strings.Contains(r.stdout, line) {
			t.Errorf("no %q in\n%s", line, r.stdout)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"kt-one", "oz-two", "pw-three", "kt-four"} {
		if strings.Contains(string(data)+r.stdout+r.stderr, s) {
			t.Errorf("the secret %s was copied", s)
		}
	}
	list := w.run("list", "--sources")
	list.expect(t, 0)
	if strings.Count(list.stdout, "\n") < 3 {
		t.Errorf("the profiles are not there:\n%s", list.stdout)
	}
	if !strings.Contains(string(data), `{ file = "~/.katapult/katapult.yaml", format = "yaml", path = "$.api_token" }`) {
		t.Errorf("the file is not referred to:\n%s", data)
	}
	w.run("import", "--yes").expect(t, 0, "KATAPULT_API_KEY: it is the profile katapult already", "no account was found")
	w.run("import", "--demo").expect(t, 2, "demo")
}

// TestWrongDefault shows that no other account is taken where default_profile
// names none, and that this hides nothing.
func TestWrongDefault(t *testing.T) {
	t.Parallel()
	w := newWorld(t).with("TOKEN_A=kt-a")
	path := w.write(".config/rollcall/config.toml", strings.Replace(three, `"b"`, `"bb"`, 1))
	const why = `config.toml:1: default_profile: there is no profile "bb"; did you mean "b"?`
	w.refuses(why)
	r := w.run("list")
	r.expect(t, 2, why)
	if strings.Contains(r.stdout, "★") || strings.Count(r.stderr, "bb") != 1 {
		t.Errorf("list tells\n%s%s", r.stdout, r.stderr)
	}
	w.run("use", "a").expect(t, 0)
	if got := w.which(); got.Profile != "a" {
		t.Errorf("%s: %+v", path, got)
	}
}

// TestBindNowhere ties no folder that is gone, which would be any other later.
func TestBindNowhere(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there a folder cannot be deleted while somebody is in it")
	}
	w := newWorld(t)
	w.write(".config/rollcall/config.toml", three)
	for _, args := range []string{"bind . a", "bind sub a", "bind --remove ."} {
		dir := t.TempDir()
		c := exec.Command("sh", "-c", `rmdir "$PWD" && exec "$0" `+args, program)
		c.Dir, c.Env = dir, w.command().Env
		out, err := c.CombinedOutput()
		if err == nil || !strings.Contains(string(out), "the folder that you are in is gone") {
			t.Errorf("%s: %v\n%s", args, err, out)
		}
	}
	w.run("bind").expect(t, 0, "no folder is tied")
}

// TestListMarks tells which profile is active, wrong or switched off without a
// colour.
func TestListMarks(t *testing.T) {
	t.Parallel()
	w := newWorld(t).with("TOKEN_A=kt-a", "LC_ALL=C")
	w.write(".config/rollcall/config.toml", strings.Replace(three, "[profiles.c]\n", "[profiles.c]\nlabel = 3\n\n[profiles.d]\ndisabled = true\n", 1))
	var marks []string
	for line := range strings.Lines(w.run("list").stdout) {
		marks = append(marks, strings.TrimSpace(line[:3]+strings.SplitN(line[3:], "  ", 2)[0]))
	}
	if got, want := strings.Join(marks, ","), "PROFILE,a,b @,!  c,-  d"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestRelativeHome finds no configuration in the folder that it is started in, where
// anybody can have put one with commands in it, by a HOME that is no whole path; nor a
// secret that is said to be in the home folder.
func TestRelativeHome(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.write(".config/rollcall/config.toml", "[profiles.planted]\nprovider = 'katapult'\ntoken = 'x'\nplanted = 1\n")
	w.write("rollcall-planted-secret", "kt-planted\n")
	whole := w.write("whole.toml", "[profiles.a]\nprovider = 'katapult'\ntoken = { file = '~/rollcall-planted-secret' }\n")
	if r := w.run("env", "a", "--config", whole); r.status != 0 || !strings.Contains(r.stdout, "kt-planted") {
		t.Fatalf("with a whole path: %+v", r)
	}
	if r := w.run("config", "check"); !strings.Contains(r.stdout, "planted") {
		t.Fatalf("with a whole path: %+v", r)
	}
	for _, home := range []string{".", "./", "sub/.."} {
		w.env = []string{"HOME=" + home, "USERPROFILE=" + home, "AppData=", "XDG_STATE_HOME=" + w.home}
		r := w.run("config", "path")
		if path := strings.TrimSpace(r.stdout); path != "" && (!filepath.IsAbs(path) || strings.HasPrefix(path, w.home)) {
			t.Errorf("HOME=%s: the configuration is %s", home, path)
		}
		if r := w.run("config", "check"); strings.Contains(r.stdout+r.stderr, "planted") {
			t.Errorf("HOME=%s: what is wrong is %+v", home, r)
		}
		if r := w.run("env", "a", "--config", whole); r.status != 1 || strings.Contains(r.stdout, "kt-planted") {
			t.Errorf("HOME=%s: a file of the home folder is one beside the configuration: %+v", home, r)
		}
	}
}
