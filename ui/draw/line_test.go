package draw

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// typed is a key that writes a character.
func typed(r rune) tea.KeyPressMsg { return tea.KeyPressMsg{Code: r, Text: string(r)} }

func TestLine(t *testing.T) {
	var l Line
	for _, k := range []tea.KeyPressMsg{
		typed('a'), typed('b'), typed('c'), {Code: tea.KeyLeft}, {Code: tea.KeyLeft}, typed('X'), {Code: tea.KeyHome},
		typed('山'), {Code: tea.KeyEnd}, typed('é'), {Code: tea.KeyBackspace}, {Code: tea.KeyRight}, {Code: tea.KeyLeft},
		{Code: tea.KeyDelete},
	} {
		l.Press(k)
	}
	if l.Value() != "山aXb" || l.before() != "山aXb" {
		t.Errorf("%q, %q before the cursor", l.Value(), l.before())
	}
	l.Insert(" two  words ")
	l.Press(tea.KeyPressMsg{Code: 'w', Mod: tea.ModCtrl})
	if l.Value() != "山aXb two  " {
		t.Errorf("a word back leaves %q", l.Value())
	}
	l.Press(tea.KeyPressMsg{Code: tea.KeyHome})
	l.Press(tea.KeyPressMsg{Code: tea.KeyRight})
	l.Press(tea.KeyPressMsg{Code: 'k', Mod: tea.ModCtrl})
	if l.Value() != "山" {
		t.Errorf("to the end leaves %q", l.Value())
	}
	l.Insert(strings.Repeat("x", 200))
	if len(l.text) != maxLine {
		t.Errorf("%d characters", len(l.text))
	}
	l.Press(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
	if l.Value() != "" {
		t.Errorf("to the start leaves %q", l.Value())
	}
}
