//go:build unix

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// awkwardSecret has all in it that a shell could trip over.
const awkwardSecret = `kt-'it"s $HOME $(id) ` + "`id`" + ` \ !! *`

// withheld is said of every profile with an address of its own at Katapult.
const withheld = "KATAPULT_API_TOKEN is not set"

// handoverWorld has a profile work whose secret is awkward, with a service that
// knows its user, and the programs of the machine.
func handoverWorld(t *testing.T) (*world, *service) {
	t.Helper()
	w, s := newWorld(t), newService(t)
	s.knows("user_a", "Sam", "Roe", "Acme")
	w.env = []string{"PATH=" + os.Getenv("PATH")}
	w.write("secret", awkwardSecret+"\n")
	w.write(".config/rollcall/config.toml", fmt.Sprintf(`
[profiles.work]
provider = "katapult"
base_url = %q
token    = { file = %q }

[profiles.other]
provider = "katapult"
token    = { env = "KATAPULT_API_KEY" }

[profiles.zone]
provider = "onezone"
base_url = "https://zone.example"
username = "admin"
password = { file = %[2]q }

[profiles.off]
provider = "katapult"
token    = { file = %[2]q }
disabled = true

[profiles.wrong]
provider = "katapolt"
token    = { file = %[2]q }
`, s.URL, filepath.Join(w.home, "secret")))
	return w, s
}

func TestExec(t *testing.T) {
	t.Parallel()
	w, s := handoverWorld(t)
	shadowed := w.with("KATAPULT_ORGANIZATION=stale", "KATAPULT_API_TOKEN=stale", "KATAPULT_TF_DEBUG_API_URL=https://stale.example", "KEPT=yes")
	r := shadowed.run("exec", "work", "--", "sh", "-c",
		`printf '%s\n' "$KATAPULT_API_KEY" "${KATAPULT_API_TOKEN-unset}" "$KATAPULT_TF_DEBUG_API_URL" "$ROLLCALL_PROFILE" \
"${KATAPULT_ORGANIZATION-unset}" "$KEPT" "$1"; exit 7`,
		"sh", "--an argument")
	r.expect(t, 7, "work: KATAPULT_API_TOKEN is not set, since katapult-cli cannot be told that the service is at "+s.URL)
	want := strings.Join([]string{awkwardSecret, "unset", s.URL, "work", "unset", "yes", "--an argument"}, "\n") + "\n"
	if r.stdout != want {
		t.Errorf("got  %q\nwant %q", r.stdout, want)
	}

	// At the public address both tools are right by themselves.
	r = shadowed.with("KATAPULT_API_KEY=kt-public").run("exec", "other", "--", "sh", "-c", `printf '%s\n' "$KATAPULT_API_TOKEN" "${KATAPULT_TF_DEBUG_API_URL-unset}"`)
	r.expect(t, 0)
	if r.stdout != "kt-public\nunset\n" || strings.Contains(r.stderr, "not set") {
		t.Errorf("at the public address: %q, %q", r.stdout, r.stderr)
	}

	// A file of katapult-cli that leads it to the profile's own address tells it enough,
	// and one that leads it elsewhere takes the public token there.
	told := w.write(".katapult/katapult.yaml", "api_url: "+s.URL+"\n")
	w.run("exec", "work", "--", "sh", "-c", `test "$KATAPULT_API_TOKEN" = "$KATAPULT_API_KEY"`).expect(t, 0)
	shadowed.with("KATAPULT_API_KEY=kt-public").run("exec", "other", "--", "sh", "-c", `test -z "$KATAPULT_API_TOKEN" && test -n "$KATAPULT_API_KEY"`).
		expect(t, 0, "other: KATAPULT_API_TOKEN is not set, since the file of katapult-cli leads it to "+s.URL)
	if err := os.Remove(told); err != nil {
		t.Fatal(err)
	}

	r = w.run("exec", "work", "--organization", "otter-labs", "--", "printenv", "KATAPULT_ORGANIZATION")
	r.expect(t, 0, withheld)
	if r.stdout != "otter-labs\n" {
		t.Errorf("organization %q", r.stdout)
	}
	r = w.run("exec", "zone", "--", "printenv", "ONEZONE_BASIC_AUTH")
	r.expect(t, 0)
	if r.stdout != "admin:"+awkwardSecret+"\n" {
		t.Errorf("basic auth %q", r.stdout)
	}
	w.run("exec", "zone", "--organization", "x", "--", "true").expect(t, 125, "take no organization")
}

