//go:build unix && !darwin

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/redact/redacttest"
)

// TestSecretsAreNowhere runs every command and view on profiles whose services send back
// what they are sent in every way, and searches every byte that came of it: what is
// printed, drawn and spoken, what programs are given, and every file that was written.
func TestSecretsAreNowhere(t *testing.T) {
	t.Parallel()
	w, path, profiles := echoWorld(t)
	search := redacttest.NewSearch("literal", "variable", "file", "tool", "netrc", "command", "password", "second", "keyring")
	look := func(place string, text []byte) {
		t.Helper()
		for _, found := range search.In(place, text) {
			t.Error(found)
		}
	}
	for _, line := range secretlessCommands(profiles) {
		r := w.run(append(strings.Fields(line), "--config", path)...)
		look(line, []byte(r.stdout))
		look(line+", errors", []byte(r.stderr))
		if strings.Contains(r.stderr, "unknown") && !strings.Contains(line, "--bogus") || strings.Contains(r.stderr, "write it as") {
			t.Errorf("%s: %s", line, r.stderr)
		}
	}
	c := w.talk("--accessible", "--config", path)
	c.hear("profiles need you now")
	lines := []string{"l all", "timeline", "people", "changes", "warnings", "?", "private", "l all"}
	for i := range profiles {
		lines = append(lines, strconv.Itoa(i+1), "history "+strconv.Itoa(i+1))
	}
	for _, line := range lines {
		c.enter(line)
		c.hear()
	}
	c.enter("q")
	c.end()
	look("accessible", c.said.Bytes())
	for _, ending := range []syscall.Signal{syscall.SIGTERM, syscall.SIGQUIT} {
		m := start(t, 200, 60, append(w.env, "HOME="+w.home), "--config", path)
		walkEchoes(m, len(profiles))
		m.signal(ending)
		m.exit()
		m.mu.Lock()
		look("terminal", m.written.Bytes())
		look("terminal, plain", []byte(ansi.Strip(m.written.String())))
		for _, frame := range m.frames {
			look("frames", []byte(frame))
		}
		t.Logf("%d frames, %d bytes on the terminal", len(m.frames), m.written.Len())
		m.mu.Unlock()
	}
	if dumps := readAll(t, filepath.Join(w.home, "dumps")); !strings.Contains(dumps, "DUMPS=") || !strings.Contains(dumps, "editor") {
		t.Error("no program told what it was given")
	}
	if err := filepath.WalkDir(w.home, func(file string, d fs.DirEntry, err error) error {
		if d.IsDir() && d.Name() == "sources" {
			return fs.SkipDir
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(file)
		look(strings.TrimPrefix(file, w.home), data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if log := readAll(t, filepath.Join(w.home, "log.jsonl")); strings.Count(log, `"msg":"request`) < len(profiles) {
		t.Errorf("the log tells of too few requests:\n%s", log)
	}
	known := []string{"config.toml", "config.toml~", "hosts.yml", "netrc", "password", "second", "secret.sh", "token"}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(known, e.Name()) && !strings.HasSuffix(e.Name(), ".lock") {
			t.Errorf("%s was left beside the configuration", e.Name())
		}
	}
	t.Log(search.Totals())
}

// secretlessCommands are lines for every command but those that hand out secrets.
func secretlessCommands(profiles []string) (lines []string) {
	lines = []string{
		"status", "status -o json", "status -o openmetrics", "status --strict --private", "status --offline", "status --offline -o json",
		"list", "list -o json", "list --sources", "list --sources -o json", "changes", "changes -o json", "doctor", "doctor -v", "doctor -o json",
		"which", "use " + profiles[0], "pin " + profiles[0], "snooze " + profiles[1] + " 7d --note later", "disable " + profiles[2], "enable " + profiles[2],
		"duplicate " + profiles[3] + " copy", "rename copy other", "move other --up", "remove other --yes", "undo", "undo --redo",
		"exec " + profiles[4] + " -- true", "exec " + profiles[4] + " -- missing-program", "rotate " + profiles[5] + " --no-browser", "edit",
		"service list", "service show twin", "import", "import -o json", "env missing", "status missing", "show missing -o json", "version",
		"add new --provider katapult --env SECRET_VARIABLE --url http://127.0.0.1:1", "logout " + profiles[0], "bind . " + profiles[0], "status --bogus",
	}
	for _, name := range profiles[:18] {
		lines = append(lines, "show "+name, "show "+name+" -o json")
	}
	return lines
}

// walkEchoes goes through the views of a dashboard and through all profiles, opens some
// of them, and shows what lies over the screen.
func walkEchoes(m *terminal, profiles int) {
	m.t.Helper()
	m.shows("╭ Profiles", "Fine ")
	m.until("the answers", func(s string) bool { return !strings.Contains(s, "checking") })
	// The help comes after what the keys before it drew, and goes before the next.
	drawn := func(keys string) {
		m.t.Helper()
		m.press(keys + "?")
		m.shows(" Help ")
		m.press("?")
		m.until("no help", func(s string) bool { return !strings.Contains(s, " Help ") })
	}
	for i := range profiles {
		drawn("j")
		if i%4 < 2 {
			drawn("\r")
			drawn("G")
			drawn(escape)
		}
	}
	for _, v := range views() {
		m.press(v.key)
		m.shows(" " + v.name + " ")
		drawn("G")
		drawn("\r")
		drawn(escape)
	}
	drawn("d")
	for _, key := range []string{"i", "!", "E", "P", "O", "T", "\x14", "w"} {
		before := m.text()
		m.press(key)
		m.until("what "+key+" does", func(s string) bool { return s != before })
		m.press(escape)
		drawn("")
	}
}
