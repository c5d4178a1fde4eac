package ui

import (
	"slices"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/account"
)

func TestMark(t *testing.T) {
	seen := make(map[string]bool)
	for _, ascii := range []bool{false, true} {
		for _, s := range []account.Severity{account.SeverityOK, account.SeverityWarn, account.SeverityFail, account.SeverityNone} {
			m := Mark(s, ascii)
			if seen[m] || ansi.StringWidth(m) != 1 {
				t.Errorf("%s is marked %q", s, m)
			}
			seen[m] = true
		}
	}
}

func TestGlyphsAreOneCellWide(t *testing.T) {
	for name, g := range map[string]*glyphs{"ascii": newGlyphs(true), "console": consoleGlyphs(), "unicode": newGlyphs(false)} {
		for _, cell := range append(slices.Concat(g.levels, g.parts, g.spinner), g.ok, g.warn, g.fail, g.none, g.marker,
			g.topLeft, g.topRight, g.bottomLeft, g.bottomRight, g.horizontal, g.vertical, g.thumb, g.full, g.empty, g.dot, g.bar, g.tick) {
			if ansi.StringWidth(cell) != 1 {
				t.Errorf("%s: %q is not one cell wide", name, cell)
			}
		}
	}
}
