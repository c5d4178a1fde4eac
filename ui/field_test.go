package ui

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestAForgottenFieldLeavesNothing(t *testing.T) {
	fd := field{line: lineOf("kt-new-secret"), hidden: true}
	written := fd.line.text
	fd.forget()
	if fd.value() != "" || slices.ContainsFunc(written, func(r rune) bool { return r != 0 }) {
		t.Errorf("%q is left of it", string(written))
	}
}

func TestAHiddenFieldShowsNothing(t *testing.T) {
	fd := field{line: lineOf("kt-new"), hidden: true}
	shown := ansi.Strip(strings.Join(fd.lines(NewStyles(Look{}), 40, true, fieldNotes{label: "secret"}), ""))
	if strings.Contains(shown, "kt") || !strings.Contains(shown, "******") {
		t.Errorf("it shows %q", shown)
	}
	if at := fd.cursor(40, ""); at != len("  ")+labelWidth+len("******") {
		t.Errorf("the cursor is in cell %d", at)
	}
}
