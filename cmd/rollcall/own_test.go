//go:build linux

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const ownCommands = `
[[commands]]
name = "dump"
key  = "ctrl+t"
run  = ["sh", "-c", "echo it ran; env -0 >$1; printf '%s|' \"$@\" >$1.args; exit 3", "sh", "$DUMP", "--user={user}", "{profile}"]

[[commands]]
name = "full"
key  = "f5"
run  = ["sh", "-c", "env -0 >$1; tr '\\0' ' ' </proc/$$/cmdline >$1.line", "sh", "$DUMP.full"]
credential = true

[[commands]]
name = "quiet"
key  = "f6"
run  = ["sh", "-c", "tty; cat; printf '\\033[31m%s\\n' \"token $KATAPULT_API_KEY $SECRET\"; echo failed >&2; exit 4"]
credential = true
screen = "keep"

[[commands]]
name = "slow"
key  = "f7"
run  = ["sh", "-c", "echo $$ >$1; echo begun; exec sleep 300", "sh", "$DUMP.slow"]
screen = "keep"

[[commands]]
name = "leak"
key  = "f8"
run  = ["touch", "$SECRET"]

[[commands]]
name = "page"
key  = "f9"
run  = ["touch", "{url}"]

[[commands]]
name = "taken"
key  = "r"
run  = ["true"]
`

// ownWorld is a dashboard with commands of the person's own, and secrets of other
// profiles in its environment.
func ownWorld(t *testing.T) (m *terminal, w *world, dump string) {
	t.Helper()
	more := ownCommands + "\n[profiles.second]\nprovider = \"katapult\"\ntoken = { env = \"SECRET\" }\ndisabled = true\n"
	home := t.TempDir()
	dump = filepath.Join(home, "dump")
	m, w, _ = shellWorld(t, more, "SECRET=kt-of-the-second", "KATAPULT_API_KEY=kt-of-the-other", "ALIAS=kt-of-the-second", "DUMP="+dump, "KEPT=yes")
	return m, w, dump
}

// TestOwnCommand runs commands on the terminal, with what is for them and nothing else.
func TestOwnCommand(t *testing.T) {
	t.Parallel()
	m, w, dump := ownWorld(t)
	before := m.text()
	m.press("\x14")
	m.until("what it printed", func(s string) bool {
		return strings.Contains(s, "it ran") && strings.Contains(s, "dump of work ended with 3. Any key goes back.") && !m.onAltScreen()
	})
	m.press(" ")
	m.back("dump of work ended with 3", before)
	got := environmentIn(t, dump)
	for _, secret := range []string{"kt-of-the-second", "kt-of-the-other", awkwardSecret, "SECRET=", "KATAPULT_API_KEY=", "ALIAS=", "ROLLCALL_PROFILE="} {
		if strings.Contains(strings.Join(got, "\n"), secret) {
			t.Errorf("a command without a credential got %s: %q", secret, got)
		}
	}
	if !slices.Contains(got, "KEPT=yes") {
		t.Errorf("it got %q", got)
	}
	if args := kept(t, dump+".args"); args != dump+"|--user=user_a|work|" {
		t.Errorf("its arguments are %q", args)
	}

	m.press("\x1b[15~")
	m.shows("full of work ended. Any key goes back.")
	m.press("\r")
	m.back("full of work ended", before)
	exec := startProgram(t, 100, 30, []string{
		"HOME=" + w.home, "SHELL=/bin/sh", "PS1=ready> ", "SECRET=kt-of-the-second", "KATAPULT_API_KEY=kt-of-the-other", "ALIAS=kt-of-the-second", "DUMP=" + dump, "KEPT=yes",
	}, program, "exec", "work", "--", "sh", "-c", "env -0 >"+dump+".exec")
	exec.exit()
	if in, by := environmentIn(t, dump+".full"), environmentIn(t, dump+".exec"); !slices.Equal(in, by) || !slices.Contains(in, "KATAPULT_API_KEY="+awkwardSecret) {
		t.Errorf("the command has\n%q\nexec gives\n%q", in, by)
	}
	if line := kept(t, dump+".full.line"); !strings.Contains(line, "sh -c") || strings.Contains(line, "kt-") {
		t.Errorf("its arguments are %q", line)
	}
	m.press("\x1b[19~")
	m.shows("That did not work", "leak is not run: $SECRET holds a secret")
	m.press(escape)
	m.until("the list again", func(s string) bool { return !strings.Contains(s, "That did not work") })
	m.press("\x1b[20~")
	m.shows("page is not run: {url} has no value")
	m.press(escape)
	m.until("the list again", func(s string) bool { return !strings.Contains(s, "That did not work") })
	m.press("!")
	m.shows("config.toml:63: key:", `"r" is the key of`, "refresh; choose another")
	if strings.Contains(m.written.String(), "kt-of-") || strings.Contains(m.written.String(), awkwardSecret[:12]) {
		t.Error("a secret was on the terminal")
	}
}

