//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAddAsks adds a profile by answering questions, wrongly at first.
func TestAddAsks(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-good": "Sam"})
	path := filepath.Join(t.TempDir(), "config.toml")
	m := newDialogue(start(t, 100, 40, []string{"KATAPULT_API_TOKEN=kt-good"}, "add", "--config", path))
	for _, step := range []struct{ shows, answer string }{
		{"Service (katapult", "katapolt"},
		{"Service (katapult", ""},
		{"Name of the profile [katapult]: ", "-x"},
		{"Name of the profile [katapult]: ", "work"},
		{"Address of the service [https://api.katapult.io]: ", "ftp://x"},
		{"Address of the service [https://api.katapult.io]: ", g.URL},
		{"Where its secret is (env, file, command or keyring) [env]: ", "pocket"},
		{"Where its secret is (env, file, command or keyring) [env]: ", ""},
		{"Name of the variable [KATAPULT_API_TOKEN]: ", ""},
		{"Label, to show beside the name: ", "My label"},
		{"Tags, with commas between them: ", "a, b,"},
		{"Save it? [Y/n]: ", "maybe"},
		{"Save it? [Y/n]: ", "y"},
	} {
		m.answer(step.shows, step.answer+"\r")
	}
	if status := m.exit(); status != 0 {
		t.Fatalf("exit status %d\n%s", status, m.text())
	}
	m.shows("You would be Sam Roe (user_Sam), in 1 organization.", "Added work.", "It is your first profile.")
	want := "[profiles.work]\nprovider = \"katapult\"\nbase_url = \"" + g.URL +
		"\"\ntoken    = { env = \"KATAPULT_API_TOKEN\" }\nlabel    = \"My label\"\ntags     = [\"a\", \"b\"]\n"
	if text := kept(t, path); text != want {
		t.Errorf("got:\n%s\nwant:\n%s", text, want)
	}

	// Of what is told, only the rest is asked; and nothing is saved without a yes.
	m = newDialogue(start(t, 100, 40, []string{"BAD=x"}, "add", "two", "--provider", "katapult", "--url", g.URL, "--config", path))
	m.answer("Where its secret is (env, file, command or keyring) [keyring]: ", "env\r")
	m.answer("Name of the variable [KATAPULT_API_KEY]: ", "BAD\r")
	m.answer("Save it all the same? [y/N]: ", "\r")
	if status := m.exit(); status != 1 {
		t.Errorf("exit status %d, want 1", status)
	}
	m.shows("the test says: invalid token")
	m = newDialogue(start(t, 100, 40, nil, "remove", "work", "--config", path))
	m.answer("Remove work from ", "n\r")
	if status := m.exit(); status != 2 || kept(t, path) != want {
		t.Errorf("exit status %d, want 2; the file:\n%s", status, kept(t, path))
	}
}

// dialogue answers the questions of a program, each when it comes.
type dialogue struct {
	*terminal
	seen map[string]int
}

func newDialogue(m *terminal) *dialogue { return &dialogue{m, map[string]int{}} }

// answer waits for a question, which may have come before, and answers it.
func (d *dialogue) answer(question, keys string) {
	d.t.Helper()
	d.seen[question]++
	d.until("question "+question, func(string) bool {
		d.mu.Lock()
		defer d.mu.Unlock()
		return strings.Count(d.written.String(), question) >= d.seen[question]
	})
	d.press(keys)
}

// TestInterruptedQuestion shows that the terminal echoes again after a secret
// was not given, however that came about.
func TestInterruptedQuestion(t *testing.T) {
	t.Parallel()
	g := newGate(t, nil)
	dir := t.TempDir()
	path := filepath.Join(dir, "config.toml")
	text := "[profiles.work]\nprovider = 'katapult'\nbase_url = '" + g.URL + "'\ntoken = { env = 'NONE' }\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	const script = `"$0" "$@"; echo "it ended with $?"; stty -a | tr ';' '\n' | grep -o -w -e '-*echo' -e '-*icanon'; read -r line; echo "then came $line"`
	for _, test := range []struct{ name, keys, status string }{
		{"ctrl+c", "kt-sec\x03", "130"},
		{"ctrl+d", "\x04", "2"},
		{"a bad one", "kt-wronk\x7fg\r", "1"},
		{"erased", "kt-secret\x15\r", "2"},
		{"pasted", "\x1b[200~kt-wrong\x1b[201~\r", "1"},
		// The second line must be no command of a shell.
		{"broken in two", "\x1b[200~kt-one\rkt-two\r\x1b[201~\r", "2"},
	} {
		m := newDialogue(startProgram(t, 100, 30, nil, "sh", "-c", script, program, "login", "work", "--config", path))
		m.answer("Token (not shown): ", test.keys)
		if test.status == "1" {
			m.answer("Save it all the same? [y/N]: ", "n\r")
		}
		screen := m.shows("it ended with "+test.status, "icanon")
		if strings.Contains(screen, "-echo") || strings.Contains(screen, "-icanon") {
			t.Errorf("%s: the terminal is not as before:\n%s", test.name, screen)
		}
		if strings.Contains(screen, "kt-") {
			t.Errorf("%s: the secret shows:\n%s", test.name, screen)
		}
		m.press("\r")
		if m.exit(); strings.Contains(m.text(), "kt-") {
			t.Errorf("%s: the secret shows:\n%s", test.name, m.text())
		}
	}
	if kept(t, path) != text {
		t.Error("the file was changed")
	}
}

