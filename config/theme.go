package config

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"rollcall/config/spelling"
	"rollcall/plainfile"
)

// builtInThemes are the themes that need no file.
func builtInThemes() []string {
	return []string{"auto", "dark", "light", "high-contrast", "mono"}
}

// ThemeRoles are the parts of the screen that a theme has colours for.
func ThemeRoles() []string {
	return []string{
		"text", "muted", "accent", "stale", "title", "border", "border_focused", "ok", "warn", "fail",
		"selection", "selection_text", "badge", "badge_text",
	}
}

// theme reads which theme the screen has: one that is built in, or the user's
// own, a file in the folder themes beside the configuration.
func (t *table) theme(ui *UI) {
	name, ok := value[string](t, "theme", "one of "+list(builtInThemes())+", or the name of your own, in quotes")
	if !ok {
		return
	}
	if slices.Contains(builtInThemes(), name) {
		ui.Theme = name
		return
	}
	path := filepath.Join(t.dec.dir, "themes", name+".toml")
	data, err := []byte(nil), fs.ErrNotExist
	if isThemeName(name) {
		t.dec.versions[path] = versionOf(context.Background(), path)
		data, _, err = plainfile.Read(context.Background(), path, maxTheme)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		known := slices.Concat(builtInThemes(), t.dec.ownThemes())
		t.problem("theme", "theme must be %s, not %s%s", list(known), quote(name), spelling.DidYouMean(name, known))
	case err != nil:
		t.problem("theme", "the theme %s cannot be read: %v", quote(name), err)
	default:
		// What is wrong with that file is told where this one names it.
		at := t.dec.positions.find(below(t.path, "theme"))
		for _, p := range ownTheme(ui, path, data) {
			t.report.problems = append(t.report.problems, locatedProblem{at.offset, p})
		}
	}
}

// isThemeName reports whether a file of that name can only be in the folder of
// themes.
func isThemeName(name string) bool { return name != "" && shown(name) == name }

// ownThemes are the names of the user's themes.
func (d *decoder) ownThemes() []string {
	files, _ := plainfile.Folder(filepath.Join(d.dir, "themes"))
	var names []string
	for _, f := range files {
		_, gone := plainfile.Stat(context.Background(), filepath.Join(d.dir, "themes", f.Name())) // A link may lead nowhere.
		if name, ok := strings.CutSuffix(f.Name(), ".toml"); ok && isThemeName(name) && gone == nil {
			names = append(names, name)
		}
	}
	return names
}

// ownTheme reads a file of colours. Where something is wrong with it, the base
// is used as it is.
func ownTheme(ui *UI, path string, data []byte) []Problem {
	t, wrong := read(path, data)
	if wrong != nil {
		return []Problem{*wrong}
	}
	if base, ok := t.oneOf("base", builtInThemes()...); ok {
		ui.Theme = base
	}
	colors := map[string]string{}
	for _, role := range ThemeRoles() {
		if c, ok := t.color(role); ok {
			colors[role] = c
		}
	}
	t.unknown()
	found := problems(t.report)
	if len(found) == 0 {
		ui.Colors = colors
	}
	return found
}

// color reads "#rrggbb", or the number of one of the terminal's 256 colours.
func (t *table) color(role string) (string, bool) {
	t.known = append(t.known, role)
	switch v := t.values[role].(type) {
	case nil:
		return "", false
	case int64:
		if v >= 0 && v <= 255 {
			return strconv.FormatInt(v, 10), true
		}
	case string:
		if _, err := strconv.ParseUint(strings.TrimPrefix(v, "#"), 16, 24); err == nil && len(v) == 7 && v[0] == '#' {
			return v, true
		}
	}
	t.problem(role, `%s must be a colour such as "#7fe9ff", or a number from 0 to 255`, role)
	return "", false
}

// maxTheme is more than a theme can need.
const maxTheme = 64 << 10

// Themes are the themes that need no file.
func Themes() []string { return builtInThemes() }
