package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// world is a home folder for the program, empty at first.
type world struct {
	t    *testing.T
	home string
	env  []string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{t: t, home: t.TempDir()}
}

// result is what a command left behind.
type result struct {
	stdout, stderr string
	status         int
}

func (w *world) command(args ...string) *exec.Cmd {
	c := exec.Command(program, args...)
	c.Dir = w.home
	c.Env = append([]string{
		"HOME=" + w.home, "LANG=C.UTF-8", "USERPROFILE=" + w.home, "AppData=" + filepath.Join(w.home, ".config"),
		"LocalAppData=" + filepath.Join(w.home, ".local", "state"), "SystemRoot=" + os.Getenv("SystemRoot"),
	}, w.env...)
	return c
}

func (w *world) run(args ...string) result {
	w.t.Helper()
	c := w.command(args...)
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		w.t.Fatal(err)
	}
	return result{stdout.String(), stderr.String(), c.ProcessState.ExitCode()}
}

// write makes a file below the home folder that only its owner can read.
func (w *world) write(name, content string) string {
	w.t.Helper()
	path := filepath.Join(w.home, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// demoConfig starts the demo services for the length of the test and returns
// the path of their configuration.
func (w *world) demoConfig() string {
	w.t.Helper()
	c := w.command("demo-server")
	out, err := c.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	text, err := readGuide(out)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.write("demo.toml", text)
}

// readGuide reads what demo-server prints, which ends with a line that says
// so, since the process goes on.
func readGuide(r io.Reader) (string, error) {
	var b strings.Builder
	for lines := bufio.NewReader(r); ; {
		line, err := lines.ReadString('\n')
		b.WriteString(line)
		if err != nil || strings.HasPrefix(line, "# end") {
			return b.String(), err
		}
	}
}

type report struct {
	Schema   int
	Summary  struct{ Total, OK, Warn, Fail, None int }
	Profiles []struct {
		Name   string
		Active bool
		Health struct {
			State, Severity, Explanation, Remedy string
			Stale                                bool
			Attempts                             int
		}
		User          *struct{ ID string }
		Organizations []struct{ Name string }
		Token         struct{ Source string }
	}
}

func (r result) report(t *testing.T) report {
	t.Helper()
	var out report
	if err := json.Unmarshal([]byte(r.stdout), &out); err != nil {
		t.Fatalf("%v\nstdout: %s\nstderr: %s", err, r.stdout, r.stderr)
	}
	return out
}

// expect fails unless the command ended as said.
func (r result) expect(t *testing.T, status int, stderr ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("exit status %d, want %d\nstdout: %s\nstderr: %s", r.status, status, r.stdout, r.stderr)
	}
	for _, want := range stderr {
		if !strings.Contains(r.stderr, want) {
			t.Errorf("stderr does not say %q:\n%s", want, r.stderr)
		}
	}
	if len(stderr) == 0 && r.stderr != "" {
		t.Errorf("stderr is not empty:\n%s", r.stderr)
	}
}

func TestStatusDemo(t *testing.T) {
	t.Parallel()
	r := newWorld(t).run("status", "--demo", "-o", "json")
	got := r.report(t)
	if got.Schema != 1 || got.Summary.Total != len(got.Profiles) || len(got.Profiles) < 12 {
		t.Errorf("schema %d, %d profiles, summary %+v", got.Schema, len(got.Profiles), got.Summary)
	}
	if r.status != 1 {
		t.Errorf("exit status %d, want 1: some of the samples are bad\n%s", r.status, r.stderr)
	}
	seen := map[string]bool{}
	for _, p := range got.Profiles {
		seen[p.Health.State] = true
		if p.Health.Severity != "ok" && p.Health.State != "disabled" && (p.Health.Explanation == "" || p.Health.Remedy == "") {
			t.Errorf("%s is %s, without explanation or remedy", p.Name, p.Health.State)
		}
	}
	for _, s := range []string{
		"healthy", "expiring", "no_user", "unavailable", "invalid_token", "network_denied", "scope_missing", "forbidden",
		"wrong_account", "not_found", "bad_request", "server_error", "bad_response", "unreachable", "credential_missing", "disabled",
	} {
		if !seen[s] {
			t.Errorf("no sample is %s", s)
		}
	}
}

// TestNoSecretIsPrinted runs every command on accounts whose secrets are
// known, and looks for them in all that was printed and kept.
func TestNoSecretIsPrinted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.demoConfig()
	config, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var secrets []string
	for _, m := range regexp.MustCompile(`(?m)^(?:token|password)\s*=\s*"([^"]+)"`).FindAllStringSubmatch(string(config), -1) {
		secrets = append(secrets, m[1])
	}
	if len(secrets) < 12 {
		t.Fatalf("only %d secrets found in the configuration", len(secrets))
	}
	var printed strings.Builder
	for _, args := range [][]string{
		{"status"}, {"status", "-o", "json"}, {"status", "--offline", "-o", "json"}, {"list"}, {"list", "-o", "json"}, {"list", "--sources"}, {"list", "--sources", "-o", "json"},
		{"show", "work"}, {"show", "work", "-o", "json"}, {"changes"}, {"changes", "-o", "json"}, {"pin", "work"},
	} {
		r := w.run(append(args, "--config", path)...)
		printed.WriteString(r.stdout + r.stderr)
	}
	kept := readAll(t, filepath.Join(w.home, ".local"))
	if !strings.Contains(kept, "work") {
		t.Fatal("nothing was kept")
	}
	for _, s := range secrets {
		if strings.Contains(printed.String(), s) {
			t.Errorf("the secret %q was printed", s)
		}
		if strings.Contains(kept, s) {
			t.Errorf("the secret %q was kept", s)
		}
	}
}

