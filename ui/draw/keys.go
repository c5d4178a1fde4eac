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
	for _, k := range b.Keys() {
		names = append(names, keyName(k, ascii))
	}
	if len(names) > fewKeys {
		names = []string{names[0] + "-" + names[len(names)-1]}
	}
	return names
}

// fewKeys are as many as are written one by one.
const fewKeys = 4

// keyName is how a key is written for people.
func keyName(key string, ascii bool) string {
	if ascii {
		return key
	}
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	}
	return key
}

// FirstKey is the key to name in a hint; empty where there is none.
func FirstKey(b key.Binding, ascii bool) string {
	switch keys := b.Keys(); {
	case len(keys) == 0:
		return ""
	case len(keys) > fewKeys:
		return KeyNames(b, ascii)[0]
	default:
		return keyName(keys[0], ascii)
	}
}
