//go:build unix && !darwin

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// keyringSession runs a shell script in a terminal, in a D-Bus session with a
// real keyring that is unlocked. $0 is rollcall. What would ask for a password
// in a window is not in the session.
func keyringSession(t *testing.T, w *world, script string) *dialogue {
	t.Helper()
	for _, needed := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(needed); err != nil {
			t.Skip("this test needs the program ", needed)
		}
	}
	settings, daemon := w.keyringFiles()
	runtimeDir := t.TempDir()
	if err := os.Chmod(runtimeDir, 0o700); err != nil {
		t.Fatal(err)
	}
	env := append([]string{
		"HOME=" + w.home, "XDG_RUNTIME_DIR=" + runtimeDir, "XDG_DATA_HOME=" + filepath.Join(runtimeDir, "data"),
		"DISPLAY=", "WAYLAND_DISPLAY=", "GNOME_KEYRING_CONTROL=",
	}, w.env...)
	return newDialogue(startProgram(t, 120, 60, env, "dbus-run-session", "--config-file="+settings, "--", "sh", "-c",
		"printf password | "+daemon+" --components=secrets --unlock >/dev/null 2>&1\n"+script, program))
}

// keyringFiles writes the settings of a D-Bus session with a real keyring, and finds the
// program that keeps it.
func (w *world) keyringFiles() (settings, daemon string) {
	w.t.Helper()
	daemon, err := exec.LookPath("gnome-keyring-daemon")
	if err != nil {
		w.t.Fatal(err)
	}
	w.write("services/org.freedesktop.secrets.service",
		"[D-BUS Service]\nName=org.freedesktop.secrets\nExec="+daemon+" --start --foreground --components=secrets\n")
	return w.write("session.conf", `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><servicedir>`+filepath.Join(w.home, "services")+`</servicedir>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>`), daemon
}

// TestKeyringLife follows secrets that the keyring has from the first profile
// to their removal, and then looks for them in all that was written.
func TestKeyringLife(t *testing.T) {
	t.Parallel()
	long := "kt-" + strings.Repeat("long", 2500)
	g := newGate(t, map[string]string{
		"kt-first-secret": "Sam", "kt-second-secret": "Sam", "kt-of-somebody": "Kim", "kt-in-a-file": "Sam", "kt-plain-secret": "Sam", long: "Sam",
	})
	w := newWorld(t)
	token := w.write("token", "kt-in-a-file\n")
	config := filepath.Join(w.home, ".config", "rollcall", "config.toml")
	m := keyringSession(t, w, `
r() { "$0" "$@"; echo "status $?"; }
r add work --provider katapult --url `+g.URL+` --keyring
r status work
r rename work acme
r rotate acme --no-browser
r rotate acme --no-browser
r rotate acme --no-browser
r status acme
r rotate acme --undo
r rotate acme --undo
printf 'kt-first-secret\n' | r login acme --no-test
r add filed --provider katapult --url `+g.URL+` --file "$HOME/token" --yes
r rotate filed --no-browser
cat "$HOME/token" | wc -c
r rotate filed --undo
printf '\n[profiles.plain]\nprovider = "katapult"\nbase_url = "`+g.URL+`"\ntoken = "kt-plain-secret"\n' >>`+config+`
r login plain
r status
r logout acme
r logout acme --yes
r status acme
r remove acme --yes
r undo
r list
echo all done
`)
	m.answer("Token (not shown): ", "kt-first-secret\r")
	m.answer("Save it? [Y/n]: ", "\r")
	m.shows("You would be Sam Roe", "Added work.")
	m.answer("New secret of acme (not shown): ", "kt-of-somebody\r")
	m.shows("the test says: wrong account.")
	m.answer("New secret of acme (not shown): ", "kt-first-secret\r")
	m.shows("this is the secret that acme has already")
	m.answer("New secret of acme (not shown): ", "kt-second-secret\r")
	m.shows("Replaced the secret of acme.", "rotate acme --undo")
	m.answer("New secret of filed (not shown): ", long+"\r")
	m.answer("Token (not shown): ", "kt-second-secret\r")
	m.answer("Remove the entry rollcall/work from the keyring? [y/N]: ", "n\r")
	screen := m.shows("all done")
	m.exit()

	out := m.written.String()
	var statuses []string
	for line := range strings.Lines(out) {
		if s, ok := strings.CutPrefix(strings.TrimSpace(line), "status "); ok {
			statuses = append(statuses, s)
		}
	}
	if got, want := strings.Join(statuses, ""), "000120000000000201000"; got != want {
		t.Errorf("the statuses are %s, want %s\n%s", got, want, out)
	}
	for _, want := range []string{
		"10004", "its backup " + config + "~ has it still", "The keyring has no entry rollcall/work", "Took back: removed acme.",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said\n%s", want, screen)
		}
	}
	if text := kept(t, token); text != "kt-in-a-file\n" {
		t.Errorf("the file has %q", text)
	}
	text := kept(t, config)
	for _, want := range []string{`{ keyring = "rollcall/work" }`, `{ keyring = "rollcall/plain" }`} {
		if !strings.Contains(text, want) {
			t.Errorf("the file does not have %s:\n%s", want, text)
		}
	}
	backup := kept(t, config+"~")
	written := out + text + readAll(t, filepath.Join(w.home, ".local"))
	for secret := range g.users {
		if strings.Contains(written, secret) {
			t.Errorf("the secret %.20s was written", secret)
		}
		if strings.Contains(backup, secret) && secret != "kt-plain-secret" {
			t.Errorf("the secret %.20s is in the backup", secret)
		}
	}
}

