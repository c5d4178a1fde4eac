package draw

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
)

// IsKey reports whether a terminal sends a key by that name: a character, or
// the name of another key, after the keys that are held.
func IsKey(name string) bool {
	base := name
	for _, held := range []string{"ctrl+", "alt+", "shift+", "meta+", "hyper+", "super+"} {
		if rest, ok := strings.CutPrefix(base, held); ok && rest != "" {
			base = rest
		}
	}
	switch base {
	case "enter", "tab", "backspace", "esc", "space", "up", "down", "left", "right", "home", "end", "pgup", "pgdown",
		"insert", "delete", "begin", "find", "select":
		return true
	case " ":
		return false
	}
	if number, ok := strings.CutPrefix(base, "f"); ok {
		if _, err := strconv.Atoi(number); err == nil {
			return true
		}
	}
	return utf8.RuneCountInString(base) == 1
}

// KeyNames are how keys are written for people.
func KeyNames(b key.Binding, ascii bool) []string {
	var names []string
	signs := map[string]string{"up": "↑", "down": "↓", "left": "←", "right": "→"}
	for _, k := range b.Keys() {
		if sign, ok := signs[k]; ok && !ascii {
			k = sign
		}
		names = append(names, k)
	}
	if len(names) > 4 {
		names = []string{names[0] + "-" + names[len(names)-1]}
	}
	return names
}

// FirstKey is the key to name in a hint; empty where there is none.
func FirstKey(b key.Binding, ascii bool) string {
	return strings.Join(KeyNames(b, ascii)[:min(1, len(b.Keys()))], "")
}
