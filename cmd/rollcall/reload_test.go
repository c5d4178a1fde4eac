//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReload edits the file of a running dashboard as editors do it, and looks
// at what becomes of the screen.
func TestReload(t *testing.T) {
	t.Parallel()
	w, g := newWorld(t), newGate(t, map[string]string{"kt-sam": "Sam", "kt-kim": "Kim"})
	profile := func(name, variable string) string {
		return fmt.Sprintf("\n[profiles.%s]\nprovider = 'katapult'\nbase_url = '%s'\ntoken = { env = '%s' }\n", name, g.URL, variable)
	}
	real := w.write("files/real.toml", profile("first", "SAM"))
	path := filepath.Join(w.home, "config.toml")
	if err := os.Symlink(filepath.Join("files", "real.toml"), path); err != nil {
		t.Fatal(err)
	}
	m := start(t, 100, 30, []string{"HOME=" + w.home, "SAM=kt-sam", "KIM=kt-kim"}, "--config", path)
	m.shows("all 1 fine", "user_Sam")

	// In place, behind the symbolic link.
	f, err := os.OpenFile(real, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(profile("second", "KIM")); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	m.shows("second", "all 2 fine")

	// A new file in the place of the old.
	replace := func(text string) {
		t.Helper()
		if err := os.Rename(w.write("files/new.toml", text), real); err != nil {
			t.Fatal(err)
		}
	}
	three := profile("first", "SAM") + profile("second", "KIM") + profile("third", "SAM")
	replace(three)
	m.shows("third", "all 3 fine")

	// The link leads elsewhere.
	w.write("files/other.toml", three+profile("fourth", "KIM"))
	link := filepath.Join(w.home, "link")
	if err := os.Symlink(filepath.Join("files", "other.toml"), link); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(link, path); err != nil {
		t.Fatal(err)
	}
	m.shows("fourth", "all 4 fine")

	// What is broken changes nothing, and says where.
	other := filepath.Join(w.home, "files", "other.toml")
	write(t, other, three+"\n[profiles.fifth\n")
	m.shows("the last good", "config.toml:17", "fourth", "all 4 fine")
	m.press("!")
	m.shows("╭ Problems", "config.toml:17", "Until it is mended")
	m.press(escape)
	m.until("the overlay closed", func(s string) bool { return !strings.Contains(s, "╭ Problems") })

	// Mended, with one profile that is wrong for itself.
	write(t, other, three+"\n[profiles.fifth]\nprovider = 'katapolt'\ntoken = { env = 'SAM' }\n")
	m.shows("fifth", "misconfigured", "Fine 3", "1 now")
	m.until("the mark gone", func(s string) bool { return !strings.Contains(s, "config.toml:17") && !strings.Contains(s, "fourth") })

	// The profile that is selected goes; then the last one.
	m.press("2")
	m.shows("user_Kim")
	write(t, other, profile("first", "SAM"))
	m.until("one profile", func(s string) bool { return strings.Contains(s, "user_Sam") && !strings.Contains(s, "second") })
	write(t, other, "# none\n")
	m.shows("This configuration has no profiles yet", "add a profile")
	write(t, other, three)
	m.shows("all 3 fine", "third")
	m.press("q")
	if status := m.exit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
	m.restored()
}

// TestUseElsewhere makes another profile the active one while a dashboard
// shows which it is.
func TestUseElsewhere(t *testing.T) {
	t.Parallel()
	g := newGate(t, map[string]string{"kt-sam": "Sam"})
	w, path, run := managed(t, g)
	m := start(t, 100, 30, append(w.env, "HOME="+w.home), "--config", path)
	m.until("nobody active", func(s string) bool { return strings.Contains(s, "all 3 fine") && !strings.Contains(s, "★") })
	run("use", "two").expect(t, 0)
	m.shows("two ★")
	m.press("3u")
	m.shows("three ★")
	if r := run("which"); !strings.HasPrefix(r.stdout, "three\n") {
		t.Errorf("which says %q %s", r.stdout, r.stderr)
	}
	project := filepath.Join(m.process.Dir, ".rollcall.toml")
	write(t, project, "profile = 'one'\n")
	m.shows("one ★")
	if err := os.Remove(project); err != nil {
		t.Fatal(err)
	}
	m.shows("three ★")
	run("rename", "three", "drei").expect(t, 0)
	m.shows("drei", "all 3 fine")
	run("remove", "one", "--yes").expect(t, 0, "undo")
	m.until("one gone", func(s string) bool {
		return strings.Contains(s, "all 2 fine") && !regexp.MustCompile(`● (\d )?one\b`).MatchString(s)
	})
	m.press("q")
	m.exit()
}

// write gives a file another content in place.
func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
