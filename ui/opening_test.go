package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

// TestOpening shows how the profiles stood, those that need somebody first, at any size,
// and nothing that a terminal would take for a command.
func TestOpening(t *testing.T) {
	t.Parallel()
	v := NewOpening([]Standing{{"admin", account.Healthy}, {"evil\x1b[2J", account.Healthy}, {"work", account.InvalidToken}}, Options{NoColor: true})
	if content := v.View().Content; content != "" {
		t.Errorf("without a size it is %q", content)
	}
	v.Update(tea.WindowSizeMsg{Width: 70, Height: 6})
	lines := strings.Split(v.View().Content, "\n")
	for i, want := range []string{"rollcall  3 profiles  ✗ 1  ● 2", "✗ invalid token", "● healthy", "● healthy", "", "The configuration is being read"} {
		if i >= len(lines) || !strings.Contains(lines[i], want) {
			t.Fatalf("line %d of\n%s\nwants %q", i, strings.Join(lines, "\n"), want)
		}
	}
	if !strings.HasSuffix(strings.TrimSpace(lines[1]), "work") || strings.Contains(v.View().Content, "\x1b[2J") {
		t.Errorf("it is\n%q", lines)
	}
	for _, size := range [][2]int{{1, 2}, {40, 10}, {9, 3}, {200, 60}, {3, 1}, {0, 0}} {
		v.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		lines := v.lines()
		if len(lines) != size[1] && size[1] > 1 {
			t.Errorf("%v: %d lines", size, len(lines))
		}
		for _, l := range lines {
			if n := ansi.StringWidth(l); n != size[0] {
				t.Errorf("%v: a line of %d cells: %q", size, n, l)
			}
		}
	}
}

// TestOpeningActsOnNothing gives the dashboard what the terminal said before it was there,
// and no key: nobody has seen which profile that would be about.
func TestOpeningActsOnNothing(t *testing.T) {
	t.Parallel()
	b := newBench(Options{})
	v := NewOpening(nil, Options{})
	for _, msg := range []tea.Msg{
		tea.WindowSizeMsg{Width: 120, Height: 36}, keyPress("j"), keyPress("X"), keyPress("enter"), tea.PasteMsg{Content: "x"}, tea.MouseClickMsg{X: 3, Y: 9},
	} {
		next, cmd := v.Update(msg)
		if next != tea.Model(v) || cmd != nil {
			t.Fatalf("%v: %T, %v", msg, next, cmd)
		}
	}
	for _, msg := range []tea.Msg{keyPress("q"), tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}, tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl | tea.ModNumLock}} {
		if _, cmd := v.Update(msg); cmd == nil {
			t.Errorf("%v does not end it", msg)
		}
	}
	next, _ := v.Update(OpenedMsg{Model: b.Model})
	if next != tea.Model(b.Model) {
		t.Fatalf("it opens %T", next)
	}
	if row := b.selection.current(); row == nil || row.name != b.roster.rows[0].name || row.config.Disabled {
		t.Errorf("%+v is selected", row)
	}
	if b.terminal.width != 120 || !strings.Contains(b.View().Content, b.roster.rows[0].name) {
		t.Error("the dashboard is not drawn at the size of the terminal")
	}
}