func TestEdit(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-sam": "Sam"})
	w, path, run := managed(t, g)
	original := kept(t, path)
	editor := func(script string) {
		t.Helper()
		// The name is one of an editor that takes a line.
		file := w.write("bin/nano", "#!/bin/sh\n"+script+"\n")
		if err := os.Chmod(file, 0o700); err != nil {
			t.Fatal(err)
		}
		w.env = []string{"VISUAL=" + file + " 'an argument'", "EDITOR=false", "TMPDIR=" + filepath.Dir(w.write("tmp/x", "")),
			"PATH=" + os.Getenv("PATH"), "FILE=" + path, "SAID=" + filepath.Join(w.home, "said")}
	}
	editor(`printf '%s|' "$@" >"$SAID"; ls -l "$3" | cut -c1-10 >>"$SAID"`)
	run("edit", "two").expect(t, 0, "Nothing was changed.")
	if said := kept(t, filepath.Join(w.home, "said")); !strings.HasPrefix(said, "an argument|+8|") || !strings.HasSuffix(said, "config.toml|-rw-------\n") {
		t.Errorf("the editor got %q", said)
	}
	run("edit", "twoo").expect(t, 2, `did you mean "two"?`)

	editor(`sed -i -e 's/# mine/# ours/' "$2"`)
	run("edit").expect(t, 0)
	if text := kept(t, path); text != strings.Replace(original, "# mine", "# ours", 1) {
		t.Errorf("got:\n%s", text)
	}
	run("undo").expect(t, 0)

	editor(`echo 'x = [' >>"$2"`)
	run("edit").expect(t, 2, path+":17: ", "nothing was saved")
	editor(`echo 'colour = 1' >>"$2"`)
	run("edit").expect(t, 2, path+":17: ", "colour", "nothing was saved")
	// What was wrong before does not keep another edit from being saved.
	sound := kept(t, path)
	w.write(filepath.Base(path), sound+"colour = 1\n")
	editor(`echo '# another' >>"$2"`)
	run("edit").expect(t, 0, "warning: "+path, "colour")
	editor(`echo 'size = 1' >>"$2"`)
	run("edit").expect(t, 2, "colour", "size", "nothing was saved")
	w.write(filepath.Base(path), sound)
	editor(`exit 3`)
	run("edit").expect(t, 2, "ended with exit status 3", "nothing was saved")
	if kept(t, path) != original {
		t.Errorf("it was saved:\n%s", kept(t, path))
	}
	if left, _ := filepath.Glob(filepath.Join(w.home, "tmp", "rollcall-*")); len(left) > 0 {
		t.Errorf("copies were left: %q", left)
	}

	// What somebody else writes meanwhile stays, and nothing is lost.
	editor(`echo '# theirs' >>"$FILE"; echo '# ours' >>"$2"`)
	run("edit").expect(t, 2, "was changed while you edited it", "What you wrote is kept in ")
	if kept(t, path) != original+"# theirs\n" {
		t.Errorf("got:\n%s", kept(t, path))
	}
	left, _ := filepath.Glob(filepath.Join(w.home, "tmp", "rollcall-*", "config.toml"))
	if len(left) != 1 || kept(t, left[0]) != original+"# ours\n" {
		t.Errorf("it was kept as %q", left)
	}
	w.env = []string{"EDITOR=rollcall-no-such-editor"}
	run("edit").expect(t, 2, "the editor does not start", "VISUAL")
}

// TestEditAgain mends a mistake at its line, after keys that interrupt.
func TestEditAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, vi := filepath.Join(dir, "config.toml"), filepath.Join(dir, "vi")
	for file, text := range map[string]string{
		path: "# first\n",
		vi: `#!/bin/sh
trap 'echo "came $1"; if [ $# = 2 ]; then echo "# mended" >"$2"; else printf "# a\nx = [\n" >"$1"; fi; exit 0' INT
echo "editing $*"; while :; do sleep 0.05; done
`,
	} {
		if err := os.WriteFile(file, []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	m := newDialogue(start(t, 150, 30, []string{"EDITOR=" + vi}, "edit", "--config", path))
	m.shows("editing /")
	m.press("\x03")
	m.answer("Edit again (e) or discard it (d)? [e]: ", "s\r")
	m.shows(filepath.Base(path) + ":2: ")
	m.answer("Edit again (e) or discard it (d)? [e]: ", "\r")
	m.shows("editing +2 /")
	m.press("\x03")
	m.shows("Saved " + path)
	if status := m.exit(); status != 0 || kept(t, path) != "# mended\n" {
		t.Errorf("exit status %d, the file: %s", status, kept(t, path))
	}
	m = newDialogue(start(t, 150, 30, []string{"EDITOR=" + vi}, "edit", "--config", path))
	m.shows("editing /")
	m.press("\x03")
	m.answer("Edit again (e) or discard it (d)? [e]: ", "\x03")
	if status := m.exit(); status != 130 || kept(t, path) != "# mended\n" {
		t.Errorf("exit status %d, the file: %s", status, kept(t, path))
	}
}
