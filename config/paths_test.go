package config

import (
	"path/filepath"
	"testing"
)

func TestPaths(t *testing.T) {
	t.Parallel()
	abs := t.TempDir()
	in := func(parts ...string) string { return filepath.Join(append([]string{abs}, parts...)...) }
	tests := []struct {
		name, goos, flag string
		env              map[string]string
		path             string
		chosen           bool
		state            string
	}{
		{"flag", "linux", "f.toml", map[string]string{"ROLLCALL_CONFIG": "e.toml", "HOME": abs},
			"f.toml", true, in(".local", "state", "rollcall")},
		{"variable", "linux", "", map[string]string{"ROLLCALL_CONFIG": "e.toml", "XDG_CONFIG_HOME": abs, "HOME": abs},
			"e.toml", true, in(".local", "state", "rollcall")},
		{"XDG", "linux", "", map[string]string{"XDG_CONFIG_HOME": in("c"), "XDG_STATE_HOME": in("s"), "HOME": abs},
			in("c", "rollcall", "config.toml"), false, in("s", "rollcall")},
		{"relative XDG", "darwin", "", map[string]string{"XDG_CONFIG_HOME": "c", "XDG_STATE_HOME": "s", "HOME": abs},
			in(".config", "rollcall", "config.toml"), false, in(".local", "state", "rollcall")},
		{"home", "linux", "", map[string]string{"HOME": abs},
			in(".config", "rollcall", "config.toml"), false, in(".local", "state", "rollcall")},
		{"Windows", "windows", "", map[string]string{"AppData": in("r"), "LocalAppData": in("l"), "XDG_CONFIG_HOME": in("c"), "HOME": abs},
			in("r", "rollcall", "config.toml"), false, in("l", "rollcall")},
		{"bare Windows", "windows", "", map[string]string{"USERPROFILE": abs},
			in("AppData", "Roaming", "rollcall", "config.toml"), false, in("AppData", "Local", "rollcall")},
		{"the folder of a service", "linux", "", map[string]string{"STATE_DIRECTORY": abs}, "", false, abs},
		{"two folders of a service", "linux", "f.toml", map[string]string{"STATE_DIRECTORY": in("a") + ":" + in("b")}, "f.toml", true, in("a")},
		{"a home and the folder of a service", "linux", "f.toml", map[string]string{"HOME": abs, "STATE_DIRECTORY": in("a")},
			"f.toml", true, in(".local", "state", "rollcall")},
		{"a folder of a service that is none", "linux", "f.toml", map[string]string{"STATE_DIRECTORY": "rollcall"}, "f.toml", true, ""},
		{"nothing", "linux", "", nil, "", false, ""},
		{"nothing on Windows", "windows", "", map[string]string{"HOME": abs}, "", false, ""},
	}
	for _, test := range tests {
		getenv := func(name string) string { return test.env[name] }
		path, chosen, err := configPath(test.goos, test.flag, getenv)
		if path != test.path || chosen != test.chosen || (err != nil) != (test.path == "") {
			t.Errorf("%s: %q, %v, %v", test.name, path, chosen, err)
		}
		state, err := stateDir(test.goos, getenv)
		if state != test.state || (err != nil) != (test.state == "") {
			t.Errorf("%s: state %q, %v", test.name, state, err)
		}
	}
}

// The exported functions go by the system they run on.
func TestPathsHere(t *testing.T) {
	t.Parallel()
	abs := t.TempDir()
	getenv := func(string) string { return abs }
	if path, chosen, err := Path("", getenv); path != abs || !chosen || err != nil {
		t.Errorf("%q, %v, %v", path, chosen, err)
	}
	if dir, err := StateDir(getenv); dir != filepath.Join(abs, "rollcall") || err != nil {
		t.Errorf("%q, %v", dir, err)
	}
}

func TestCacheDir(t *testing.T) {
	t.Parallel()
	abs := t.TempDir()
	for _, test := range []struct {
		goos string
		env  map[string]string
		want string
	}{
		{"linux", map[string]string{"XDG_CACHE_HOME": abs, "HOME": "/home/sam"}, filepath.Join(abs, "rollcall")},
		{"linux", map[string]string{"HOME": abs}, filepath.Join(abs, ".cache", "rollcall")},
		{"windows", map[string]string{"LocalAppData": abs}, filepath.Join(abs, "rollcall", "cache")},
		{"linux", nil, ""},
	} {
		got, err := cacheDir(test.goos, func(name string) string { return test.env[name] })
		if got != test.want || (err != nil) != (test.want == "") {
			t.Errorf("%s %v: %q, %v", test.goos, test.env, got, err)
		}
	}
	if dir, err := CacheDir(func(string) string { return abs }); !filepath.IsAbs(dir) || err != nil {
		t.Errorf("%q, %v", dir, err)
	}
}
