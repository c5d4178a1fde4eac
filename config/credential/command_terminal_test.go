//go:build unix

package credential

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// The child of these tests is told by variables what to run, and for how long.
const (
	terminalScript = "ROLLCALL_TEST_SCRIPT"
	terminalLimit  = "ROLLCALL_TEST_LIMIT"
)

// TestTerminalChild lends its terminal to a script, and tells what came of it.
func TestTerminalChild(t *testing.T) {
	script := os.Getenv(terminalScript)
	if script == "" {
		t.Skip("this is a part of another test")
	}
	limit, err := time.ParseDuration(os.Getenv(terminalLimit))
	if err != nil {
		t.Fatal(err)
	}
	before, err := term.MakeRaw(0)
	if err != nil {
		t.Fatal(err)
	}
	c := Command("sh", "-c", script).place.(command)
	secret, err := c.run(t.Context(), setting{terminal: &Terminal{os.Stdin, os.Stdout}, limit: limit})
	_ = term.Restore(0, before)
	fmt.Printf("told: %q, %v, interrupted %t\n", secret, err, Interrupted(err))
}

// lend runs a script on a terminal, on which somebody types each answer after the
// question before it, and gives what was told of it.
func lend(t *testing.T, limit time.Duration, script string, typed ...[2]string) string {
	t.Helper()
	process := exec.Command(os.Args[0], "-test.run=^TestTerminalChild$")
	process.Env = append(os.Environ(), terminalScript+"="+script, terminalLimit+"="+limit.String())
	tty, err := pty.Start(process)
	if err != nil {
		t.Fatal(err)
	}
	deadline := time.AfterFunc(time.Minute, func() { _ = syscall.Kill(-process.Process.Pid, syscall.SIGKILL) })
	defer deadline.Stop()
	defer tty.Close()
	var seen strings.Builder
	for r := bufio.NewReader(tty); ; {
		b, err := r.ReadByte()
		if err != nil {
			break
		}
		seen.WriteByte(b)
		if len(typed) > 0 && strings.HasSuffix(seen.String(), typed[0][0]) {
			_, _ = io.WriteString(tty, typed[0][1])
			typed = typed[1:]
		}
	}
	_ = process.Wait()
	_, told, _ := strings.Cut(seen.String(), "told: ")
	told, _, ok := strings.Cut(told, "\r\n")
	if !ok {
		t.Fatalf("the child told nothing:\n%s", seen.String())
	}
	return told
}

// A command that is lent the terminal has the keyboard.
func TestCommandOnTerminal(t *testing.T) {
	t.Parallel()
	ask := `printf 'Phrase: ' >/dev/tty; read -r word </dev/tty; `
	for _, test := range []struct {
		name, script, typed, want string
	}{
		{"an answer", ask + `echo "s3cret-$word"`, "otter\n", `"s3cret-otter", <nil>, interrupted false`},
		{"by its input", `printf 'Phrase: ' >&2; read -r word; echo "s3cret-$word"`, "otter\n", `"s3cret-otter", <nil>, interrupted false`},
		{"refused", ask + `echo wrong >&2; exit 2`, "otter\n",
			`"", the command sh failed: exit status 2, interrupted false`},
		{"interrupted", ask + `echo s3cret`, "\x03", `"", the command sh was interrupted, interrupted true`},
		// What asks dies of the key, whenever it comes; a shell that asks itself can have it
		// just before it reads, and then reads on.
		{"interrupted a shell", "trap 'exit 130' INT; (" + ask + `); echo s3cret`, "\x03", `"", the command sh was interrupted, interrupted true`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := lend(t, time.Minute, test.script, [2]string{"Phrase: ", test.typed}); got != test.want {
				t.Errorf("%s\nwant %s", got, test.want)
			}
		})
	}
}

// What has left the group of the command, and still reads the terminal, is told
// good-bye, and does not hold rollcall up if it does not go.
func TestCommandOnTerminalLeavesReader(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("setsid"); err != nil {
		t.Skip("this test needs the program setsid")
	}
	// It is out of the group before the command ends.
	leave := func(program string) string {
		begun := filepath.Join(t.TempDir(), "begun")
		return fmt.Sprintf(`mkfifo %[1]s; setsid sh -c 'echo >%[1]s; exec %[2]s' <"$GPG_TTY" >/dev/null 2>&1 & read -r x <%[1]s; echo s3cret`, begun, program)
	}
	const want = `"s3cret", <nil>, interrupted false`
	reader := newLife(t)
	if got := lend(t, time.Minute, reader.holds+leave("cat")); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	reader.ended()
	// Whoever waited for this one would still be there when the test is killed.
	if got := lend(t, time.Minute, leave("sleep 100")); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// Who does not answer in time loses the terminal, and nothing is left behind.
func TestCommandOnTerminalTimeout(t *testing.T) {
	t.Parallel()
	all := newLife(t)
	got := lend(t, 500*time.Millisecond, `trap '' TERM HUP; `+all.holds+`(trap '' TERM HUP; sleep 300) & read -r word </dev/tty; echo $word`)
	if want := `"", the command sh did not finish within 500ms, interrupted false`; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	all.ended()
}

// A limit is told in the words that people use.
func TestSpoken(t *testing.T) {
	t.Parallel()
	for limit, want := range map[time.Duration]string{lentTimeout: "2m", commandTimeout: "10s", 90 * time.Second: "1m30s"} {
		if got := spoken(limit); got != want {
			t.Errorf("%v: %s, want %s", limit, got, want)
		}
	}
}
