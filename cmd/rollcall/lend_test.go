//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asker is a program that asks for a word on the terminal and prints the token of
// that word. It leaves a process behind that ignores what it can.
const asker = `#!/bin/sh
echo $$ >>"$0.groups"
{ : >/dev/tty; } 2>/dev/null || exit 1
stty -echo </dev/tty
printf 'Phrase: ' >/dev/tty
read -r word </dev/tty
stty echo </dev/tty
echo "$word" >>"$0.words"
(trap '' HUP TERM INT; exec sleep 300) &
echo "kt-$word"
`

// asking is a world with two profiles, of which asked has its token from the asker,
// and quick from the environment.
type asking struct {
	*world
	asker, config, text string
}

func newAsking(t *testing.T, more string) asking {
	t.Helper()
	w, g := newWorld(t), newGate(t, map[string]string{"kt-otter": "Sam", "kt-quick": "Kim"})
	a := asking{world: w, asker: filepath.Join(w.home, "ask")}
	if err := os.WriteFile(a.asker, []byte(asker), 0o700); err != nil {
		t.Fatal(err)
	}
	a.text = fmt.Sprintf(`%s
[profiles.quick]
provider = "katapult"
base_url = %q
token = { env = "QUICK" }

[profiles.asked]
provider = "katapult"
base_url = %q
token = { command = [%q] }
`, more, g.URL, g.URL, a.asker)
	a.config = w.write(".config/rollcall/config.toml", a.text)
	w.env = []string{"QUICK=kt-quick"}
	return a
}

// add gives more profiles their token from the asker.
func (a *asking) add(names ...string) {
	a.t.Helper()
	one := a.text[strings.Index(a.text, "[profiles.asked]"):]
	for _, name := range names {
		a.text += strings.ReplaceAll(one, "profiles.asked", "profiles."+name)
	}
	a.write(".config/rollcall/config.toml", a.text)
}

// start runs rollcall in a terminal.
func (a asking) start(args ...string) *terminal {
	a.t.Helper()
	return start(a.t, 100, 30, append([]string{"HOME=" + a.home}, a.env...), args...)
}

// words are those that the asker heard.
func (a asking) words() string {
	data, err := os.ReadFile(a.asker + ".words")
	if err != nil && !os.IsNotExist(err) {
		a.t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(data)), " ")
}

// runs is how often the asker ran; none of these runs may have left anything
// behind.
func (a asking) runs() int {
	a.t.Helper()
	data, err := os.ReadFile(a.asker + ".groups")
	if err != nil {
		a.t.Fatal(err)
	}
	groups := strings.Fields(string(data))
	for _, group := range groups {
		id, err := strconv.Atoi(group)
		if err != nil {
			a.t.Fatal(err)
		}
		// A process that was killed is there until somebody hears of its end.
		deadline := time.Now().Add(patience)
		for !errors.Is(syscall.Kill(-id, 0), syscall.ESRCH) {
			if time.Now().After(deadline) {
				a.t.Errorf("something of the group %d is still there", id)
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
	return len(groups)
}

// A one-shot command lends the terminal to what asks on it.
func TestLendToCommands(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"status", []string{"status"}, "2 ok"},
		{"show", []string{"show", "asked"}, "user_Sam"},
		{"exec", []string{"exec", "asked", "--", "sh", "-c", `echo "got $KATAPULT_API_KEY"`}, "got kt-otter"},
		{"doctor", []string{"doctor", "-v", "asked"}, "healthy"},
		{"pin", []string{"pin", "asked"}, "user_Sam"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a := newAsking(t, "")
			m := a.start(test.args...)
			m.shows("The command ask has the terminal now", "Phrase:")
			m.press("otter" + enter)
			m.exit()
			if screen := m.text(); a.words() != "otter" || a.runs() != 2 {
				t.Errorf("%d runs heard %q:\n%s", a.runs(), a.words(), screen)
			} else if !strings.Contains(screen, test.want) && test.name != "status" {
				t.Errorf("no %s:\n%s", test.want, screen)
			}
			if strings.Contains(strings.ReplaceAll(m.text(), "kt-otter", ""), "otter") {
				t.Errorf("what was typed is shown:\n%s", m.text())
			}
		})
	}
}

