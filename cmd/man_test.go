package cmd

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// commandsBelow are all commands that people are to know.
func commandsBelow(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, sub := range documented(c) {
		all = append(all, commandsBelow(sub)...)
	}
	return all
}

// manualDay is the day of the pages in the tests.
var manualDay = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)

func manualApp() *app {
	return &app{
		console: console{services: builtIn(), getenv: func(string) string { return "" }},
		version: "1.2", now: func() time.Time { return manualDay },
	}
}

// rendered is a page as people read it, by the system's own man.
func rendered(t *testing.T, source string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.1")
	if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("man", "--warnings", "-l", path)
	if _, err := exec.LookPath("man"); err != nil {
		if _, err := exec.LookPath("mandoc"); err != nil {
			t.Skip("neither man nor mandoc is installed")
		}
		c = exec.Command("mandoc", "-T", "utf8", path)
	}
	var stdout, stderr bytes.Buffer
	c.Stdout, c.Stderr = &stdout, &stderr
	c.Env = append(os.Environ(), "MANWIDTH=100", "LC_ALL=C.UTF-8", "MAN_KEEP_FORMATTING=", "MANPAGER=cat", "PAGER=cat")
	if err := c.Run(); err != nil {
		t.Skipf("man cannot be used here: %v: %s", err, stderr.String())
	}
	if stderr.Len() > 0 {
		t.Errorf("man warns: %s", stderr.String())
	}
	return regexp.MustCompile(`.\x08|\x1b\[[0-9;]*m`).ReplaceAllString(stdout.String(), "")
}

// linted fails where mandoc finds anything wrong with a page.
func linted(t *testing.T, name, source string) {
	t.Helper()
	if _, err := exec.LookPath("mandoc"); err != nil {
		return
	}
	c := exec.Command("mandoc", "-T", "lint", "-W", "warning")
	c.Stdin = strings.NewReader(source)
	if out, err := c.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%s: %v: %s", name, err, out)
	}
}

func TestManual(t *testing.T) {
	t.Parallel()
	a := manualApp()
	root := a.rootCommand()
	source := a.manual(root, true, manualDay)
	// A locale may have no Unicode, and roff reads none.
	if i := strings.IndexFunc(source, func(r rune) bool { return r > '~' }); i >= 0 {
		t.Errorf("not all of it is ASCII: %q", source[i:min(i+20, len(source))])
	}
	linted(t, "rollcall.1", source)
	text := rendered(t, source)
	for _, c := range commandsBelow(root) {
		if !strings.Contains(text, c.CommandPath()) {
			t.Errorf("%s is not in it", c.CommandPath())
		}
		for line := range strings.Lines(c.Example) {
			if line = strings.TrimSpace(line); !strings.Contains(text, line+"\n") {
				t.Errorf("the example %q is not in it as one line", line)
			}
		}
	}
	if list := regexp.MustCompile(`\n +1 +the variable [^\n]*\n +2 +the nearest folder (?:[^\n]*\n)+? +3 +'rollcall use'\n`); !list.MatchString(text) {
		t.Error("the list of which is none")
	}
	for _, want := range []string{"\nEXIT STATUS\n", "\nQUERIES\n", "left<10%", "\nENVIRONMENT\n", "\nFILES\n", "--accessible", "rollcall 1.2", "2026-11-21"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in it:\n%s", want, text)
		}
	}
}

// TestManualNamed finds a page by each of the names that people give it.
func TestManualNamed(t *testing.T) {
	t.Parallel()
	all := manuals(manualApp().rootCommand())
	for name, want := range map[string]string{
		"status": "rollcall-status.1", "rollcall-status": "rollcall-status.1", "rollcall-status.1": "rollcall-status.1",
		"config-check": "rollcall-config-check.1", "config": "rollcall-config.1", "rollcall-config.5": "rollcall-config.5",
		"rollcall": "rollcall.1", "statu": "", "": "",
	} {
		file := ""
		if i := slices.IndexFunc(all, func(p manualPage) bool { return p.isCalled(name) }); i >= 0 {
			file = all[i].file()
		}
		if file != want {
			t.Errorf("%q is %q, want %q", name, file, want)
		}
	}
}

