//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestEditFromTheDashboard leaves the terminal to an editor and comes back whole,
// with what was edited, and hears of the signals that end it as before.
func TestEditFromTheDashboard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.write("config.toml", "[profiles.home]\nprovider = \"katapult\"\ntoken = { env = \"HOME_TOKEN\" }\n\n"+
		"[profiles.work]\nprovider = \"katapult\"\ntoken = { env = \"WORK_TOKEN\" }\n")
	vi, heard := w.write("vi", ""), filepath.Join(filepath.Dir(path), "heard")
	// It adds a label to the profile at whose line it is opened, once somebody has read
	// what it says.
	script := "#!/bin/sh\necho \"$1\" >" + heard + "\necho the editor is here\nread -r answer\n" +
		"awk -v n=\"${1#+}\" '{ print } NR == n { print \"label = \\\"Edited by hand\\\"\" }' \"$2\" >\"$2.new\" && mv \"$2.new\" \"$2\"\n"
	if err := os.WriteFile(vi, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(vi, 0o700); err != nil {
		t.Fatal(err)
	}
	m := startProgram(t, 120, 36, []string{"HOME=" + w.home, "EDITOR=" + vi}, program, "--config", path, "--profile", "work")
	m.shows("╭ Profiles 2", "╭ Token", "▌2")
	m.press("e")
	m.until("the editor on the screen of the shell", func(s string) bool { return strings.Contains(s, "the editor is here") && !m.onAltScreen() })
	m.press("\r")
	m.shows("╭ Profiles 2", "╭ Token", "Edited by hand", "saved "+path[:20])
	if at, err := os.ReadFile(heard); err != nil || strings.TrimSpace(string(at)) != "+5" {
		t.Errorf("the editor was opened at %q, %v", at, err)
	}
	m.press("U")
	m.until("the label gone again", func(s string) bool { return !strings.Contains(s, "Edited by hand") })
	m.signal(syscall.SIGINT)
	if status := m.exit(); status != 130 {
		t.Errorf("exit status %d, want 130", status)
	}
	m.restored()
}
