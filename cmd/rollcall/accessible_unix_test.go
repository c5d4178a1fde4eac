//go:build unix

package main

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

// TestAccessibleTerminal talks in a terminal, in its own line mode.
func TestAccessibleTerminal(t *testing.T) {
	t.Parallel()
	m := start(t, 100, 60, []string{"TERM=dumb", "ROLLCALL_ACCESSIBLE=yes"}, "--demo", "--profile", "work")
	m.shows("1 is off: type off to hear it.", "rollcall laptop", "Number, fix NUMBER")
	m.press("4x\x7f\r") // the terminal itself takes back the x
	m.shows("remedy       Create a new token in Katapult", "q to leave: 4\n")
	m.press("u 2\r")
	m.shows("2. datahub is now the active profile.")
	m.press("\x04")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, b := range m.written.Bytes() {
		if b == 0x1b {
			t.Fatal("an escape sequence was written")
		}
	}
}

func TestAccessibleInterrupted(t *testing.T) {
	t.Parallel()
	m := start(t, 100, 60, []string{"TERM=dumb"}, "--demo", "--accessible")
	m.shows("Number, fix NUMBER")
	m.signal(syscall.SIGINT)
	if status := m.exit(); status != 130 {
		t.Errorf("exit status %d, want 130", status)
	}
}

// talkative is a world with one profile, whose secret is in a file, and a service
// that knows two.
func talkative(t *testing.T) (w *world, g *gate, token string) {
	t.Helper()
	w, g = newWorld(t), newGate(t, map[string]string{"kt-first": "Sam", "kt-second": "Sam", "kt-of-somebody": "Kim"})
	token = w.write("token", "kt-first\n")
	w.write(".config/rollcall/config.toml", "[profiles.work]\nprovider = \"katapult\"\nbase_url = \""+g.URL+"\"\ntoken = { file = \""+token+"\" }\n")
	w.env = []string{"HOME=" + w.home, "TERM=dumb", "DBUS_SESSION_BUS_ADDRESS=unix:path=/none/bus", "XDG_RUNTIME_DIR=/none"}
	return w, g, token
}

// TestAccessibleRotate replaces a secret, which no terminal shows, and edits the
// file; after that the key that interrupts is the conversation's again.
func TestAccessibleRotate(t *testing.T) {
	t.Parallel()
	w, g, token := talkative(t)
	editor := w.write("editor", "#!/bin/sh\nfor f; do :; done\nprintf 'label = \"My work\"\\n' >>\"$f\"\n")
	if err := os.Chmod(editor, 0o700); err != nil {
		t.Fatal(err)
	}
	m := newDialogue(start(t, 150, 60, append(w.env, "EDITOR="+editor), "--accessible"))
	const ready, hidden = "q to leave: ", "New secret of work (not shown): "
	m.answer(ready, "rotate 1\r")
	m.answer(hidden, "kt-of-somebody\r")
	m.shows("User: it belongs to Kim Roe (user_Kim), and the old one to Sam Roe (user_Sam).", "The new secret was not taken; the old one stays.")
	m.answer(ready, "rotate work\r")
	// Whoever does not wait is heard all the same.
	m.answer(hidden, "kt-secoX\x7fnd\ryes\r")
	m.shows("New: healthy, Sam Roe (user_Sam)", "User: Sam Roe (user_Sam), as before.", "Replaced the secret of work.", "\n1. work, active, Sam Roe at Katapult: healthy.")
	g.mu.Lock()
	asked := g.last
	g.mu.Unlock()
	if kept(t, token) != "kt-second\n" || asked != "kt-second" {
		t.Errorf("it wrote %q, and asked with %q", kept(t, token), asked)
	}
	m.press("undo\r")
	m.shows("Took back: replaced the secret of work; its former secret is back; a check follows.")
	m.press("edit 1\r")
	m.shows("Saved ", "The configuration has changed: 1 profile now.")
	m.press("fine\r")
	m.shows("1. work (My work), ")
	m.press("\x03")
	if status := m.exit(); status != 130 {
		t.Errorf("exit status %d, want 130", status)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if strings.Contains(m.written.String(), "kt-") {
		t.Errorf("a secret was shown:\n%s", m.written.String())
	}
}

// TestAccessibleSecretInterrupted leaves a terminal that shows what is typed.
func TestAccessibleSecretInterrupted(t *testing.T) {
	t.Parallel()
	w, _, token := talkative(t)
	m := start(t, 150, 60, w.env, "--accessible")
	m.shows("1 is fine", "q to leave:")
	m.press("rotate 1\r")
	m.shows("New secret of work (not shown):")
	m.press("\x04")
	m.shows("o answer came; nothing was changed", "q to leave: rotate 1")
	m.press("snooze 1 7d wait\r")
	m.shows("q to leave: snooze 1 7d wait", "1. work is snoozed until ")
	m.press("undo\r")
	m.shows("work is no longer snoozed")
	m.press("rotate 1\r")
	m.until("another question", func(s string) bool { return strings.Count(s, "(not shown)") == 2 })
	m.press("\x03")
	if status := m.exit(); status != 130 || kept(t, token) != "kt-first\n" {
		t.Errorf("exit status %d, the secret %q", status, kept(t, token))
	}
}