// readAll is the content of every file below a folder.
func readAll(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		b.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestExitStatus(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.demoConfig()
	for _, tt := range []struct {
		args []string
		want int
	}{
		{[]string{"status", "work"}, 0},
		{[]string{"status", "acme"}, 0},
		{[]string{"status", "acme", "--strict"}, 1}, // its token is expiring
		{[]string{"status", "staging"}, 1},
		{[]string{"status", "work", "staging", "-o", "json"}, 1},
		{[]string{"list"}, 0},
		{[]string{"show", "work"}, 0},
		{[]string{"show", "staging", "-o", "json"}, 1},
	} {
		if r := w.run(append(tt.args, "--config", path)...); r.status != tt.want {
			t.Errorf("%v: exit status %d, want %d\n%s%s", tt.args, r.status, tt.want, r.stdout, r.stderr)
		}
	}
}

func TestNoConfiguration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.run("status")
	r.expect(t, 2, "there is no configuration yet", "config.toml", "--demo")
	r = w.run("status", "-o", "json")
	r.expect(t, 2, `"message"`)
	if !json.Valid([]byte(r.stderr)) {
		t.Errorf("the error is no JSON: %s", r.stderr)
	}
	w.run("status", "--config", "missing.toml").expect(t, 2, "missing.toml")
	w.run().expect(t, 2, "needs a terminal", "rollcall status")
}

func TestBadUsage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run("statsu").expect(t, 2, `there is no command "statsu"; did you mean "status"?`, "rollcall --help")
	w.run("zzz").expect(t, 2, `there is no command "zzz"`)
	w.run("help", "statsu").expect(t, 2, `did you mean "status"?`)
	w.run("completion", "csh").expect(t, 2, `there is no completion for "csh"; choose bash`)
	w.run("move", "x").expect(t, 2, "--up, --down or --by")
	w.run("move", "x", "--by", "far").expect(t, 2, `--by: "far" is not a whole number`)
	w.run("status", "--strict=x").expect(t, 2, `--strict: "x" is neither true nor false`)
	w.run("changes", "--since", "soon").expect(t, 2, `rollcall: --since: "soon" is not a duration`)
	w.run("status", "--nonsense").expect(t, 2, "unknown flag", "rollcall status --help")
	w.run("status", "-o", "yaml").expect(t, 2, "table, json or openmetrics")
	w.run("show").expect(t, 2, "write it as: rollcall show NAME", "rollcall show --help")
	w.run("version", "more").expect(t, 2, "write it as: rollcall version")
	w.run("add", "x", "--env", "A", "--file", "b").expect(t, 2, "--env and --file cannot be used together", "rollcall add --help")
	w.run("add", "x", "--keyring", "rollcall/x").expect(t, 2, "follows --keyring with =, as in: rollcall add NAME --keyring=SERVICE/USER")
	w.run("man", "--dir", "-").expect(t, 2, "--dir wants the name of a folder; to print the manual, leave it out")
	w.run("edit").expect(t, 2, "no terminal here for an editor", "EDITOR")
	w.run("rename", "one").expect(t, 2, "write it as: rollcall rename ")
	w.run("status", "--demo", "wrok").expect(t, 2, `did you mean "work"?`)
}

