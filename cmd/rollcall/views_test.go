//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKeptView keeps what is on the screen as a view, which is there in the next run,
// as a tab and on the command line. The comments of the file stay, and undo takes the
// view out again.
func TestKeptView(t *testing.T) {
	t.Parallel()
	w, g := newWorld(t), newGate(t, map[string]string{"kt-sam": "Sam", "kt-kim": "Kim"})
	profile := func(name, variable, tag string) string {
		return fmt.Sprintf("\n# %s is mine\n[profiles.%s]\nprovider = 'katapult' # the host\nbase_url = '%s'\ntoken = { env = '%s' }\ntags = ['%s']\n", name, name, g.URL, variable, tag)
	}
	path := filepath.Join(w.home, "config.toml")
	file := profile("first", "SAM", "client") + profile("second", "KIM", "prod") + profile("third", "KIM", "client")
	write(t, path, file)
	env := []string{"HOME=" + w.home, "SAM=kt-sam", "KIM=kt-kim"}
	m := start(t, 120, 30, env, "--config", path)
	m.shows("all 3 fine")
	m.press(":view over")
	m.press("\r")
	m.shows("╭ Overview 3")
	m.press(":filter tag:cl")
	m.shows("tag:client")
	m.press("\t\r")
	m.shows("╭ Overview 2/3")
	m.press("sp")
	m.press("W")
	m.shows("Keep this view", "tag:client", "sort        name")
	m.press("theirs\r")
	m.shows("╭ theirs 2", "kept the view theirs")
	const view = "\n[views.theirs]\nquery = \"tag:client\"\nsort  = \"name\"\n"
	if got := read(t, path); got != file+view {
		t.Errorf("the file has\n%s\nwant\n%s", got, file+view)
	}
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}

	w.env = env
	if r := w.run("list", "--config", path, "--view", "theirs"); strings.Contains(r.stdout, "second") || !strings.Contains(r.stdout, "third") {
		t.Errorf("the view has\n%s", r.stdout)
	}
	if r := w.run("status", "--config", path, "--view", "theirs", "-o", "json"); strings.Contains(r.stdout, "second") || !strings.Contains(r.stdout, `"third"`) {
		t.Errorf("the view has\n%s", r.stdout)
	}
	w.run("list", "--config", path, "--view", "their").expect(t, 2, `there is no view "their"; did you mean "theirs"?`)

	m = start(t, 120, 30, env, "--config", path)
	m.shows("People theirs", "╭ theirs 2")
	m.press("U")
	m.shows("Another run of rollcall has done this: kept the view theirs")
	m.press("\x1b[D" + enter)
	m.shows("╭ Overview", "ook back: kept the view theirs")
	if got := read(t, path); got != file {
		t.Errorf("the file has\n%s\nwant\n%s", got, file)
	}
	m.press("q")
	m.exit()
}

// read is what a file holds.
func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
