package cmd

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestEditorArguments(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		command string
		line    int
		want    string
	}{
		{"vi", 0, "vi|F"},
		{"vi", 7, "vi|+7|F"},
		{"/usr/bin/nvim -u 'my file'", 7, "/usr/bin/nvim|-u|my file|+7|F"},
		{"nano", 7, "nano|+7|F"},
		{"emacsclient -t", 7, "emacsclient|-t|+7|F"},
		{"code", 0, "code|--wait|F"},
		{"code -w", 7, "code|-w|--goto|F:7"},
		{"subl", 7, "subl|--wait|F:7"},
		{"hx", 7, "hx|F:7"},
		{"my-editor -x", 7, "my-editor|-x|F"},
	} {
		e, err := newEditor(func(name string) string { return map[string]string{"EDITOR": tt.command}[name] })
		if err != nil {
			t.Errorf("%s: %v", tt.command, err)
			continue
		}
		if got := strings.Join(append([]string{e.program}, e.arguments("F", tt.line)...), "|"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.command, got, tt.want)
		}
	}
}

func TestWhichEditor(t *testing.T) {
	t.Parallel()
	env := func(pairs ...string) func(string) string {
		return func(name string) string {
			if i := slices.Index(pairs, name); i >= 0 {
				return pairs[i+1]
			}
			return ""
		}
	}
	spaced := filepath.Join(t.TempDir(), "my editor")
	if runtime.GOOS == "windows" {
		spaced += ".exe"
	}
	if err := os.WriteFile(spaced, nil, 0o700); err != nil {
		t.Fatal(err)
	}
	usual := map[bool]string{true: "notepad", false: "vi"}[runtime.GOOS == "windows"]
	for want, getenv := range map[string]func(string) string{
		usual:  env(),
		"a":    env("EDITOR", "a"),
		"b":    env("VISUAL", "b", "EDITOR", "a"),
		spaced: env("VISUAL", spaced),
	} {
		if e, err := newEditor(getenv); err != nil || e.program != want || len(e.args) > 0 {
			t.Errorf("%+v, %v; want %s", e, err, want)
		}
	}
	if _, err := newEditor(env("EDITOR", "vi 'x")); err == nil || !strings.Contains(err.Error(), "EDITOR") {
		t.Errorf("a broken command: %v", err)
	}
}