// TestExecFailures holds the statuses of what does not run.
func TestExecFailures(t *testing.T) {
	t.Parallel()
	w, _ := handoverWorld(t)
	script := w.write("script", "#!/bin/nowhere\n")
	if err := os.Chmod(script, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"exec", "work", "--", "no-such-program"}, 127, "in none of the folders of PATH"},
		{[]string{"exec", "work", "--", "./no-such-program"}, 127, "does not exist"},
		{[]string{"exec", "work", "--", script}, 127, "does not exist"},
		{[]string{"exec", "work", "--", w.home}, 126, "cannot be run"},
		{[]string{"exec", "work", "--", filepath.Join(w.home, "secret")}, 126, "cannot be run"},
		{[]string{"exec", "work", "true"}, 125, "write -- before the command"},
		{[]string{"exec", "work", "other", "--", "true"}, 125, "one profile"},
		{[]string{"exec", "work", "--"}, 125, "write the command"},
		{[]string{"exec", "wrok", "--", "true"}, 125, `did you mean "work"?`},
		{[]string{"exec", "other", "--", "true"}, 125, "KATAPULT_API_KEY is not set"},
		{[]string{"exec", "off", "--", "true"}, 125, "off is disabled"},
		{[]string{"exec", "wrong", "--", "true"}, 125, "katapolt"},
		{[]string{"exec", "--demo", "work", "--", "true"}, 125, "demo-server"},
		{[]string{"exec", "work", "--bogus", "--", "true"}, 125, "--bogus"},
		{[]string{"--bogus", "exec", "work", "--", "true"}, 125, ""},
		{[]string{"exce", "work", "--", "true"}, 125, `did you mean "exec"?`},
		{[]string{"exec", "work", "--config", "nowhere.toml", "--", "true"}, 125, "nowhere.toml"},
		{[]string{"exec", "work", "--min-ttl", "soon", "--", "true"}, 125, "not a duration"},
	} {
		r := w.run(tt.args...)
		if r.status != tt.status || !strings.Contains(r.stderr, tt.says) || r.stdout != "" {
			t.Errorf("%v: exit status %d, want %d and %q\n%s%s", tt.args, r.status, tt.status, tt.says, r.stdout, r.stderr)
		}
		if strings.Contains(r.stderr, "kt-") {
			t.Errorf("%v tells the secret:\n%s", tt.args, r.stderr)
		}
	}
}

