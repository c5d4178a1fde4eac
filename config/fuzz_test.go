package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzSmallFiles reads anything as the file of a project and as a theme. What is wrong
// is told on one line, which names the file.
func FuzzSmallFiles(f *testing.F) {
	f.Add("profile = \"work\"\n")
	f.Add("profile = 5\nother = [1\n")
	f.Add("base = \"dark\"\n[colors]\nok = \"#00ff00\"\nfail = \"red\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), projectFile)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		name, err := readProject(path)
		if err != nil && (name != "" || strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), projectFile)) {
			t.Errorf("%q: %q, %q", text, name, err)
		}
		for _, p := range ownTheme(&UI{}, path, []byte(text)) {
			if p.Message == "" || strings.Contains(p.Message, "\n") {
				t.Errorf("%q: %q", text, p.Message)
			}
		}
	})
}
