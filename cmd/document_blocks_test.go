package cmd

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kballard/go-shellquote"

	"rollcall/config"
)

// TestDocumentConfigurations reads every block of TOML as rollcall would. What stands
// behind the word toml says what it is: nothing for a configuration, "profile" for
// lines of which each is for itself one of a profile, "service" for a description,
// "theme" for a theme.
func TestDocumentConfigurations(t *testing.T) {
	for _, m := range markdowns(t) {
		for _, b := range m.blocks {
			kind, is := strings.CutPrefix(b.kind, "toml")
			if !is {
				continue
			}
			for _, files := range configurations(t, m, strings.TrimSpace(kind), b.text) {
				for _, p := range problemsOf(t, files) {
					t.Errorf("%s:%d: %s", m.path, b.line, p)
				}
			}
		}
	}
}

const someProfile = "[profiles.some]\nprovider = \"katapult\"\n"

// configurations are the files that a block stands for, each set by names.
func configurations(t *testing.T, m markdown, kind, text string) (all []map[string]string) {
	t.Helper()
	switch kind {
	case "":
		return []map[string]string{{"config.toml": text}}
	case "theme":
		return []map[string]string{{"config.toml": "[ui]\ntheme = \"own\"\n", "themes/own.toml": text}}
	case "service":
		return []map[string]string{{"config.toml": strings.Replace(someProfile, "katapult", "own", 1) + "token = { env = \"X\" }\n", "services.d/own.toml": text}}
	case "profile":
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "token") {
				line = "token = { env = \"X\" }\n" + line
			}
			all = append(all, map[string]string{"config.toml": someProfile + line})
		}
		return all
	}
	t.Errorf("%s: a block is called toml %s", m.path, kind)
	return nil
}

// problemsOf are all problems of a configuration and of its profiles and views.
func problemsOf(t *testing.T, files map[string]string) (all []string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := config.Load(filepath.Join(dir, "config.toml"), builtIn().known())
	if err != nil {
		return []string{err.Error()}
	}
	for _, p := range c.Problems {
		all = append(all, p.Error())
	}
	return all
}

// ends is where in a line of a shell the words of one command end.
var ends = regexp.MustCompile(`\s(?:\||\|\||&&|#|>|2>|<|;)(?:\s.*)?$|;$|\)".*$|\).*$`)

// TestDocumentCommandLines finds a command or a flag in the documents that there is not.
func TestDocumentCommandLines(t *testing.T) {
	seen := 0
	for _, m := range markdowns(t) {
		if filepath.Base(m.path) == "CONTRIBUTING.md" {
			continue
		}
		for _, b := range m.blocks {
			if b.kind != "sh" {
				continue
			}
			for line := range strings.Lines(b.text) {
				for _, command := range rollcallsIn(strings.TrimSpace(line)) {
					seen++
					if err := wrongCommand(command); err != nil {
						t.Errorf("%s:%d: %s: %v", m.path, b.line, command, err)
					}
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d command lines were found", seen)
	}
}

// rollcallsIn are the command lines of rollcall in a line for a shell.
func rollcallsIn(line string) (all []string) {
	for _, at := range regexp.MustCompile(`(?:^|[($]|&& |\|\| |; )rollcall `).FindAllStringIndex(line, -1) {
		command := line[at[1]:]
		for {
			shorter := ends.ReplaceAllString(command, "")
			if shorter == command {
				break
			}
			command = shorter
		}
		all = append(all, strings.TrimSpace(command))
	}
	return all
}

// wrongCommand says what is wrong with the words behind rollcall; nil for nothing.
func wrongCommand(command string) error {
	words, err := shellquote.Split(command)
	if err != nil {
		return err
	}
	if i := slices.Index(words, "--"); i >= 0 {
		words = words[:i]
	}
	c, rest, err := manualApp().rootCommand().Find(words)
	if err != nil {
		return err
	}
	return c.ParseFlags(rest)
}
