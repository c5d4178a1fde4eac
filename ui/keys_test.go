package ui

import (
	"strings"
	"testing"

	"rollcall/ui/draw"
)

// A key that no terminal sends is told of, and the action keeps those it has.
func TestKeysThatThereAreNot(t *testing.T) {
	for _, name := range []string{"escape", "return", "pageup", "ctrl-r", "strg+r", "shift+ctrl+r", " ", ""} {
		k := DefaultKeyMap()
		problems := rebind(newCommands(&k).all, map[string][]string{"refresh": {name}})
		if len(problems) != 1 || !strings.Contains(problems[0], "no key is called") || draw.FirstKey(k.Refresh, true) != "r" {
			t.Errorf("%q: %q, refresh is on %q", name, problems, draw.KeyNames(k.Refresh, true))
		}
	}
}

func TestTheDefaultKeysAreKeys(t *testing.T) {
	m := DefaultKeyMap()
	for _, a := range newCommands(&m).all {
		for _, name := range a.keys.Keys() {
			if !draw.IsKey(name) {
				t.Errorf("%s is on %q, which is taken for none", a.name, name)
			}
		}
	}
}
