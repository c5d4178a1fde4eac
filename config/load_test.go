package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestLoadFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := Load(filepath.Join(dir, "none"), Services{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := Load(dir, Services{}); err == nil || err.Error() != dir+": this is a folder; name the file in it" {
		t.Errorf("a folder: %v", err)
	}
	large := filepath.Join(dir, "large")
	if err := os.WriteFile(large, make([]byte, maxConfig+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(large, Services{}); err == nil || !strings.Contains(err.Error(), "larger than 8 MiB") {
		t.Errorf("a large file: %v", err)
	}
}

// What would take the decoder minutes, or the whole stack, is refused.
func TestDeepNesting(t *testing.T) {
	t.Parallel()
	for _, text := range []string{strings.Repeat("[", maxConfig-4), strings.Repeat("{a=", 1<<14), strings.Repeat("[[[\n", 1<<10)} {
		if _, err := Parse("c.toml", []byte("a = "+text), Services{}); err == nil ||
			err.Error() != "c.toml: too many brackets are open at once; close each with ] or }" {
			t.Error(err)
		}
	}
	if _, err := Parse("c.toml", []byte("a = "+strings.Repeat("[", 500)+strings.Repeat("]", 500)), Services{}); err != nil {
		t.Error(err)
	}
}

func TestTenThousandProfiles(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&text, "[profiles.customer-%05d]\nprovider = \"onezone\"\nbase_url = \"https://onezone-%05d.example.org\"\n"+
			"username = \"admin\"\npassword = { keyring = \"rollcall/customer-%05d\" }\ntags     = [\"prod\", \"eu\"]\n\n", i, i, i)
	}
	c, err := Load(savedFile(t, text.String()), testProviders())
	if err != nil || len(c.Profiles) != 10_000 || len(c.Problems) != 0 || c.Profiles[9_999].Line != 69_994 {
		t.Errorf("%v: %+v", err, c)
	}
}

// A literal secret in a file that others can read takes its profile away, and
// no other.
func TestExposed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no such modes on Windows")
	}
	t.Parallel()
	path := filepath.Join(t.TempDir(), "my config.toml")
	text := goodProfile + zoneProfile + `username = "u"
password = "p4ssw0rd"
[profiles.k]
provider = "katapult"
token = "s3cret"
[profiles.p]
provider = "katapult"
token = { env = "A" }
proxy = "http://u:pr0xy@localhost"
`
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for mode, want := range map[fs.FileMode][]int{0o600: nil, 0o400: nil, 0o640: {8, 11, 15}, 0o604: {8, 11, 15}, 0o620: {8, 11, 15}} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		c, err := Load(path, testProviders())
		if err != nil {
			t.Fatal(err)
		}
		var lines []int
		for _, p := range c.Problems {
			lines = append(lines, p.Line)
			if p.Remedy != "Run: chmod 600 '"+path+"'" || !strings.HasSuffix(p.Message, " holds a secret, and others can read this file") {
				t.Errorf("%+v", p)
			}
		}
		if !slices.Equal(lines, want) {
			t.Errorf("mode %o: problems on lines %v, want %v", mode, lines, want)
		}
		if len(c.Profiles[0].Problems) != 0 || len(c.Profiles) != 4 {
			t.Errorf("mode %o: %+v", mode, c.Profiles[0].Problems)
		}
	}
}

// What cannot be opened comes with what to do, and still tells that it is not
// there.
func TestLoadUnreadable(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "config.toml")
	_, err := Load(missing, Services{})
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), missing) || !strings.HasSuffix(err.Error(), "make the file with 'rollcall import' or 'rollcall add'") {
		t.Errorf("without a file: %v", err)
	}
	if os.Geteuid() == 0 {
		t.Skip("root can read every file")
	}
	must(t, os.WriteFile(missing, nil, 0))
	if _, err := Load(missing, Services{}); !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "its owner") {
		t.Errorf("without the right to read it: %v", err)
	}
}
