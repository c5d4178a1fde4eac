//go:build unix

package main

import (
	"os"
	"strings"
	"testing"
)

// TestLargeConfiguration is read behind the screen, which ends as it would without that
// where the file is wrong.
func TestLargeConfiguration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.demoConfig()
	w.run("status", "--config", path)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	large := string(data) + strings.Repeat("# as large as that of some hundred profiles\n", 2000)
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(large)
	env := []string{"HOME=" + w.home}
	m := startProgram(t, 120, 36, env, program, "--config", path, "--profile", "work")
	m.shows("Sam Roe", "╭ Profiles")
	m.press("o")
	m.shows("Sam Roe", "Due       State")
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m = startProgram(t, 120, 36, env, program, "--config", path, "--profile", "nobody")
	m.shows(`there is no profile "nobody"`)
	if status := m.exit(); status != 2 {
		t.Errorf("without the profile: exit status %d", status)
	}
	write(large + "work = unquoted\n")
	m = startProgram(t, 120, 36, env, program, "--config", path)
	m.shows("a value is missing here, or is text without quotes")
	if status := m.exit(); status != 2 {
		t.Errorf("with a wrong file: exit status %d", status)
	}
}
