package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// typed is a key that writes a character.
func typed(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: r, Text: string(r)} }

func TestLine(t *testing.T) {
	var l line
	for _, k := range []tea.KeyPressMsg{
		typed('a'), typed('b'), typed('c'), {Code: tea.KeyLeft}, {Code: tea.KeyLeft}, typed('X'), {Code: tea.KeyHome},
		typed('山'), {Code: tea.KeyEnd}, typed('é'), {Code: tea.KeyBackspace}, {Code: tea.KeyRight}, {Code: tea.KeyLeft},
		{Code: tea.KeyDelete},
	} {
		l.press(k)
	}
	if l.value() != "山aXb" || l.before() != "山aXb" {
		t.Errorf("%q, %q before the cursor", l.value(), l.before())
	}
	l.insert(" two  words ")
	l.press(tea.KeyPressMsg{Code: 'w', Mod: tea.ModCtrl})
	if l.value() != "山aXb two  " {
		t.Errorf("a word back leaves %q", l.value())
	}
	l.press(tea.KeyPressMsg{Code: tea.KeyHome})
	l.press(tea.KeyPressMsg{Code: tea.KeyRight})
	l.press(tea.KeyPressMsg{Code: 'k', Mod: tea.ModCtrl})
	if l.value() != "山" {
		t.Errorf("to the end leaves %q", l.value())
	}
	l.insert(strings.Repeat("x", 200))
	if len(l.text) != maxLine {
		t.Errorf("%d characters", len(l.text))
	}
	l.press(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	if l.value() != "" {
		t.Errorf("to the start leaves %q", l.value())
	}
}
