//go:build linux

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// shellWorld is a dashboard on the profile work in a terminal of 100 by 30, whose shell
// is sh, and the file to which the shell writes.
func shellWorld(t *testing.T, more string, env ...string) (m *terminal, w *world, dump string) {
	t.Helper()
	w, _ = handoverWorld(t)
	path := filepath.Join(w.home, ".config", "rollcall", "config.toml")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	w.write(".config/rollcall/config.toml", "refresh_interval = \"0s\"\n"+string(text)+more)
	m = startProgram(t, 100, 30, append([]string{"HOME=" + w.home, "SHELL=/bin/sh", "PS1=ready> "}, env...), program, "--profile", "work")
	m.until("a dashboard that knows all", func(s string) bool {
		return strings.Contains(s, "unreachable") && strings.Contains(s, "Acme") && strings.Contains(s, "●│") && !strings.Contains(s, "│ time ")
	})
	return m, w, filepath.Join(w.home, "dump")
}

// inShell opens a shell, and waits until it has the terminal.
func (m *terminal) inShell() {
	m.t.Helper()
	begun := func() int {
		m.mu.Lock()
		defer m.mu.Unlock()
		return strings.Count(m.written.String(), "This is a shell as work")
	}
	before := begun()
	m.press("x")
	m.until("the shell", func(string) bool { return begun() > before && !m.onAltScreen() })
}

// steadyFrame is a screen without what goes by with time, and without the last line. A
// reason is cut where "just now" leaves it less room.
func steadyFrame(screen string) string {
	lines := strings.Split(strings.TrimRight(screen, "\n"), "\n")
	return regexp.MustCompile(`unreacha(ble|…)|just now|just n…|\d+[a-z]*( ago)?|[▁▂▃▄▅▆▇█▏▎▍▌▋▊▉░]+| +`).ReplaceAllString(strings.Join(lines[:len(lines)-1], "\n"), "·")
}

// back waits until the dashboard is there again, with a notice, and compares it with the
// frame before.
func (m *terminal) back(notice, before string) {
	m.t.Helper()
	after := m.until(notice, func(s string) bool { return strings.Contains(s, notice) && strings.Contains(s, "╭ Profiles") })
	if before != "" && steadyFrame(after) != steadyFrame(before) {
		m.t.Errorf("the screen was\n%s\nand is\n%s", before, after)
	}
}

// cooked reports whether the terminal reads lines and shows what is typed.
func (m *terminal) cooked() bool {
	modes, err := unix.IoctlGetTermios(int(m.tty.Fd()), unix.TCGETS)
	return err == nil && modes.Lflag&(unix.ICANON|unix.ECHO|unix.ISIG) == unix.ICANON|unix.ECHO|unix.ISIG
}

// TestShell leaves the screen to a shell and comes back whole, whatever that left behind
// and however it ended.
func TestShell(t *testing.T) {
	t.Parallel()
	m, _, dump := shellWorld(t, "")
	before := m.text()
	for _, tt := range []struct{ typed, notice string }{
		{"exit 3", "the shell of work ended with 3"},
		{"exit", "the shell of work ended"},
		{`kill -9 $$`, "the shell of work was killed by SIGKILL"},
		{`printf '\033[31;7m\033[?1003h\033[?1000h\033[?25l\033[5;9r\033[?2004h\033(0lqk'; stty raw -echo; exit 4`, "the shell of work ended with 4"},
		{`stty raw -echo; kill -9 $$`, "the shell of work was killed by SIGKILL"},
	} {
		m.inShell()
		m.press(tt.typed + "\r")
		m.back(tt.notice, before)
	}
	// Keys reach the dashboard alone, and the size is that of now.
	m.inShell()
	m.resize(120, 36)
	m.press("stty size >" + dump + "; exit 5\r")
	m.back("the shell of work ended with 5", "")
	m.until("a whole frame of the new size", wholeFrame(36))
	if got := kept(t, dump); got != "36 120\n" {
		t.Errorf("the shell saw a terminal of %q", got)
	}
	m.press("?")
	m.shows("a shell as the profile")
	m.press(escape)
	m.until("the help gone", func(s string) bool { return !strings.Contains(s, "a shell as the profile") })
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m.restored()
}

// TestShellSignals has the keys that interrupt and stop belong to the shell alone, and a
// signal to rollcall end both.
func TestShellSignals(t *testing.T) {
	t.Parallel()
	m, _, dump := shellWorld(t, "")
	m.inShell()
	// What the job itself says shows that it has the terminal.
	m.press("set -m; sh -c 'echo $((30 * 30)); exec sleep 300'\r")
	m.shows("900")
	m.press("\x03")
	m.until("the prompt again", func(s string) bool { return strings.Count(s, "ready>") == 2 })
	m.press("sh -c 'echo $((30 * 31)); exec sleep 300'\r")
	m.shows("930")
	m.press("\x1a")
	m.shows("Stopped")
	m.press("kill %1; sh -c 'echo $$ >" + dump + "; exec sleep 302'\r")
	var job string
	m.until("a job", func(string) bool { job = strings.TrimSpace(kept(t, dump)); return job != "" })
	m.signal(syscall.SIGTERM)
	if status := m.exit(); status != 143 {
		t.Errorf("exit status %d, want 143", status)
	}
	m.restored()
	if _, err := os.Stat("/proc/" + job); err == nil {
		if state, _ := os.ReadFile("/proc/" + job + "/cmdline"); strings.Contains(string(state), "sleep") {
			t.Errorf("the job %s of the shell goes on", job)
		}
	}
}

