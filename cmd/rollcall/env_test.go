//go:build unix

package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestEnvJoined has shells run the lines in each way that people write it, also
// one that joins them.
func TestEnvJoined(t *testing.T) {
	t.Parallel()
	w, s := handoverWorld(t)
	stale := w.with("KATAPULT_API_KEY=stale", "KATAPULT_API_TOKEN=stale", "KATAPULT_ORGANIZATION=stale")
	for _, tt := range []struct{ shells, read string }{
		{"sh bash dash zsh", `eval "$("$0" env work)"`},
		{"sh bash dash zsh", `eval $("$0" env work)`},
		{"sh bash dash zsh", `set -eu; eval $("$0" env work --shell dash)`},
		{"bash zsh", `source <("$0" env work --shell bash)`},
		{"zsh", `source <("$0" env work --shell zsh)`},
	} {
		for sh := range strings.FieldsSeq(tt.shells) {
			stale.reads(t, []string{sh, "-c", tt.read + ` && printf '%s\n' "$KATAPULT_API_KEY" "${KATAPULT_API_TOKEN-unset}" ` +
				`"${KATAPULT_ORGANIZATION-unset}" "$KATAPULT_TF_DEBUG_API_URL"`, program}, awkwardSecret+"\nunset\nunset\n"+s.URL+"\n")
		}
	}
	for _, read := range []string{"$argv[1] env work --shell fish | source", "eval ($argv[1] env work --shell fish)"} {
		stale.reads(t, []string{"fish", "--no-config", "-c", read + `; and printf '%s\n' $KATAPULT_API_KEY "[$KATAPULT_API_TOKEN]"`, program},
			awkwardSecret+"\n[]\n")
	}
}

// reads runs a shell, where it is installed, and wants it to print something.
func (w *world) reads(t *testing.T, command []string, want string) {
	t.Helper()
	if _, err := exec.LookPath(command[0]); err != nil {
		return
	}
	c := exec.Command(command[0], command[1:]...)
	c.Env, c.Dir = w.command().Env, w.home
	out, err := c.Output()
	if string(out) != want {
		t.Errorf("%q\ngot  %q, %v\nwant %q", command, out, err, want)
	}
}

// TestEnvFails has shells go no further with the account that was there before,
// whatever the reason for which there is no other.
func TestEnvFails(t *testing.T) {
	t.Parallel()
	w, _ := handoverWorld(t)
	for _, args := range []string{"env wrok", "env other", "env off", "env work --bogus", "env work zone", "env work --config nowhere.toml", "env --demo",
		// What cannot be read up to the name of the command.
		"--bogus env work", "-x env work", "--private=maybe env work", "enb work", "evn", "--bogus enb"} {
		for _, tt := range []struct{ shells, script string }{
			{"sh bash dash zsh", `eval "$("$0" ` + args + `)" && echo went on`},
			{"sh bash dash zsh", `eval $("$0" ` + args + `) && echo went on`},
			{"sh bash dash zsh", `set -e; eval "$("$0" ` + args + `)"; echo went on`},
			{"bash zsh", `source <("$0" ` + args + `) && echo went on`},
		} {
			for sh := range strings.FieldsSeq(tt.shells) {
				w.reads(t, []string{sh, "-c", tt.script, program}, "")
			}
		}
		for _, read := range []string{"$argv[1] " + args + " --shell fish | source", "eval ($argv[1] " + args + " --shell fish)"} {
			w.reads(t, []string{"fish", "--no-config", "-c", read + "; and echo went on", program}, "")
		}
	}
	if r := w.run("env", "wrok", "--shell", "pwsh"); r.status != 2 || r.stdout != "throw 'rollcall env gave nothing';\n" {
		t.Errorf("PowerShell: %+v", r)
	}
	if r := w.with("SHELL=/usr/bin/pwsh").run("env", "wrok", "--shell"); !strings.HasPrefix(r.stdout, "throw ") {
		t.Errorf("PowerShell by the variable: %+v", r)
	}
	if r := w.run("--bogus", "env", "work", "--shell=pwsh"); r.status != 2 || r.stdout != "throw 'rollcall env gave nothing';\n" {
		t.Errorf("PowerShell, with a mistake before the command: %+v", r)
	}
	// Other commands have nothing to tell a shell.
	for _, args := range [][]string{{"show", "wrok"}, {"exec", "wrok", "--", "true"}, {"env", "--unset"},
		{"--bogus"}, {"--bogus", "show", "wrok"}, {"shwo"}, {"--bogus", "exec", "work", "--", "env"}} {
		if r := w.run(args...); strings.Contains(r.stdout, "false") {
			t.Errorf("%v: %+v", args, r)
		}
	}
}

// TestEnvInterrupted ends env while a credential is still on its way.
func TestEnvInterrupted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.env = []string{"PATH=" + os.Getenv("PATH")}
	w.write(".config/rollcall/config.toml", "[profiles.slow]\nprovider = \"katapult\"\ntoken = { command = [\"sh\", \"-c\", \"echo begun >begun; sleep 9\"] }\n")
	if err := syscall.Mkfifo(w.home+"/begun", 0o600); err != nil {
		t.Fatal(err)
	}
	c := w.command("env", "slow")
	var out strings.Builder
	c.Stdout = &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.ReadFile(w.home + "/begun"); err != nil {
		t.Fatal(err)
	}
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	if got := c.ProcessState.ExitCode(); got != 143 || out.String() != "false;\n" {
		t.Errorf("exit status %d, printed %q", got, out.String())
	}
}
