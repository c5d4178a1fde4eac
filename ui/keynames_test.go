package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// A key that no terminal sends is told of, and the action keeps those it has.
func TestKeysThatThereAreNot(t *testing.T) {
	for _, name := range []string{"escape", "return", "pageup", "ctrl-r", "strg+r", "shift+ctrl+r", " ", ""} {
		k := DefaultKeyMap()
		problems := rebind(newCommands(&k).all, map[string][]string{"refresh": {name}})
		if len(problems) != 1 || !strings.Contains(problems[0], "no key is called") || firstKey(k.Refresh, true) != "r" {
			t.Errorf("%q: %q, refresh is on %q", name, problems, keyNames(k.Refresh, true))
		}
	}
}

// Whatever the terminal library calls a key is a key.
func TestKeysThatThereAre(t *testing.T) {
	codes := []rune{
		tea.KeyEnter, tea.KeyTab, tea.KeyBackspace, tea.KeyEscape, tea.KeySpace, tea.KeyUp, tea.KeyDown, tea.KeyLeft,
		tea.KeyRight, tea.KeyHome, tea.KeyEnd, tea.KeyPgUp, tea.KeyPgDown, tea.KeyInsert, tea.KeyDelete, tea.KeyBegin,
		tea.KeyFind, tea.KeySelect, tea.KeyF1, tea.KeyF12, tea.KeyF20, 'a', '+', '/', 'é', '山',
	}
	for _, code := range codes {
		for _, mod := range []tea.KeyMod{0, tea.ModCtrl, tea.ModAlt, tea.ModShift, tea.ModCtrl | tea.ModAlt | tea.ModShift} {
			if name := (tea.Key{Code: code, Mod: mod}).Keystroke(); !isKey(name) {
				t.Errorf("%q is taken for none", name)
			}
		}
	}
	m := DefaultKeyMap()
	for _, a := range newCommands(&m).all {
		for _, name := range a.keys.Keys() {
			if !isKey(name) {
				t.Errorf("%s is on %q, which is taken for none", a.name, name)
			}
		}
	}
}