// The shell reads the lines of env from a pipe, while the terminal is lent.
func TestLendToEnv(t *testing.T) {
	t.Parallel()
	a := newAsking(t, "")
	shell := fmt.Sprintf(`eval "$(%s env asked)" && echo "got $KATAPULT_API_KEY"`, program)
	m := startProgram(t, 100, 30, append([]string{"HOME=" + a.home}, a.env...), "sh", "-c", shell)
	m.shows("Phrase:")
	m.press("otter" + enter)
	m.shows("got kt-otter")
	if status := m.exit(); status != 0 || a.words() != "otter" || a.runs() != 2 {
		t.Errorf("exit status %d, %d runs heard %q", status, a.runs(), a.words())
	}
}

// Who interrupts what asks them ends the whole command, and is asked nothing more.
func TestLendInterrupted(t *testing.T) {
	t.Parallel()
	a := newAsking(t, "")
	a.add("second", "third")
	m := a.start("status")
	m.shows("Phrase:")
	m.press("\x03")
	if status := m.exit(); status != 130 {
		t.Errorf("exit status %d", status)
	}
	if screen := m.text(); strings.Count(screen, "Phrase:") != 1 || strings.Contains(screen, "quick") {
		t.Errorf("it went on:\n%s", screen)
	}
	a.runs()
}

// Several commands that ask do so one after the other.
func TestLendOneAtATime(t *testing.T) {
	t.Parallel()
	a := newAsking(t, "")
	a.add("second")
	m := a.start("status")
	for i := range 2 {
		m.until("a question", func(s string) bool { return strings.Count(s, "Phrase:") == i+1 })
		m.press("otter" + enter)
	}
	if status := m.exit(); status != 0 || a.words() != "otter otter" {
		t.Errorf("exit status %d after %q:\n%s", status, a.words(), m.text())
	}
}

// Without a person nothing is lent: in a pipe, and in a job in the background.
func TestNothingIsLent(t *testing.T) {
	t.Parallel()
	a := newAsking(t, "")
	r := a.run("status", "asked")
	if !strings.Contains(r.stdout, "credential missing") || r.status != 1 || a.runs() != 1 {
		t.Errorf("exit status %d after %d runs:\n%s%s", r.status, a.runs(), r.stdout, r.stderr)
	}
	// With job control, a shell has each job in a group of its own.
	m := startProgram(t, 100, 30, append([]string{"HOME=" + a.home}, a.env...), "sh", "-c", "set -m; "+program+" status asked & wait; echo over")
	m.shows("credential missing", "over")
	if m.exit(); a.runs() != 2 || strings.Contains(m.text(), "Phrase:") {
		t.Errorf("%d runs:\n%s", a.runs(), m.text())
	}
}

// The dashboard lends its terminal by the key that checks the profile. What is typed
// meanwhile is the command's alone, and the screen is whole again afterwards.
func TestLendByKey(t *testing.T) {
	t.Parallel()
	a := newAsking(t, "")
	m := a.start()
	before := m.shows("╭ Profiles 2", "1 now", "Kim", "q quit")
	m.press("2") // The second of the file, wherever it stands.
	m.shows("credential missing", "Run it in a terminal", "check again")
	m.press("r")
	m.shows("The command ask has the terminal now", "Phrase:")
	if m.onAltScreen() {
		t.Error("the command draws over the dashboard")
	}
	// Letters of a phrase that would do much harm as keys.
	m.press("XuaJKDq" + enter)
	m.shows("invalid token", "╭ Profiles 2", "q quit")
	if a.words() != "XuaJKDq" {
		t.Errorf("the command heard %q", a.words())
	}
	m.press("r")
	m.until("the terminal lent again", func(s string) bool { return strings.Count(s, "Phrase:") == 2 })
	m.press("otter" + enter)
	m.shows("all 2 fine", "Sam", "╭ Profiles 2", "q quit")
	if lines, was := strings.Count(m.text(), "\n"), strings.Count(before, "\n"); lines != was {
		t.Errorf("%d lines were drawn, and before that %d", lines, was)
	}
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m.restored()
	a.untouched()
	// Each check that was asked for ran it twice, and the first check of all once;
	// a token that was refused is looked up once more.
	if n := a.runs(); n != 6 {
		t.Errorf("the command ran %d times", n)
	}
	if bytes.Contains(m.written.Bytes(), []byte("XuaJKDq")) {
		t.Error("what was typed is shown")
	}
}

