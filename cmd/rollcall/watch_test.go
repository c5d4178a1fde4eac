//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// often has every profile checked each second.
const often = "refresh_interval = \"1s\"\n"

// refuses makes the service refuse every token.
func (s *service) refuses() {
	s.status.Store(http.StatusForbidden)
	s.body.Store(`{"error":{"code":"invalid_api_token","description":"No","detail":{}}}`)
}

// TestWatchInAPipe prints a line for each change of a service, until it is
// interrupted.
func TestWatchInAPipe(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	s.refuses()
	c := w.command("status", "--watch", "--config", s.config(w, often))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Process.Kill(); _ = c.Wait() }()
	lines := bufio.NewScanner(out)
	next := func(events, state string) {
		t.Helper()
		var event struct {
			Schema  int
			At      string
			Events  []string
			Profile struct {
				Name   string
				Health struct{ State string }
			}
		}
		if !lines.Scan() {
			t.Fatalf("no line for %s: %v", events, lines.Err())
		}
		if err := json.Unmarshal(lines.Bytes(), &event); err != nil {
			t.Fatalf("%v: %s", err, lines.Text())
		}
		if event.Schema != 1 || event.At == "" || strings.Join(event.Events, " ") != events ||
			event.Profile.Name != "work" || event.Profile.Health.State != state {
			t.Errorf("told %s, want %s of a profile that is %s", lines.Text(), events, state)
		}
	}
	next("now", "invalid_token")
	// What was refused is sent again only when it is another one.
	s.knows("user_a", "Sam", "Roe", "Acme")
	w.write("config.toml", strings.Replace(readFile(t, w.home+"/config.toml"), "kt-some-token", "kt-other-token", 1))
	next("fine changed", "healthy")
	s.knows("user_a", "Sam", "Roe", "Acme", "Otter")
	next("changed", "healthy")
	if err := c.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		t.Errorf("told in the end: %s", lines.Text())
	}
	_ = c.Wait()
	if status := c.ProcessState.ExitCode(); status != 130 {
		t.Errorf("exit status %d, want 130", status)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestWatchOnATerminal draws the table anew in the place where it stands.
func TestWatchOnATerminal(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	s.knows("user_a", "Sam", "Roe")
	path := s.config(w, often)
	m := start(t, 80, 24, nil, "status", "--watch", "--config", path)
	m.shows("Fine 1", "healthy", "Sam Roe", "nothing now")
	s.refuses()
	screen := m.shows("Now 1", "invalid token", "→", "rollcall rotate work --config", "1 now")
	if strings.Contains(screen, "Fine 1") || strings.Count(screen, "PROFILE") != 1 {
		t.Errorf("the table before is still there:\n%s", screen)
	}
	if m.onAltScreen() {
		t.Error("the table takes the whole screen")
	}
	m.resize(40, 12)
	m.shows("1 now")
	m.signal(syscall.SIGINT)
	if status := m.exit(); status != 130 {
		t.Errorf("exit status %d, want 130", status)
	}
	m.restored()
}

// TestWatchBesideABrokenProjectFile says what is wrong with the file of the folder, and
// goes on with the profiles all the same.
func TestWatchBesideABrokenProjectFile(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	s.refuses()
	w.write(".rollcall.toml", "profile = \n")
	path := s.config(w, often)
	for _, named := range [][]string{nil, {"work"}} {
		c := w.command(append([]string{"status", "--watch", "--config", path}, named...)...)
		var said strings.Builder
		c.Stderr = &said
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		if !lines.Scan() || !strings.Contains(lines.Text(), `"events":["now"]`) {
			t.Errorf("%v: told %q", named, lines.Text())
		}
		if err := c.Process.Signal(syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			// The rest is of no interest.
		}
		_ = c.Wait()
		if !strings.Contains(said.String(), ".rollcall.toml:1: ") {
			t.Errorf("%v: what is wrong with the project file is not said: %s", named, said.String())
		}
	}
}

// TestWatchOfWhat refuses what it cannot do.
func TestWatchOfWhat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run("status", "--demo", "--watch", "-o", "openmetrics").expect(t, 2, "--watch tells of changes", "-o json")
	w.run("status", "--demo", "--watch", "--offline").expect(t, 2, "--offline and --watch cannot be used together")
	w.run("status", "--demo", "--watch", "--select", "tag:nothing").expect(t, 2, "no profile answers --select")
	w.run("status", "--demo", "--sort", "nme").expect(t, 2, `rollcall: --sort: there is no field "nme"; did you mean "name"?`)
	w.run("list", "--demo", "--columns", "profile,usr").expect(t, 2, `--columns: there is no column "usr"; did you mean "user"?`)
	w.run("list", "--demo", "--columns", "user", "--sources").expect(t, 2, "cannot be used together")
}

// TestStatusOnATerminal tells how far the checks are, takes that away, and ends
// with the sum.
func TestStatusOnATerminal(t *testing.T) {
	t.Parallel()
	m := start(t, 120, 300, nil, "status", "--demo")
	if status := m.exit(); status != 1 {
		t.Errorf("exit status %d, want 1", status)
	}
	frames, _ := m.framesFrom(0)
	counted := false
	for _, f := range frames {
		counted = counted || regexp.MustCompile(`checking \d+ of \d+`).MatchString(f)
	}
	screen := m.text()
	if !counted || strings.Contains(screen, "checking ") {
		t.Errorf("the progress was shown: %v; the screen in the end:\n%s", counted, screen)
	}
	lines := strings.Split(strings.TrimSpace(screen), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(last, " now, ") || !regexp.MustCompile(`, next \S+ in \d`).MatchString(last) {
		t.Errorf("the last line is %q", last)
	}
	for _, want := range []string{"\nNow ", "\nSoon ", "\nFine ", "→ "} {
		if !strings.Contains(screen, want) {
			t.Errorf("no %q:\n%s", want, screen)
		}
	}
}
