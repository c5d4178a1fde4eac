//go:build unix && !darwin

package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// findsNone fails where a secret stands in a text, as it is, in part, or in
// the form that HTTP Basic gives it.
func findsNone(t *testing.T, where, text string, secrets ...string) {
	t.Helper()
	if text == "" {
		t.Fatalf("%s: there is nothing to look through", where)
	}
	for _, s := range secrets {
		for _, form := range []string{s, s[len(s)-12:], base64.StdEncoding.EncodeToString([]byte(s))} {
			if strings.Contains(text, form) {
				t.Errorf("%s has the secret %.8s…", where, s)
			}
		}
	}
}

// newcomer is somebody with an empty home folder, whose temporary files are in
// it, too, so that everything that is left behind can be looked through.
func newcomer(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	tmp := filepath.Dir(w.write("tmp/kept", "nothing\n"))
	w.env = []string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + tmp}
	return w
}

// TestNewcomerWithPass goes from a password store to a program that has the
// secret, and looks through all that was written on the way.
func TestNewcomerWithPass(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"pass", "gpg", "gpgconf"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip("this test needs the program ", program)
		}
	}
	const first, second = "kt-first-of-the-store", "kt-second-of-the-store"
	g := newGate(t, map[string]string{first: "Sam", second: "Sam"})
	w := newcomer(t)
	vault, err := os.MkdirTemp("/tmp", "pass") // The path of gpg's socket must be short.
	if err != nil {
		t.Fatal(err)
	}
	w.env = append(w.env, "GNUPGHOME="+vault, "PASSWORD_STORE_DIR="+filepath.Join(vault, "store"))
	t.Cleanup(func() {
		_ = exec.Command("gpgconf", "--homedir", vault, "--kill", "all").Run()
		_ = os.RemoveAll(vault)
	})
	shell := func(stdin, name string, args ...string) {
		t.Helper()
		c := exec.CommandContext(t.Context(), name, args...)
		c.Env, c.Stdin = append([]string{"HOME=" + w.home}, w.env...), strings.NewReader(stdin)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
	}
	shell("", "gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "sam@example.org", "future-default", "default", "never")
	shell("", "pass", "init", "sam@example.org")
	shell(first+"\nuser: sam\n", "pass", "insert", "--multiline", "katapult/work")

	var printed strings.Builder
	run := func(status int, says string, args ...string) {
		t.Helper()
		r := w.run(args...)
		printed.WriteString(r.stdout + r.stderr)
		if r.status != status || !strings.Contains(r.stdout+r.stderr, says) {
			t.Errorf("%v: exit status %d, want %d and %q:\n%s%s", args, r.status, status, says, r.stdout, r.stderr)
		}
	}
	run(2, "there is no configuration yet", "status")
	run(1, "not in the password store", "add", "work", "--provider", "katapult", "--url", g.URL, "--command", "pass show katapult/none")
	run(0, "You would be Sam Roe", "add", "work", "--provider", "katapult", "--url", g.URL, "--command", "pass show katapult/work")
	run(0, "healthy", "status")
	run(0, "command pass", "list", "--sources")
	run(0, "Sam Roe", "show", "work")
	run(0, "command pass", "doctor", "-v")
	run(2, "pass insert -f katapult/work", "rotate", "work")
	got := func(want string) {
		t.Helper()
		r := w.run("exec", "work", "--", "printenv", "KATAPULT_API_KEY")
		if r.status != 0 || r.stdout != want+"\n" || !strings.Contains(r.stderr, "KATAPULT_API_TOKEN is not set") {
			t.Errorf("exit status %d, %q, %s", r.status, r.stdout, r.stderr)
		}
	}
	got(first)
	shell(second+"\n", "pass", "insert", "--multiline", "--force", "katapult/work")
	got(second)
	run(2, "", "logout", "work")

	screen := start(t, 120, 36, append(w.env, "HOME="+w.home))
	screen.shows("Sam Roe", "healthy", "command pass")
	screen.press("q")
	screen.exit()
	findsNone(t, "what was printed", printed.String(), first, second)
	findsNone(t, "the screen", screen.written.String(), first, second)
	findsNone(t, "the home folder", readAll(t, w.home), first, second)
}

// TestNewcomerWithKeyring makes the first profile in the dashboard, with a
// secret that goes into the keyring, and uses, replaces and removes it.
func TestNewcomerWithKeyring(t *testing.T) {
	t.Parallel()
	const typed, pasted, wrong = "kt-typed-into-the-form", "kt-pasted-afterwards", "kt-of-nobody-at-all"
	g := newGate(t, map[string]string{typed: "Sam", pasted: "Sam"})
	w := newcomer(t)
	got := filepath.Join(t.TempDir(), "got")
	w.env = append(w.env, "GOT="+got)
	m := keyringSession(t, w, `
r() { "$0" "$@"; echo "status $?"; }
"$0"; echo "left with $?"
r status
r exec work -- printenv KATAPULT_API_KEY >"$GOT"
r rotate work --no-browser
r exec -- printenv KATAPULT_API_KEY >>"$GOT"
r logout work --yes
r status
r exec work -- true
echo all done
`)
	m.shows("There is no configuration yet", "add a profile")
	m.press("a")
	m.shows("╭ Add a profile")
	m.press("work\t\t" + g.URL + "\t\t\t")
	m.shows("paste it here")
	m.press(wrong + "\t\t" + enter)
	m.shows("invalid token", "Save anyway", "Change")
	m.press(enter)
	m.shows("keyring of the system", strings.Repeat("*", len(wrong)))
	// Five fields on is the secret, which is written anew.
	m.press(strings.Repeat("\t", 5) + "\x15" + "\x1b[200~" + typed + "\n\x1b[201~")
	m.until("the other secret", func(s string) bool { return strings.Contains(s, " "+strings.Repeat("*", len(typed))+" ") })
	m.press("\t\t" + enter)
	m.shows("You would be Sam Roe (user_Sam)", "[ Save ]")
	m.press(enter)
	m.shows("Profiles 1", "● healthy", "keyring rollcall/work")
	m.press("q")
	m.shows("left with 0")
	m.answer("New secret of work (not shown): ", pasted+"\r")
	m.shows("all done")
	m.exit()

	if text, want := kept(t, got), fmt.Sprintf("%s\nstatus 0\n%s\nstatus 0\n", typed, pasted); text != want {
		t.Errorf("the programs got %q, want %q", text, want)
	}
	out := m.written.String()
	for _, want := range []string{"Replaced the secret of work.", "credential missing", "The keyring has no entry rollcall/work"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
	findsNone(t, "the terminal", out, typed, pasted, wrong)
	left := readAll(t, w.home)
	if !strings.Contains(left, `{ keyring = "rollcall/work" }`) {
		t.Errorf("the profile is not kept:\n%s", left)
	}
	findsNone(t, "the home folder", left, typed, pasted, wrong)
}
