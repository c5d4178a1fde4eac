package draw

import (
	"slices"
	"strings"
	"testing"

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
