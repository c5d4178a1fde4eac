//go:build unix

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// lockedStore is a password store whose key wants a passphrase each time, which a
// program asks for on the terminal; it gives the environment to use it with.
func lockedStore(t *testing.T, pinentry string) (env []string) {
	t.Helper()
	path := ""
	for _, program := range []string{"pass", "gpg", "gpgconf", pinentry} {
		var err error
		if path, err = exec.LookPath(program); err != nil {
			t.Skip("this test needs the program ", program)
		}
	}
	home, err := os.MkdirTemp("/tmp", "pass") // The path of gpg's socket must be short.
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = exec.Command("gpgconf", "--homedir", home, "--kill", "all").Run()
		_ = os.RemoveAll(home)
	})
	agent := fmt.Sprintf("pinentry-program %s\ndefault-cache-ttl 0\nmax-cache-ttl 0\n", path)
	if err := os.WriteFile(filepath.Join(home, "gpg-agent.conf"), []byte(agent), 0o600); err != nil {
		t.Fatal(err)
	}
	env = []string{"GNUPGHOME=" + home, "PASSWORD_STORE_DIR=" + filepath.Join(home, "store")}
	run := func(stdin, name string, args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), name, args...)
		cmd.Stdin, cmd.Env = strings.NewReader(stdin), append(os.Environ(), env...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
	}
	run("", "gpg", "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "XuaJD",
		"--quick-generate-key", "sam@example.org", "future-default", "default", "never")
	run("", "pass", "init", "sam@example.org")
	run("kt-otter\n", "pass", "insert", "--multiline", "otter")
	return env
}

// The password manager asks for a passphrase on the terminal, by a program that is
// no child of ours, and gets all of it.
func TestLendToPinentry(t *testing.T) {
	t.Parallel()
	for pinentry, question := range map[string]string{"pinentry-curses": "Passphrase: ____", "pinentry-tty": "Passphrase:"} {
		for _, named := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, named %t", pinentry, named), func(t *testing.T) {
				t.Parallel()
				a := newAsking(t, "")
				a.text = strings.Replace(a.text, fmt.Sprintf("[%q]", a.asker), `["pass", "show", "otter"]`, 1)
				a.write(".config/rollcall/config.toml", a.text)
				a.env = append(a.env, lockedStore(t, pinentry)...)
				run := []string{"sh", "-c", program + `; echo "over $?"`}
				if named {
					// As the manual of GnuPG advises.
					run[2] = `export GPG_TTY="$(tty)"; ` + run[2]
				}
				m := startProgram(t, 100, 30, append([]string{"HOME=" + a.home}, a.env...), run[0], run[1:]...)
				m.shows("1 now", "╭ Profiles 2")
				if strings.Contains(m.text(), "Passphrase") {
					t.Fatalf("it asks over the dashboard:\n%s", m.text())
				}
				m.press("2")
				m.shows("credential missing")
				m.press("r")
				m.shows(question)
				m.press("XuaJD" + enter)
				m.shows("all 2 fine", "Sam", "╭ Profiles 2")
				// Interrupted, it leaves the dashboard as it was.
				m.press("r")
				// The one draws over the screen, the other leaves its first question there.
				m.until("the question again", func(s string) bool {
					return strings.Count(s, question) == map[bool]int{true: 1, false: 2}[pinentry == "pinentry-curses"]
				})
				m.press("\x03")
				m.shows("╭ Profiles 2", "credential missing")
				m.press("q")
				m.shows("over 0")
				m.exit()
				a.untouched()
			})
		}
	}
}
