package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoProfiles has a configuration in which there are none: a script must not take it
// for one whose tokens are all fine.
func TestNoProfiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := w.write("empty.toml", "# nothing yet\n")
	told := []string{"empty.toml has no profiles yet", "rollcall import", "rollcall add"}
	for _, tt := range []struct {
		args   string
		status int
		stdout string
	}{
		{"status", 2, ""},
		{"status --offline", 2, ""},
		{"status -o json", 2, `"profiles": []`},
		{"status -o openmetrics", 2, "rollcall_build_info"},
		{"which", 2, ""},
		{"list", 0, ""},
		{"list --sources", 0, ""},
		{"list -o json", 0, `"profiles": []`},
		{"changes", 0, ""},
		{"status --watch --timeout 1s", 0, ""},
	} {
		r := w.run(append(strings.Fields(tt.args), "--config", path)...)
		r.expect(t, tt.status, told...)
		if (r.stdout == "") != (tt.stdout == "") || !strings.Contains(r.stdout, tt.stdout) {
			t.Errorf("%s prints %q", tt.args, r.stdout)
		}
		if strings.HasSuffix(tt.args, "json") && !json.Valid([]byte(r.stderr)) {
			t.Errorf("%s: what is said is no JSON: %s", tt.args, r.stderr)
		}
	}
	r := w.run("doctor", "--config", path)
	if r.status != 2 || !strings.Contains(r.stdout, "empty.toml has no profiles yet") || !strings.Contains(r.stdout, "rollcall import") {
		t.Errorf("doctor: %+v", r)
	}
	file := w.write("rollcall.prom", "before\n")
	w.run("status", "--textfile", file, "--config", path).expect(t, 2, append(told, "rollcall.prom was not written")...)
	if now, err := os.ReadFile(file); err != nil || string(now) != "before\n" {
		t.Errorf("the file of metrics has now %q, %v", now, err)
	}
}

// TestImportMakesTheFile adds to a file that is named and not there yet, as add does, and
// as whoever names a missing file is told.
func TestImportMakesTheFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t).with("HCLOUD_TOKEN=" + strings.Repeat("k", 64))
	path := filepath.Join(w.home, "made.toml")
	w.run("list", "--config", path).expect(t, 2, "made.toml", "rollcall import")
	w.run("import", "--all", "--config", path).expect(t, 0)
	w.run("list", "--config", path).expect(t, 0)
}