// environmentIn are the variables that a dump holds, but for those that a shell sets by
// itself.
func environmentIn(t *testing.T, dump string) (all []string) {
	t.Helper()
	for line := range strings.SplitSeq(strings.TrimSuffix(kept(t, dump), "\x00"), "\x00") {
		name, _, _ := strings.Cut(line, "=")
		if !slices.Contains([]string{"PWD", "OLDPWD", "_", "SHLVL"}, name) {
			all = append(all, line)
		}
	}
	slices.Sort(all)
	return all
}

// TestShellEnvironment gives a shell what exec gives a program, and leaves no secret in
// a list of arguments.
func TestShellEnvironment(t *testing.T) {
	t.Parallel()
	env := []string{"KATAPULT_ORGANIZATION=stale", "KATAPULT_API_TOKEN=stale", "KEPT=yes"}
	m, w, dump := shellWorld(t, "", env...)
	m.inShell()
	m.press("env -0 >" + dump + "; cat /proc/$$/cmdline /proc/$PPID/cmdline >" + dump + ".args; exit\r")
	m.back("the shell of work ended", "")
	in := environmentIn(t, dump)
	exec := startProgram(t, 100, 30, append([]string{"HOME=" + w.home, "SHELL=/bin/sh", "PS1=ready> "}, env...), program, "exec", "work", "--",
		"sh", "-c", "env -0 >"+dump+".exec")
	if status := exec.exit(); status != 0 {
		t.Errorf("exec: exit status %d", status)
	}
	by := environmentIn(t, dump+".exec")
	if !slices.Equal(in, by) {
		t.Errorf("the shell has\n%q\nexec gives\n%q", in, by)
	}
	if !slices.Contains(in, "KATAPULT_API_KEY="+awkwardSecret) || !slices.Contains(in, "ROLLCALL_PROFILE=work") {
		t.Errorf("the shell has %q", in)
	}
	if args := kept(t, dump+".args"); args == "" || strings.Contains(args, awkwardSecret) {
		t.Errorf("the arguments are %q", args)
	}
	m.press("q")
	m.exit()
	if !m.cooked() {
		t.Error("the terminal does not read lines")
	}
	if strings.Contains(m.written.String(), awkwardSecret[:12]) {
		t.Error("the secret was on the terminal")
	}
}

// TestShellRefused opens no shell where exec would refuse one, and says why.
func TestShellRefused(t *testing.T) {
	t.Parallel()
	m, _, _ := shellWorld(t, "")
	m.press("/off\r")
	m.shows("▌4", "off")
	m.press("x")
	m.shows("off is switched off; X switches it on")
	m.press("/")
	m.press("\x15")
	m.press("wrong\r")
	m.shows("▌5")
	m.press("x")
	m.shows("That did not work", "provider must be")
	m.press(escape)
	m.until("the list again", func(s string) bool { return !strings.Contains(s, "That did not work") })
	m.press("P")
	m.shows("private")
	m.press("x")
	m.shows("leave private mode first")

	nested, _, _ := shellWorld(t, "", "ROLLCALL_PROFILE=other")
	nested.press("x")
	nested.shows("That did not work", "credential of other already")
	for _, m := range []*terminal{m, nested} {
		if strings.Contains(m.written.String(), "This is a shell") {
			t.Error("a shell began")
		}
	}
}

// TestAccessibleShell opens a shell and runs commands in a conversation, which moves no
// cursor.
func TestAccessibleShell(t *testing.T) {
	t.Parallel()
	w, _, _ := talkative(t)
	path := filepath.Join(w.home, ".config", "rollcall", "config.toml")
	w.write(".config/rollcall/config.toml", kept(t, path)+`
[[commands]]
name = "say hello"
run  = ["sh", "-c", "printf '\\033[31mhello %s\\n' \"$1\"; exit 3", "sh", "{user}"]
screen = "keep"

[[commands]]
name = "loud"
run  = ["sh", "-c", "echo on $(tty | cut -c1-5) as ${ROLLCALL_PROFILE-nobody}"]
`)
	m := newDialogue(start(t, 150, 60, append(w.env, "SHELL=/bin/sh", "PS1=ready> "), "--accessible"))
	const ready = "q to leave: "
	m.answer(ready, "shell 1\r")
	m.answer("ready> ", "sh -c 'echo as $ROLLCALL_PROFILE; exec sleep 300'\r")
	m.shows("as work\n")
	m.press("\x03")
	m.answer("ready> ", "exit 3\r")
	m.shows("the shell of work ended with 3.")
	m.answer(ready, "run say hello 1\r")
	m.shows("hello user_Sam\nsay hello of work ended with 3.")
	m.answer(ready, "run loud work\r")
	m.shows("on /dev/ as nobody\n", "loud of work ended.")
	m.answer(ready, "run lowd 1\r")
	m.shows(`You have no command "lowd". Did you mean loud?`)
	m.answer(ready, "commands\r")
	m.shows("say hello: runs sh.\nloud: runs sh.\nType run, its name and the number of a profile.")
	m.answer(ready, "q\r")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if out := m.written.String(); strings.Contains(out, "\x1b") || strings.Contains(out, "kt-") {
		t.Errorf("an escape sequence or a secret was written: %q", out)
	}
}
