//go:build linux

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTokenPageKey has the key T show the page on which a service gives out tokens, in the
// browser of the person, and none while stand-ins are shown.
func TestTokenPageKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.write("config.toml", "[profiles.work]\nprovider = 'katapult'\ntoken = { env = 'X' }\ndisabled = true\n"+
		"[profiles.code]\nprovider = 'github'\ntoken = { env = 'X' }\ndisabled = true\n")
	seen := filepath.Join(w.home, "seen")
	browser := w.write("bin/xdg-open", "#!/bin/sh\necho \"$1\" >>'"+seen+"'\n")
	if err := os.Chmod(browser, 0o755); err != nil {
		t.Fatal(err)
	}
	m := start(t, 120, 30, append(w.env, "HOME="+w.home, "BROWSER=any", "PATH="+filepath.Dir(browser)+":"+os.Getenv("PATH")), "--config", path)
	pages := []string{"https://my.katapult.io", "https://github.com/settings/tokens"}
	for i, page := range pages {
		m.walk(map[string]bool{}, step{string(rune('1' + i)), perhapsAlready(selects([]string{"work", "code"}[i]))}, step{"T", shows("opening " + page)})
		m.until("page in the browser", func(string) bool {
			data, _ := os.ReadFile(seen)
			lines := strings.Split(string(data), "\n")
			return len(lines) == i+2 && strings.HasPrefix(lines[i], page)
		})
	}
	m.walk(map[string]bool{}, step{"P", shows("PRIVATE")}, step{"T", shows("links are off in private")})
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("status %d", status)
	}
	if data, _ := os.ReadFile(seen); strings.Count(string(data), "\n") != len(pages) {
		t.Errorf("the browser was shown\n%s", data)
	}
}
