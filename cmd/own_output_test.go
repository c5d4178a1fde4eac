package cmd

import (
	"slices"
	"strings"
	"testing"

	"rollcall/cmd/child"
)

// TestShownOutput finds secrets in what programs print, however they colour it and
// wherever it is cut.
func TestShownOutput(t *testing.T) {
	t.Parallel()
	const secret = "kt-demo-work-1234"
	for printed, want := range map[string]string{
		"a " + secret + " b\n":                                 "a [redacted] b",
		"KEY=\x1b[01;31m\x1b[Kkt-demo-wo\x1b[m\x1b[Krk-1234\n": "KEY=[redacted]",
		"kt-demo\x1b]8;;https://x\x07-work-1234":               "[redacted]",
		"50%\r100%\n\tx\x1b]0;title\x07y\n":                    "100%\n    xy",
	} {
		if got := shownOutput(child.Printed{Text: printed}, []string{"other-other", "kt-demo", secret}).Text; got != want {
			t.Errorf("%q: %q, want %q", printed, got, want)
		}
	}
	long := strings.Repeat("x", 4000)
	for _, end := range []string{secret, secret[1:], secret[8:], "6b742d64656d6f2d776f726b2d31323334"[3:], "\x1b[1m" + secret[5:]} {
		got := shownOutput(child.Printed{Text: end + long + secret + "z", Cut: true}, []string{secret})
		if strings.Contains(got.Text, "1234") || !strings.HasSuffix(got.Text, "xx[redacted]z") || !got.Cut {
			t.Errorf("%s: %.80q", end, got.Text)
		}
	}
	if got := shownOutput(child.Printed{Text: "\xa4\x1b[1mä half\nwhole\n", Cut: true}, nil).Text; got != "whole" {
		t.Errorf("%q", got)
	}
}

// TestWithheldValues are the secrets of all profiles, under whatever name.
func TestWithheldValues(t *testing.T) {
	t.Parallel()
	c := &console{environ: []string{"A=kt-of-a-profile", "B=kt-of-a-profile", "C=word", "D=", "PATH=/bin"}, bystanders: &bystanders{}}
	c.bystanders.learn([]string{"A", "C", "D"})
	if got := c.withheldValues(); !slices.Equal(got, []string{"kt-of-a-profile", "kt-of-a-profile", "word"}) {
		t.Errorf("%q", got)
	}
}