// TestManualsInFolder writes all pages, the same bytes each time.
func TestManualsInFolder(t *testing.T) {
	t.Parallel()
	a, dir, again := manualApp(), t.TempDir(), t.TempDir()
	root := a.rootCommand()
	for _, d := range []string{dir, again} {
		if err := a.writeManuals(d, root, manualDay); err != nil {
			t.Fatal(err)
		}
	}
	var files []string
	for _, c := range commandsBelow(root) {
		files = append(files, "man1/"+strings.ReplaceAll(c.CommandPath(), " ", "-")+".1")
	}
	for _, file := range append(files, "man5/rollcall-config.5") {
		page, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Error(err)
			continue
		}
		if same, err := os.ReadFile(filepath.Join(again, file)); err != nil || !bytes.Equal(page, same) {
			t.Errorf("%s differs the second time: %v", file, err)
		}
		linted(t, file, string(page))
		if filepath.Base(file) == "rollcall-status.1" {
			text := rendered(t, string(page))
			for _, want := range []string{"rollcall-status - Check profiles", "rollcall status [NAME...] [flags]", "--strict", "--config", "SEE ALSO", "rollcall-config(5)"} {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not in it:\n%s", want, text)
				}
			}
		}
		if filepath.Base(file) == "rollcall-exec.1" && !strings.Contains(string(page), "itself refuses") {
			t.Error("exec has not its own statuses")
		}
	}
	for _, folder := range []string{"man1", "man5"} {
		entries, err := os.ReadDir(filepath.Join(dir, folder))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if info, err := e.Info(); err != nil || info.Mode().Perm()&0o444 != 0o444 {
				t.Errorf("%s cannot be read by all", e.Name())
			}
		}
	}
}

// TestManualOfTheConfiguration has every key with what it is.
func TestManualOfTheConfiguration(t *testing.T) {
	t.Parallel()
	source := manualApp().configManual(manualDay)
	text := rendered(t, source)
	for _, want := range []string{
		"rollcall-config(5)", "AT THE TOP OF THE FILE\n", "refresh_interval span of time\n", "Without it: 60s.", "\nTABLES\n", " [ui]\n",
		" [profiles.NAME]\n", "provider text\n", "Required.", "token secret\n", " [[commands]]\n", " [services.NAME]\n",
		"A SECRET\n", "keyring text\n", "       [profiles.work]\n", `token = { env = "KATAPULT_API_KEY" }`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in it:\n%s", want, text)
		}
	}
	for line := range strings.Lines(source) {
		if strings.HasPrefix(line, `\fB`) && strings.Contains(line, `\fI\fR`) {
			t.Errorf("a key is of no kind: %s", line)
		}
	}
}

// TestManualDate dates the pages as whoever builds a package wants it.
func TestManualDate(t *testing.T) {
	t.Parallel()
	for set, want := range map[string]string{"": "2026-11-21", "86400": "1970-01-02", "yesterday": ""} {
		a := manualApp()
		a.getenv = func(name string) string {
			if name == epochVariable {
				return set
			}
			return ""
		}
		date, err := a.manualDate()
		if got := date.UTC().Format(time.DateOnly); want == "" && err == nil || want != "" && (err != nil || got != want) {
			t.Errorf("%q: %s, %v", set, got, err)
		}
	}
}

// TestManualHasTheEnvironment finds a variable that is read and not told of.
func TestManualHasTheEnvironment(t *testing.T) {
	t.Parallel()
	told := map[string]bool{}
	for _, f := range environment {
		for word := range strings.SplitSeq(f.word, ", ") {
			told[word] = true
		}
	}
	read := regexp.MustCompile(`(?i:getenv|lookupenv)\("([A-Za-z_]+)"\)|"(ROLLCALL_[A-Z]+)"`)
	// Packages whose names end with test are for tests.
	var names []string
	for _, room := range []string{".", "../config", "../client", "../ui", "../plainfile"} {
		if err := filepath.WalkDir(room, func(path string, d os.DirEntry, err error) error {
			if strings.HasSuffix(filepath.Dir(path), "test") || err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			for _, m := range read.FindAllStringSubmatch(string(source), -1) {
				names = append(names, m[1]+m[2])
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Contains(names, "NO_COLOR") || !slices.Contains(names, "ROLLCALL_LOG") {
		t.Errorf("read are only %v", names)
	}
	for _, name := range names {
		if !told[name] {
			t.Errorf("%s is read, and the manual does not tell of it", name)
		}
	}
}