// TestErrorsAreJSON asks for JSON in every way, and makes a mistake before and
// after.
func TestErrorsAreJSON(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, args := range []string{
		"status -o json --nonsense", "status --nonsense -o json", "status --nonsense -ojson", "show --output=json",
		"list extra --output json", "statsu -o=json", "status -o yaml -o json", "doctor -o json --strict=x", "env -o json",
	} {
		var got struct {
			Schema int
			Errors []struct{ Message string }
		}
		r := w.run(strings.Fields(args)...)
		if err := json.Unmarshal([]byte(r.stderr), &got); err != nil || r.status != 2 || got.Schema != 1 || len(got.Errors) != 1 || got.Errors[0].Message == "" {
			t.Errorf("%s: exit status %d, %v\n%s", args, r.status, err, r.stderr)
		}
	}
	for args, status := range map[string]int{"status -o json -o table --nonsense": 2, "exec -x -- prog -o json": 125, "status --nonsense -o": 2} {
		if r := w.run(strings.Fields(args)...); r.status != status || json.Valid([]byte(r.stderr)) {
			t.Errorf("%s: exit status %d\n%s", args, r.status, r.stderr)
		}
	}
}

// TestWarningsAreJSON has a credential that others can read, and a state that is
// no state.
func TestWarningsAreJSON(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	s.knows("user_a", "Sam", "Roe")
	secret := w.write("secret", "kt-some-token")
	if err := os.Chmod(secret, 0o644); err != nil {
		t.Fatal(err)
	}
	path := w.write("config.toml", "[profiles.work]\nprovider = \"katapult\"\nbase_url = \""+s.URL+"\"\ntoken = { file = \"secret\" }\n")
	w.write(".local/state/rollcall/rollcall.db", "no state")
	r := w.run("status", "--config", path, "-o", "json")
	r.expect(t, 0, `"warnings"`)
	var told struct {
		Schema   int
		Warnings []string
	}
	if err := json.Unmarshal([]byte(r.stderr), &told); err != nil || told.Schema != 1 || len(told.Warnings) != 1 {
		t.Errorf("%v\n%s", err, r.stderr)
	}
	if !strings.Contains(r.stdout, "thers can read the credential file") && runtime.GOOS != "windows" {
		t.Errorf("no warning of the file that others can read:\n%s", r.stdout)
	}
	w.run("status", "--config", path).expect(t, 0, "rollcall: warning: work: ")
}

// TestBadConfiguration shows that what is wrong hides nothing that is right.
func TestBadConfiguration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env = []string{"DEMO_TOKEN="}
	path := w.write("config.toml", `refresh = "60s"

[profiles.good]
provider = "katapult"
token    = { env = "DEMO_TOKEN" }

[profiles.bad]
provider = "katapolt"
token    = { env = "DEMO_TOKEN" }
`)
	r := w.run("status", "--config", path, "-o", "json")
	if r.status != 2 {
		t.Errorf("exit status %d, want 2", r.status)
	}
	got := r.report(t)
	if len(got.Profiles) != 2 || got.Profiles[0].Health.State != "credential_missing" || got.Profiles[1].Health.State != "misconfigured" {
		t.Errorf("profiles: %+v", got.Profiles)
	}
	var said struct {
		Errors []struct {
			Message, File string
			Line          int
		}
	}
	if err := json.Unmarshal([]byte(r.stderr), &said); err != nil {
		t.Fatalf("%v\n%s", err, r.stderr)
	}
	if len(said.Errors) != 2 || said.Errors[0].Line != 1 || said.Errors[1].Line != 8 {
		t.Errorf("errors: %+v", said.Errors)
	}
	r = w.run("status", "--config", path)
	r.expect(t, 2, "config.toml:1: ", `did you mean "refresh_interval"?`, "config.toml:8: ", `"katapult"`)
	w.run("list", "--config", path).expect(t, 2, "config.toml:1: ")

	broken := w.write("broken.toml", "[profiles.good\n")
	w.run("status", "--config", broken).expect(t, 2, "broken.toml:1: ")
}

func TestLiteralSecretMustBePrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("windows has no permission bits")
	}
	t.Parallel()
	w := newWorld(t)
	path := w.write("config.toml", "[profiles.work]\nprovider = \"katapult\"\ntoken = \"kt-secret-in-the-open\"\n")
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	r := w.run("status", "--config", path)
	r.expect(t, 1, "config.toml:3: ", "chmod 600")
	if strings.Contains(r.stdout+r.stderr, "kt-secret-in-the-open") {
		t.Error("the secret was printed")
	}
}

// TestStateIsKept checks once and reads the answers again without asking.
func TestStateIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.demoConfig()
	before := w.run("status", "--config", path, "--offline", "-o", "json").report(t)
	if s := before.Profiles[0].Health.State; s != "checking" {
		t.Errorf("before the first check: %s, want checking", s)
	}
	asked := w.run("status", "--config", path, "-o", "json").report(t)
	kept := w.run("status", "--config", path, "--offline", "-o", "json").report(t)
	for i, p := range kept.Profiles {
		if p.Health.State != asked.Profiles[i].Health.State {
			t.Errorf("%s: kept %s, was %s", p.Name, p.Health.State, asked.Profiles[i].Health.State)
		}
		if p.User != nil && !p.Health.Stale {
			t.Errorf("%s: an answer of an earlier run is not marked stale", p.Name)
		}
	}
	if runtime.GOOS != "windows" {
		for _, name := range []string{"rollcall.db"} {
			info, err := os.Stat(filepath.Join(w.home, ".local", "state", "rollcall", name))
			if err != nil {
				t.Error(err)
			} else if info.Mode().Perm() != 0o600 {
				t.Errorf("%s has mode %v", name, info.Mode())
			}
		}
	}
}

// TestColors looks at what a pipe gets.
func TestColors(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if out := w.run("list", "--demo").stdout; strings.Contains(out, "\x1b") {
		t.Errorf("a pipe got escape sequences: %q", out)
	}
	w.env = []string{"CLICOLOR_FORCE=1"}
	if out := w.run("list", "--demo").stdout; !strings.Contains(out, "\x1b[") {
		t.Errorf("CLICOLOR_FORCE brought no style: %q", out)
	}
	w.env = []string{"CLICOLOR_FORCE=1", "NO_COLOR=yes"}
	if out := w.run("list", "--demo").stdout; strings.Contains(out, "\x1b") {
		t.Errorf("NO_COLOR does not win: %q", out)
	}
}

// TestHostileNames prints an account whose names try to act on the terminal.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.demoConfig()
	for _, args := range [][]string{{"status"}, {"status", "-o", "json"}} {
		out := w.run(append(args, "--config", path)...).stdout
		for _, r := range out {
			if r == '\n' {
				continue
			}
			if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 || slices.Contains([]rune("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), r) {
				t.Errorf("%v prints %U", args, r)
			}
		}
	}
}

func TestVersionAndHelp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, args := range [][]string{{"version"}, {"--version"}} {
		if r := w.run(args...); r.status != 0 || !strings.HasPrefix(r.stdout, "rollcall ") {
			t.Errorf("%v: %+v", args, r)
		}
	}
	for _, name := range []string{"", "status", "show", "list", "changes", "pin", "use", "bind", "which", "env", "exec", "import", "demo-server"} {
		args := append(strings.Fields(name), "--help")
		if r := w.run(args...); r.status != 0 || !strings.Contains(r.stdout, "Examples:") {
			t.Errorf("%v has no examples: %+v", args, r)
		}
	}
}
