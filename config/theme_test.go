package config

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// themed reads a configuration that names a theme, with a theme file beside it.
func themed(t *testing.T, name, theme string) *Config {
	t.Helper()
	dir := t.TempDir()
	write := func(path, text string) string {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("themes/dusk.toml", theme)
	write("themes/not a name.toml", "")
	path := write("config.toml", "expiry_warning = '7d'\n[ui]\ntheme = '"+name+"'\n[profiles.a]\nprovider = 'x'\n")
	c, err := Load(path, Services{})
	if err != nil {
		t.Fatal(err)
	}
	c.Path = dir
	return c
}

func TestOwnTheme(t *testing.T) {
	c := themed(t, "dusk", "base = \"light\"\nok = \"#00AAff\"\nborder_focused = 212\nwarn = 0\n")
	want := map[string]string{"ok": "#00AAff", "border_focused": "212", "warn": "0"}
	if c.UI.Theme != "light" || !maps.Equal(c.UI.Colors, want) {
		t.Errorf("theme %q with %v", c.UI.Theme, c.UI.Colors)
	}
	for _, p := range c.Problems {
		if p.Profile == "" {
			t.Error(p)
		}
	}
	if c := themed(t, "dusk", ""); c.UI.Theme != "auto" || len(c.UI.Colors) != 0 {
		t.Errorf("an empty theme is %q with %v", c.UI.Theme, c.UI.Colors)
	}
	if c := themed(t, "high-contrast", "ok = 1"); c.UI.Theme != "high-contrast" || c.UI.Colors != nil {
		t.Errorf("a built-in theme is %q with %v", c.UI.Theme, c.UI.Colors)
	}
}

func TestOwnThemeProblems(t *testing.T) {
	const colour = ` must be a colour such as "#7fe9ff", or a number from 0 to 255`
	const choices = "theme must be auto, dark, light, high-contrast, mono or dusk, not "
	for _, tt := range []struct {
		name, theme string
		want        []string
	}{
		{"dusk", "base = 'night'\nok = 'green'\n\nwarnn = 1\nfail = '#12345'\nmuted = 256\naccent = -1\nstale = '#12345g'\ntext = true\nbadge = 'x123456'\ntitle = '#+12345'\n", []string{
			`themes/dusk.toml:1: base must be auto, dark, light, high-contrast or mono, not "night"`,
			"themes/dusk.toml:2: ok" + colour,
			`themes/dusk.toml:4: unknown key "warnn"; did you mean "warn"?`,
			"themes/dusk.toml:5: fail" + colour,
			"themes/dusk.toml:6: muted" + colour,
			"themes/dusk.toml:7: accent" + colour,
			"themes/dusk.toml:8: stale" + colour,
			"themes/dusk.toml:9: text" + colour,
			"themes/dusk.toml:10: badge" + colour,
			"themes/dusk.toml:11: title" + colour,
		}},
		{"dusk", "base = 'light'\nok = 1\nbadg = 1", []string{`themes/dusk.toml:3: unknown key "badg"; did you mean "badge"?`}},
		{"dusk", "\ufeffok = 1\nbadg = 1", []string{`themes/dusk.toml:2: unknown key "badg"; did you mean "badge"?`}},
		{"dusk", "ok = ", []string{"themes/dusk.toml:1: a value is missing here"}},
		{"dusk", strings.Repeat("# long\n", 10_000), []string{`config.toml:3: the theme "dusk" cannot be read: it is larger than 64 KiB`}},
		{"dust", "", []string{"config.toml:3: " + choices + `"dust"; did you mean "dusk"?`}},
		{"../themes/dusk", "", []string{"config.toml:3: " + choices + `"../themes/dusk"`}},
		{"not a name", "", []string{"config.toml:3: " + choices + `"not a name"`}},
		{"", "", []string{"config.toml:3: " + choices + `""`}},
	} {
		c := themed(t, tt.name, tt.theme)
		var got []string
		for _, p := range c.Problems {
			if p.Profile == "" {
				got = append(got, filepath.ToSlash(strings.TrimPrefix(p.Error(), c.Path+string(filepath.Separator))))
			}
		}
		same := slices.EqualFunc(got, tt.want, func(got, want string) bool { return strings.HasPrefix(got, want) })
		if !same {
			t.Errorf("%s:\n%s\nwant\n%s", tt.name, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
		if len(c.UI.Colors) != 0 {
			t.Errorf("%s: a wrong theme gives %v", tt.name, c.UI.Colors)
		}
	}
}

// TestThemeFolder is not a theme where it has the name of one.
func TestThemeFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "themes", "dusk.toml"), 0o700); err != nil {
		t.Fatal(err)
	}
	c, err := Parse(filepath.Join(dir, "config.toml"), []byte("ui.theme = 'dusk'"), Services{})
	if err != nil || len(c.Problems) != 1 || !strings.Contains(c.Problems[0].Message, "it is a folder") {
		t.Errorf("%v, %v", c, err)
	}
}
