package config

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestWithHome(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, goos, home, want string
	}{
		{"a home", "linux", "/home/sam", "/home/sam"},
		{"none", "linux", "", "/home/listed"},
		{"none on another Unix", "freebsd", "", "/home/listed"},
		{"none on Windows", "windows", "", ""},
		{"a relative one", "linux", "sam", "/home/listed"},
		{"the folder that it runs in", "linux", ".", "/home/listed"},
	} {
		env := withHome(test.goos, func(name string) string { return map[string]string{"HOME": test.home, "A": "b"}[name] },
			func() string { return "/home/listed" })
		if got := withHome("windows", func(string) string { return test.home }, nil)("USERPROFILE"); got != "" && !filepath.IsAbs(got) {
			t.Errorf("%s: on Windows %q", test.name, got)
		}
		if got := env("HOME"); got != test.want || env("A") != "b" || env("B") != "" {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// The homes of services are often no folder, or one that is not theirs.
func TestIsOwnFolder(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no list of homes")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{dir: true, file: false, filepath.Join(dir, "missing"): false, "/": false, "/./": false} {
		if got := isOwnFolder(path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}
