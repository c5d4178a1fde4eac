package theme

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
	for name, g := range map[string]*Glyphs{"ascii": newGlyphs(true), "console": consoleGlyphs(), "unicode": newGlyphs(false)} {
		for _, cell := range append(slices.Concat(g.Levels, g.Parts, g.Spinner), g.OK, g.Warn, g.Fail, g.None, g.Marker,
			g.TopLeft, g.TopRight, g.BottomLeft, g.BottomRight, g.Horizontal, g.Vertical, g.Thumb, g.Full, g.Empty, g.Dot, g.Tick) {
			if ansi.StringWidth(cell) != 1 {
				t.Errorf("%s: %q is not one cell wide", name, cell)
			}
		}
	}
}