// A form that is tested lends the terminal as the key does that checks a profile.
func TestLendToForm(t *testing.T) {
	t.Parallel()
	a := newAsking(t, "")
	m := a.start()
	m.shows("╭ Profiles 2", "1 now", "q quit")
	m.press("2E") // The second of the file, wherever it stands.
	m.shows("╭ Edit asked", "command of a password manager")
	// The seventh field on is the button.
	m.press(strings.Repeat("\t", 7) + enter)
	m.shows("The command ask has the terminal now", "Phrase:")
	m.press("otter" + enter)
	m.shows("╭ Edit asked", "You would be Sam", "[ Save ]")
	m.press("\x03")
	if status := m.exit(); status != 130 && status != 0 {
		t.Errorf("exit status %d", status)
	}
	if a.words() != "otter" || bytes.Contains(m.written.Bytes(), []byte("otter"+"\r")) {
		t.Errorf("the command heard %q", a.words())
	}
	a.untouched()
	a.runs()
}

// Whoever leaves while a form is tested leaves no command behind.
func TestFormLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	a := newAsking(t, "")
	slow := "#!/bin/sh\necho $$ >>\"$0.groups\"\n(trap '' HUP TERM INT; exec sleep 300)\n"
	if err := os.WriteFile(a.asker, []byte(slow), 0o700); err != nil {
		t.Fatal(err)
	}
	m := a.start()
	m.shows("╭ Profiles 2", "Kim", "q quit")
	m.press("2E") // The second of the file, wherever it stands.
	m.shows("╭ Edit asked")
	m.press(strings.Repeat("\t", 7) + enter)
	m.shows("Asking Katapult who you would be")
	m.press("\x03")
	m.exit()
	a.runs()
}

// untouched fails where something changed the configuration.
func (a asking) untouched() {
	a.t.Helper()
	data, err := os.ReadFile(a.config)
	if err != nil {
		a.t.Fatal(err)
	}
	if string(data) != a.text {
		a.t.Errorf("the configuration was changed:\n%s", data)
	}
}

// The conversation hears nothing of what is typed for a command, and goes on after
// that.
func TestLendInConversation(t *testing.T) {
	t.Parallel()
	a := newAsking(t, "")
	a.env = append(a.env, "TERM=dumb")
	m := a.start("--accessible")
	m.shows("2. asked: credential missing", "q to leave:")
	m.press("r asked" + enter)
	m.shows("The command ask has the terminal now", "Phrase:")
	m.press("q" + enter)
	m.shows("2. asked: invalid token, ")
	m.press("r 2" + enter)
	m.until("another question", func(s string) bool { return strings.Count(s, "Phrase:") == 2 })
	m.press("otter" + enter)
	m.shows("Fine again: 2. asked")
	m.press("1" + enter)
	m.shows("user_Kim")
	m.press("q" + enter)
	if status := m.exit(); status != 0 || a.words() != "q otter" {
		t.Errorf("exit status %d after %q", status, a.words())
	}
	a.untouched()
	a.runs()
	if bytes.Contains(m.written.Bytes(), []byte("otter"+"\r")) {
		t.Errorf("what was typed is shown:\n%s", m.text())
	}
}

// Checks that nobody waits for lend nothing, however often they come, and every key
// is the dashboard's.
func TestUnattendedRefreshesLendNothing(t *testing.T) {
	t.Parallel()
	a := newAsking(t, "refresh_interval = \"1s\"\n")
	m := a.start()
	m.shows("1 now", "Kim")
	ran := func() int { return a.runs() }
	begun := ran()
	for i := 0; ran() < begun+3; i++ {
		m.press("o")
		m.shows("╭ Overview")
		m.press("R")
		m.press("d")
		m.until("the dashboard", func(s string) bool {
			return strings.Contains(s, "╭ Profiles") && !strings.Contains(s, "╭ Overview")
		})
		if i > 200 {
			t.Fatal("nothing is checked by itself")
		}
	}
	m.press("q")
	m.exit()
	if a.words() != "" || bytes.Contains(m.written.Bytes(), []byte("Phrase:")) || bytes.Contains(m.written.Bytes(), []byte("has the terminal")) {
		t.Error("a command was lent the terminal")
	}
	a.untouched()
}