// TestExecIsReplaced shows that the program has the place of rollcall: its
// process, its signals, its end.
func TestExecIsReplaced(t *testing.T) {
	t.Parallel()
	w, _ := handoverWorld(t)
	c := w.command("exec", "work", "--", "sh", "-c", `trap 'exit 42' TERM; echo $$; while :; do sleep 0.02; done`)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || strings.TrimSpace(line) != strconv.Itoa(c.Process.Pid) {
		t.Errorf("the program is process %q (%v), rollcall was %d", line, err, c.Process.Pid)
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	if status := c.ProcessState.ExitCode(); status != 42 {
		t.Errorf("exit status %d, want that of the program's own trap", status)
	}

	c = w.command("exec", "work", "--", "sh", "-c", `kill -KILL $$`)
	_ = c.Run()
	if status, ok := c.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() || status.Signal() != syscall.SIGKILL {
		t.Errorf("a program that was killed ended with %v", c.ProcessState)
	}

	// What nohup keeps from a program stays kept from it.
	c = w.command("exec", "work", "--", "sh", "-c", `kill -HUP $$; echo alive`)
	c = exec.Command("sh", append([]string{"-c", `trap '' HUP; exec "$@"`, "sh"}, c.Args...)...)
	c.Env, c.Dir = w.command().Env, w.home
	if alive, err := c.Output(); string(alive) != "alive\n" {
		t.Errorf("got %q, %v: the signal that was ignored is not any more", alive, err)
	}
}

func TestExecStdin(t *testing.T) {
	t.Parallel()
	w, _ := handoverWorld(t)
	c := w.command("exec", "work", "--", "cat")
	c.Stdin = strings.NewReader("from the caller")
	if out, err := c.Output(); err != nil || string(out) != "from the caller" {
		t.Errorf("got %q, %v", out, err)
	}
}

func TestExecNested(t *testing.T) {
	t.Parallel()
	w, _ := handoverWorld(t)
	inWork := func(args ...string) result {
		return w.run(append([]string{"exec", "work", "--", program}, args...)...)
	}
	inWork("exec", "zone", "--", "true").expect(t, 125, "the credential of work already", "--nested")
	inWork("exec", "zone", "--nested", "--", "true").expect(t, 0, withheld)
	inWork("exec", "work", "--", "true").expect(t, 0, withheld)
	// The active profile is that of the shell.
	if r := inWork("which", "-o", "json"); !strings.Contains(r.stdout, `"by": "environment"`) || !strings.Contains(r.stdout, `"profile": "work"`) {
		t.Errorf("got %s%s", r.stdout, r.stderr)
	}
	// The variable has the credential of work here, and not that of other.
	inWork("exec", "other", "--nested", "--", "true").expect(t, 125, "KATAPULT_API_KEY", "most likely not that of other")
	inWork("env", "other").expect(t, 1, "most likely not that of other")
}

func TestHandoverOfAnotherAccount(t *testing.T) {
	t.Parallel()
	w, s := handoverWorld(t)
	w.run("status", "work").expect(t, 0)
	s.knows("user_b", "Kim", "Larsen", "Acme")
	// Nobody has noticed yet.
	w.run("exec", "work", "--", "true").expect(t, 0, withheld)
	w.run("exec", "work", "--check", "--", "true").expect(t, 125, "wrong account")
	for _, tt := range []struct {
		args   []string
		status int
		stdout string
	}{{[]string{"exec", "work", "--", "printenv"}, 125, ""}, {[]string{"env", "work"}, 1, "false;\n"}} {
		r := w.run(tt.args...)
		r.expect(t, tt.status, "wrong account")
		if r.stdout != tt.stdout {
			t.Errorf("%v printed %q", tt.args, r.stdout)
		}
	}
	// It is asked again, so that what has passed does not stand in the way.
	s.knows("user_a", "Sam", "Roe", "Acme")
	w.run("exec", "work", "--", "true").expect(t, 0, withheld)
	s.knows("user_b", "Kim", "Larsen", "Acme")
	w.run("status", "work").expect(t, 1)
	w.run("pin", "work").expect(t, 0)
	w.run("exec", "work", "--", "true").expect(t, 0, withheld)

	s.knows("user_a", "Sam", "Roe", "Acme")
	w.run("status", "work").expect(t, 1)
	s.Close()
	w.run("exec", "work", "--", "true").expect(t, 125, "unreachable. The service last said: wrong account.")
}

func TestExecCheck(t *testing.T) {
	t.Parallel()
	w, s := handoverWorld(t)
	w.run("exec", "work", "--check", "--", "true").expect(t, 0, withheld)

	// Each time that it is asked, the command has another one.
	counted := w.write("counted.toml", "[profiles.counted]\nprovider = 'katapult'\nbase_url = '"+s.URL+"'\n"+
		"token.command = ['sh', '-c', 'echo x >>asked; echo kt-$(wc -l <asked)']\n")
	w.run("exec", "counted", "--config", counted, "--check", "--", "printenv", "KATAPULT_API_KEY").expect(t, 0, withheld)
	if asked, err := os.ReadFile(filepath.Join(w.home, "asked")); err != nil || len(asked) != len("x\n") {
		t.Errorf("the command ran %d times: %v", len(asked)/2, err)
	}
	s.status.Store(http.StatusForbidden)
	s.body.Store(`{"error":{"code":"invalid_api_token","description":"No","detail":{}}}`)
	w.run("exec", "work", "--check", "--", "true").expect(t, 125, "invalid token")
	// It may be good again, and the service has the last word.
	w.run("exec", "work", "--", "true").expect(t, 0, withheld)
	s.Close()
	w.run("exec", "work", "--check", "--", "true").expect(t, 125, "unreachable. The service last said: invalid token.")
}

func TestExecMinTTL(t *testing.T) {
	t.Parallel()
	w, s := handoverWorld(t)
	w.run("exec", "work", "--min-ttl", "1h", "--", "true").expect(t, 0, "not known when the token ends")
	s.Close()
	// The answer of a moment ago will do.
	w.run("exec", "work", "--min-ttl", "1h", "--", "true").expect(t, 0, "not known when the token ends")
	old := newWorld(t)
	old.env = w.env
	old.write(".config/rollcall/config.toml", fmt.Sprintf(
		"[profiles.work]\nprovider = \"katapult\"\nbase_url = %q\ntoken = \"kt-x\"\n", s.URL))
	old.run("exec", "work", "--min-ttl", "1h", "--", "true").expect(t, 125, "unreachable")

	demo := newWorld(t)
	demo.env = w.env
	path := demo.demoConfig()
	demo.run("--config", path, "exec", "acme", "--min-ttl", "52w", "--", "true").expect(t, 125, "acme ends in", "sooner")
	demo.run("--config", path, "exec", "acme", "--min-ttl", "1m", "--", "true").expect(t, 0, withheld)
}

// TestEnv has real shells read the lines.
func TestEnv(t *testing.T) {
	t.Parallel()
	w, _ := handoverWorld(t)
	for _, sh := range []string{"sh", "bash", "dash", "zsh"} {
		if _, err := exec.LookPath(sh); err != nil {
			continue
		}
		c := exec.Command(sh, "-c", `KATAPULT_ORGANIZATION=stale; export KATAPULT_ORGANIZATION
eval "$("$0" env work)"
printf '%s\n' "$KATAPULT_API_KEY" "${KATAPULT_API_TOKEN-unset}" "$ROLLCALL_PROFILE" "${KATAPULT_ORGANIZATION-unset}"
eval "$("$0" env --unset)"
printf '%s\n' "${KATAPULT_API_KEY-unset}" "${ROLLCALL_PROFILE-unset}"`, program)
		c.Env, c.Dir = w.command().Env, w.home
		out, err := c.Output()
		want := awkwardSecret + "\nunset\nwork\nunset\nunset\nunset\n"
		if err != nil || string(out) != want {
			t.Errorf("%s: got %q, want %q, %v", sh, out, want, err)
		}
	}
	if r := w.run("env", "zone", "--shell", "fish"); r.status != 0 || !strings.Contains(r.stdout, "set -gx ROLLCALL_PROFILE 'zone';\n") ||
		!strings.Contains(r.stdout, "set -eg ONEZONE_API_KEY; ") {
		t.Errorf("fish: %+v", r)
	}
	if r := w.with("SHELL=/usr/bin/pwsh").run("env", "zone"); !strings.Contains(r.stdout, "$env:ROLLCALL_PROFILE = 'zone';\n") {
		t.Errorf("PowerShell: %+v", r)
	}
	w.run("env", "other").expect(t, 1, "KATAPULT_API_KEY is not set")
	w.run("env", "--demo").expect(t, 2, "demo-server")
	w.run("env", "--unset", "work").expect(t, 2, "for all profiles")
	w.run("env", "work", "--shell", "csh").expect(t, 2, "sh, bash, zsh, dash, fish or powershell")
}

// TestEnvOnTerminal shows that the secret is never put on a screen.
func TestEnvOnTerminal(t *testing.T) {
	t.Parallel()
	w, _ := handoverWorld(t)
	m := start(t, 100, 10, nil, "env", "work", "--config", filepath.Join(w.home, ".config/rollcall/config.toml"))
	screen := m.until("the refusal", func(s string) bool { return strings.Contains(s, "eval") })
	if !strings.Contains(screen, `eval "$(rollcall env work)"`) {
		t.Errorf("it does not say what to type:\n%s", screen)
	}
	status := m.exit()
	if bytes.Contains(m.written.Bytes(), []byte("kt-")) {
		t.Errorf("the secret was shown:\n%s", screen)
	}
	if status != 2 {
		t.Errorf("exit status %d, want 2", status)
	}
}

// TestWhichOnTerminal says there why, and elsewhere the name alone.
func TestWhichOnTerminal(t *testing.T) {
	t.Parallel()
	w, _ := handoverWorld(t)
	m := start(t, 100, 10, []string{"ROLLCALL_PROFILE=zone"}, "which", "--config", filepath.Join(w.home, ".config/rollcall/config.toml"))
	m.shows("zone", "the variable ROLLCALL_PROFILE names it")
}
