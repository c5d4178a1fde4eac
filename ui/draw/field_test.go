package draw

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"rollcall/ui/theme"
)

func TestAForgottenFieldLeavesNothing(t *testing.T) {
	fd := Field{Line: LineOf("kt-new-secret"), Hidden: true}
	written := fd.Line.text
	fd.Forget()
	if fd.Value() != "" || slices.ContainsFunc(written, func(r rune) bool { return r != 0 }) {
		t.Errorf("%q is left of it", string(written))
	}
}

func TestAHiddenFieldShowsNothing(t *testing.T) {
	fd := Field{Line: LineOf("kt-new"), Hidden: true}
	shown := ansi.Strip(strings.Join(fd.Lines(theme.NewStyles(theme.Look{}), 40, true, Notes{Label: "secret"}), ""))
	if strings.Contains(shown, "kt") || !strings.Contains(shown, "******") {
		t.Errorf("it shows %q", shown)
	}
	if at := fd.Cursor(40, ""); at != len("  ")+LabelWidth+len("******") {
		t.Errorf("the cursor is in cell %d", at)
	}
}

// TestTurning goes past what cannot be chosen, and says why it cannot.
func TestTurning(t *testing.T) {
	fd := Field{Label: "secret in", Choices: []Choice{
		{Value: "keyring", Word: "keyring", Not: "no keyring service runs"}, {Value: "env", Word: "variable"}, {Value: "file", Word: "file"},
	}}
	var got []string
	for range 3 {
		fd.Turn(1)
		got = append(got, fd.Value())
	}
	fd.Turn(-1)
	if got = append(got, fd.Value()); strings.Join(got, " ") != "env file env file" {
		t.Errorf("it goes %q", got)
	}
	s := theme.NewStyles(theme.Look{NoColor: true})
	if lines := fd.Lines(s, 60, true, Notes{}); !strings.Contains(strings.Join(lines, "\n"), "keyring: no keyring service runs") {
		t.Errorf("it does not say why: %q", lines)
	}
	// Where nothing can be chosen it stays, and ends.
	fd = Field{Choices: []Choice{{Value: "a", Not: "x"}, {Value: "b", Not: "x"}}}
	fd.Turn(1)
}

// TestOffers takes what is offered for what is written, one after the other.
func TestOffers(t *testing.T) {
	fd := Field{Line: LineOf(""), Offers: []string{"KATAPULT_API_KEY", "CI_TOKEN", "CI_KEY"}}
	right := tea.KeyPressMsg{Code: tea.KeyRight}
	for _, want := range []string{"KATAPULT_API_KEY", "CI_TOKEN", "CI_KEY", "KATAPULT_API_KEY"} {
		if fd.Press(right); fd.Value() != want {
			t.Errorf("it is %q, want %q", fd.Value(), want)
		}
	}
	fd.Line = LineOf("ci_")
	for _, want := range []string{"CI_TOKEN", "CI_KEY", "CI_TOKEN"} {
		if fd.Press(right); fd.Value() != want {
			t.Errorf("it is %q, want %q", fd.Value(), want)
		}
	}
	fd.Press(tea.KeyPressMsg{Code: tea.KeyLeft})
	if fd.Press(right); fd.Value() != "CI_TOKEN" {
		t.Errorf("within the line it is %q", fd.Value())
	}
	fd.Line = LineOf("none")
	if fd.Press(right); fd.Value() != "none" {
		t.Errorf("what is not offered becomes %q", fd.Value())
	}
}
