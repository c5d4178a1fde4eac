package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

// TestFilterCompletes writes filters with tab.
func TestFilterCompletes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		// keys are pressed after the key of the filter.
		keys string
		// line is then written, offered what is offered behind it.
		line, offered string
	}{
		{"", "", ""},
		{"t", "t", "ag:"},
		{"t tab", "tag:", "eu  prod  staging  test"},
		{"o k space", "ok ", ""},
		{"o k space !", "ok !", ""},
		{"e n d", "end", "s<"},
		{"e n d tab", "ends<", ""},
		{"u r g tab s", "urgency:s", "oon  snoozed"},
		{"u r g tab s tab", "urgency:soon", ""},
		{"z z", "zz", ""},
		{"n a m e : o r k", "name:ork", " → work"},
		{"s e r v i c e : k a t", "service:kat", "apult"},
		{"u s e r : L i n", "user:Lin", " → \"Rada Lingens\"  rlingens"},
		{"u s e r : L i n tab", `user:"Rada Lingens"`, ""},
		// It is offered at the end alone.
		{"t left", "t", ""},
		{"t left right", "t", "ag:"},
	} {
		b := newBench(Options{Config: sampleProfiles()})
		b.send(tea.WindowSizeMsg{Width: 120, Height: 36}, account.Event{Snapshots: sampleSnapshots()})
		b.press("/")
		for key := range strings.FieldsSeq(tt.keys) {
			if key == "space" {
				key = " "
			}
			b.press(key)
		}
		f := &b.selection.filter
		if got := f.line.Value(); got != tt.line || !f.editing {
			t.Errorf("%q: %q is written (%v), want %q", tt.keys, got, f.editing, tt.line)
		}
		if got := ansi.Strip(f.offered(b.styles, 60)); got != tt.offered {
			t.Errorf("%q: offers %q, want %q", tt.keys, got, tt.offered)
		}
	}
}

// TestTabLeavesTheFilter shows that tab does as before where nothing is to complete.
func TestTabLeavesTheFilter(t *testing.T) {
	t.Parallel()
	b := newBench(Options{Config: sampleProfiles()})
	b.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	b.press("/", "z", "q")
	b.lacks(t, "tab complete it")
	b.press("tab")
	if f := &b.selection.filter; f.editing || f.line.Value() != "zq" {
		t.Errorf("%q is written, %v", f.line.Value(), f.editing)
	}
	b.press("esc", "/", "t", "a")
	b.wants(t, "/ tag:", "tab complete it")
	b.press("enter")
	b.lacks(t, "/ tag:", "tab complete it")
	if f := &b.selection.filter; f.line.Value() != "ta" {
		t.Errorf("what was offered is taken: %q", f.line.Value())
	}
}