// TestKeyringAsks has an entry there already, a page to open, and a keyring
// that is lost before the file is saved.
func TestKeyringAsks(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-first-secret": "Sam", "kt-second-secret": "Sam"})
	w := newWorld(t)
	browser := w.write("bin/xdg-open", "#!/bin/sh\necho \"$1\" >\"$HOME/opened\"\n")
	if err := os.Chmod(browser, 0o700); err != nil {
		t.Fatal(err)
	}
	w.env = []string{"BROWSER=any", "PATH=" + filepath.Dir(browser) + ":" + os.Getenv("PATH")}
	config := filepath.Join(w.home, ".config", "rollcall", "config.toml")
	m := keyringSession(t, w, `
r() { "$0" "$@"; echo "status $?"; }
add() { r add "$@" --provider katapult --url `+g.URL+`; }
echo kt-first-secret | add work --keyring=rollcall/mine
echo kt-second-secret | add piped --keyring=rollcall/mine
add asked --keyring=rollcall/mine --yes
chmod 400 `+config+`
echo kt-second-secret | r login work --entry rollcall/lost
chmod 600 `+config+`
add nothing --keyring=rollcall/lost </dev/null
echo kt-first-secret | r login work --entry rollcall/other
r status --strict
printf '[profiles.zone]\nprovider = "onezone"\nbase_url = "https://127.0.0.1:1"\ntoken = { keyring = "rollcall/zone" }\n' >`+config+`
r rotate zone
echo all done
`)
	m.answer("The keyring has an entry rollcall/mine already. Use its secret? [Y/n]: ", "n\r")
	m.answer("Token (not shown): ", "kt-second-secret\r")
	m.answer("New secret of zone (not shown): ", "whatever\r")
	m.shows("all done")
	m.exit()
	out := m.written.String()
	for _, want := range []string{
		"config.toml was not saved: it is read-only", `{ keyring = "rollcall/lost" }`, "no secret came",
		"entry rollcall/mine already, whose secret is used", "https://127.0.0.1:1/ozw/onezone/i#/onedata/tokens/new", "the test says: unreachable",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
	if opened := kept(t, filepath.Join(w.home, "opened")); opened != "https://127.0.0.1:1/ozw/onezone/i#/onedata/tokens/new\n" {
		t.Errorf("opened %q", opened)
	}
	for secret := range g.users {
		if strings.Contains(out, secret) {
			t.Errorf("%s was shown", secret)
		}
	}
	if n := strings.Count(out, "status 0"); n != 5 || strings.Count(out, "status 2") != 2 || strings.Count(out, "status 3") != 1 {
		t.Errorf("%d ended with 0, want 5:\n%s", n, out)
	}
}
