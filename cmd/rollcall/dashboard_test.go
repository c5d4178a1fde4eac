//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// Keys as a terminal sends them. Escape is sent in the form that nothing can
// follow: a lone ESC is taken with the next key for alt where a busy machine
// reads both at once.
const (
	escape = "\x1b[27u"
	enter  = "\r"
	ctrlZ  = "\x1a"
)

// TestTour does what a person does in the first minutes: looks around, moves,
// filters, refreshes into the rate limit, resizes, leaves.
func TestTour(t *testing.T) {
	t.Parallel()
	m := start(t, 120, 36, nil, "--demo")
	m.shows("Now 5", "▲ console", "▲ release", "Soon ")
	m.press("1")
	m.shows("rollcall", "DEMO", "╭ Profiles ", "Sam Roe", "user_Zk3PqW8rTn5LxB1c", "Otter Labs", "rollcall laptop")

	m.press("2")
	m.shows("Rudolf Lingens", "r.lingens", "rudolf.lingens@", "john.doe@example.com", "github", "elixir", "2019-12-12")
	m.press("4")
	m.shows("invalid token", "403", "make a new token")

	m.press("/world")
	m.until("the filter's one match, selected", func(s string) bool {
		return !strings.Contains(s, "datahub") && strings.Contains(s, "Bartholomäus")
	})
	m.press("nobody")
	m.shows("No profile matches")
	m.press(escape)
	m.shows("datahub")

	// The token of this account allows five requests a minute.
	m.press("7")
	m.shows("Metrics Exporter")
	refreshIntoLimit(t, m)

	for _, size := range [][2]int{{80, 24}, {40, 10}, {200, 50}, {120, 36}} {
		m.resize(size[0], size[1])
		m.shows("metrics", "limit")
	}
	m.press("?")
	m.shows("Help", "check all profiles now")
	m.press(escape)
	m.until("help closed", func(s string) bool { return !strings.Contains(s, "check all profiles now") })
	for key, title := range map[string]string{"o": "╭ Overview", "t": "╭ Timeline", "v": "╭ Activity", "p": "╭ People"} {
		m.press(key)
		m.shows(title)
		// A terminal sends esc and a key that follow each other closely as one.
		m.press(escape)
		m.until("the dashboard", func(s string) bool { return !strings.Contains(s, title) })
	}
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m.restored()
}

// refreshIntoLimit presses r until the service refuses, and one time more.
func refreshIntoLimit(t *testing.T, m *terminal) {
	t.Helper()
	left := regexp.MustCompile(`\b([0-5])/5\b`)
	for range 6 {
		before := left.FindString(m.text())
		if strings.Contains(m.text(), "rate limited  asked") {
			break
		}
		m.press("r")
		m.until("an answer to the refresh", func(s string) bool {
			return left.FindString(s) != before || strings.Contains(s, "rate limited  asked")
		})
	}
	m.shows("rate limited  asked again in", "· 429 ·", "Metrics Exporter")
	m.press("r")
	m.shows("asked again at")
}

func TestFirstRun(t *testing.T) {
	t.Parallel()
	m := start(t, 100, 30, nil)
	m.shows("no configuration", "config.toml", "provider", "demo")
	m.press("d")
	m.shows("DEMO", "Sam Roe")
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m.restored()
}

func TestSignalsRestoreTheTerminal(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			m := start(t, 80, 24, nil, "--demo")
			m.shows("Sam Roe")
			m.signal(sig)
			if status := m.exit(); status != 128+int(sig) {
				t.Errorf("exit status %d, want %d", status, 128+int(sig))
			}
			m.restored()
		})
	}
}

// TestSuspend stops the program in a shell with job control, and goes on.
func TestSuspend(t *testing.T) {
	t.Parallel()
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash here")
	}
	// An answer of the terminal that comes after the end would be the shell's.
	m := open(t, 100, 30, nil, false, bash, "--norc", "--noprofile", "-i")
	m.press("PS1='shell> '; " + program + " --demo" + enter)
	m.shows("Sam Roe", "╭ Profiles")
	m.press(ctrlZ)
	m.shows("Stopped", "shell>")
	m.until("the normal screen", func(string) bool { return !m.onAltScreen() })
	m.press("fg" + enter)
	m.shows("Sam Roe", "╭ Profiles")
	m.press("q")
	m.until("the shell again", func(s string) bool {
		return strings.Contains(s, "shell>") && !strings.Contains(s, "╭ Profiles")
	})
	m.press("exit" + enter)
	m.exit()
}

// TestNoColor reads every byte that was written: text is styled, never
// coloured.
func TestNoColor(t *testing.T) {
	t.Parallel()
	m := start(t, 120, 36, []string{"NO_COLOR=please"}, "--demo")
	m.shows("Sam Roe", "healthy")
	m.press("jjjj")
	m.press("q")
	m.exit()
	color := regexp.MustCompile(`\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m`)
	if found := color.FindString(m.written.String()); found != "" {
		t.Errorf("a colour was written: %q", found)
	}
}

// TestSilentTerminal shows that nothing waits for an answer of the terminal.
func TestSilentTerminal(t *testing.T) {
	t.Parallel()
	m := startSilent(t, 80, 24, nil, "--demo")
	m.shows("Sam Roe")
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}

func TestDumbTerminal(t *testing.T) {
	t.Parallel()
	for _, env := range []string{"TERM=dumb", "TERM="} {
		m := start(t, 80, 24, []string{env}, "--demo")
		m.shows("needs a terminal", "rollcall status")
		if status := m.exit(); status != 2 {
			t.Errorf("%s: exit status %d, want 2", env, status)
		}
	}
}

// TestDashboardOpensFromState shows the answers of an earlier run while the
// services do not answer any more.
func TestDashboardOpensFromState(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.demoConfig()
	w.run("status", "work", "--config", path)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// The same profile at the same address, which now never answers in time.
	config := regexp.MustCompile(`(?m)^request_timeout.*\n`).ReplaceAllString(string(data), "")
	if err := os.WriteFile(path, []byte("request_timeout = \"1ms\"\n"+config), 0o600); err != nil {
		t.Fatal(err)
	}
	m := startProgram(t, 120, 36, []string{"HOME=" + w.home}, program, "--config", path, "--profile", "work")
	m.shows("Sam Roe", "unreachable")
	m.press("q")
	m.exit()
	if _, err := os.Stat(filepath.Join(w.home, ".local", "state", "rollcall", "rollcall.db")); err != nil {
		t.Error(err)
	}
}

// TestFirstRunImports adds what the machine has at two keys, and takes it back.
func TestFirstRunImports(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := startProgram(t, 100, 30, []string{
		"HOME=" + w.home, "KATAPULT_API_TOKEN=kt-demo", "ONEZONE_API_KEY=oz-demo", "ONEZONE_HOST=http://127.0.0.1:1",
		"KATAPULT_API_URL=http://127.0.0.1:1",
	}, program)
	m.shows("2 accounts were found on this machine:", "KATAPULT_API_TOKEN", "ONEZONE_API_KEY", "i choose from 2")
	m.press("i")
	m.shows("enter adds 2")
	m.press("\r")
	m.shows("╭ Profiles 2", "added katapult", "U undoes", "unreachable")
	m.press("U")
	m.shows("2 accounts were found on this machine:")
	m.press("q")
	m.exit()
}
