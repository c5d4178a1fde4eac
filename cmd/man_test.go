package cmd

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

func manualApp() *app {
	return &app{
		console: console{services: builtIn(), getenv: func(string) string { return "" }},
		version: "1.2", now: func() time.Time { return time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC) },
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

func TestManual(t *testing.T) {
	t.Parallel()
	a := manualApp()
	root := a.rootCommand()
	source := a.manual(root, true)
	// A locale may have no Unicode, and roff reads none.
	if i := strings.IndexFunc(source, func(r rune) bool { return r > '~' }); i >= 0 {
		t.Errorf("not all of it is ASCII: %q", source[i:min(i+20, len(source))])
	}
	text := rendered(t, source)
	for _, c := range commandsBelow(root) {
		if !strings.Contains(text, c.CommandPath()) {
			t.Errorf("%s is not in it", c.CommandPath())
		}
		for line := range strings.Lines(c.Example) {
			if line = strings.TrimSpace(line); len(line) < 70 && !strings.Contains(text, line) {
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
	if strings.Contains(text, "%!") {
		t.Error("a text was taken for a format")
	}
}

func TestManualsInFolder(t *testing.T) {
	t.Parallel()
	a, dir := manualApp(), filepath.Join(t.TempDir(), "man1")
	root := a.rootCommand()
	if err := a.writeManuals(dir, root); err != nil {
		t.Fatal(err)
	}
	for _, c := range commandsBelow(root) {
		page, err := os.ReadFile(filepath.Join(dir, strings.ReplaceAll(c.CommandPath(), " ", "-")+".1"))
		if err != nil {
			t.Error(err)
			continue
		}
		if c.Name() != "status" {
			continue
		}
		text := rendered(t, string(page))
		for _, want := range []string{"rollcall-status - Check profiles", "rollcall status [NAME...] [flags]", "--strict", "--config", "SEE ALSO"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in it:\n%s", want, text)
			}
		}
	}
}