// TestKeptCommand runs commands behind the screen, which stays.
func TestKeptCommand(t *testing.T) {
	t.Parallel()
	m, _, dump := ownWorld(t)
	m.press("\x1b[17~")
	m.shows("╭ quiet ", "quiet of work ended with 4", "not a tty", "token [redacted] [redacted]", "failed")
	if !m.onAltScreen() || strings.Contains(m.text(), "kt-'") {
		t.Errorf("the screen:\n%s", m.text())
	}
	m.press(escape)
	m.until("the list again", func(s string) bool { return !strings.Contains(s, "╭ quiet ") })
	m.press("\x1b[18~")
	m.shows("slow runs behind the screen")
	var job string
	m.until("its process", func(string) bool {
		text, _ := os.ReadFile(dump + ".slow")
		job = strings.TrimSpace(string(text))
		return job != ""
	})
	// One at a time: the key asks whether to call it off.
	m.press("\x1b[18~")
	m.shows("╭ slow runs ", "Call it off?")
	m.press("\t\r")
	m.shows("╭ slow ", "slow of work was called off", "begun")
	if _, err := os.Stat("/proc/" + job); err == nil {
		t.Error("what was called off goes on")
	}
	m.press(escape)
	m.until("the list again", func(s string) bool { return !strings.Contains(s, "╭ slow ") })
	// What runs ends with the dashboard.
	m.press("\x1b[18~")
	m.until("another process", func(string) bool {
		text, _ := os.ReadFile(dump + ".slow")
		again := strings.TrimSpace(string(text))
		other := again != "" && again != job
		if other {
			job = again
		}
		return other
	})
	m.press("q")
	// It tells of the command whose key is taken.
	if status := m.exit(); status != 2 {
		t.Errorf("exit status %d", status)
	}
	if _, err := os.Stat("/proc/" + job); err == nil {
		t.Error("the command goes on without the dashboard")
	}
}

// TestOwnCommandsOfOthers runs nothing of a file that others can write.
func TestOwnCommandsOfOthers(t *testing.T) {
	t.Parallel()
	w, _ := handoverWorld(t)
	ran := filepath.Join(w.home, "ran")
	path := w.write(".config/rollcall/config.toml", "[[commands]]\nname = \"x\"\nkey = \"ctrl+t\"\nrun = [\"touch\", \""+ran+"\"]\n"+
		"[profiles.work]\nprovider = \"katapult\"\ntoken = { command = [\"touch\", \""+ran+"\"] }\n")
	if err := os.Chmod(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	m := startProgram(t, 100, 30, []string{"HOME=" + w.home}, program)
	m.shows("work", "misconfigured")
	m.press("\x14")
	m.press("!")
	// Where the lines of the dialog end depends on the length of the folder's name.
	m.until("both problems", func(s string) bool {
		said := strings.Join(strings.Fields(strings.NewReplacer("│", " ", "┃", " ").Replace(s)), " ")
		return strings.Contains(said, "are not run, since others can write into its folder") &&
			strings.Contains(said, "the command is not run, since others can write into its folder") && strings.Contains(said, "chmod go-w")
	})
	if _, err := os.Stat(ran); err == nil {
		t.Error("something ran")
	}
}
