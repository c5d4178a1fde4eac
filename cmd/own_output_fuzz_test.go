package cmd

import (
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/cmd/child"
)

// FuzzShownOutput shows anything that a program prints, without its secret.
func FuzzShownOutput(f *testing.F) {
	f.Add("KEY=\x1b[01;31m\x1b[Kkt-demo-wo\x1b[m\x1b[Krk-1234\n", "kt-demo-work-1234", true)
	f.Add("50%\r100%\n\tx\x1b]0;title\x07y\n", "word", false)
	f.Fuzz(func(t *testing.T, printed, secret string, cut bool) {
		got := shownOutput(child.Printed{Text: printed, Cut: cut}, []string{secret}).Text
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\x1b\r\x00") {
			t.Errorf("%q is shown as %q", printed, got)
		}
		if len(secret) >= 4 && strings.Contains(got, secret) && !strings.Contains("[redacted]", secret) {
			t.Errorf("%q is in %q", secret, got)
		}
	})
}
