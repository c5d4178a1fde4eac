package draw

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestSingle has each character that is taken for single take one cell, by itself and
// between others.
func TestSingle(t *testing.T) {
	t.Parallel()
	for r := rune(0x80); r <= 0x2fff; r++ {
		if !single(r) {
			continue
		}
		for s, want := range map[string]int{string(r): 1, "a" + string(r) + "b": 3, string(r) + string(r): 2} {
			if is := ansi.StringWidth(s); is != want || Width(s) != is || steady(s) != s {
				t.Errorf("%U: %q takes %d cells, not %d", r, s, is, Width(s))
			}
		}
	}
}

// TestWidth measures any mixture of texts as the terminal does.
func TestWidth(t *testing.T) {
	t.Parallel()
	parts := []string{
		"a", "name", " ", "é", "·", "…", "│", "●", "⠋", "≠", "日本", "e\u0301", "\u200d", "\ufe0f", "1\u20e3", "👩‍🔬", "\u00ad", "\ufffd", "\xff",
		"\t", "\x1b[1;38;5;12m", "\x1b[m", "\x1b[38:2::1:2:3m", "\x1b[2K", "\x1b]8;;x\x1b\\", "\x1b", "[", "\x1b[",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(7) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		s := b.String()
		if is, want := Width(s), ansi.StringWidth(s); is != want {
			t.Errorf("%q takes %d cells, not %d", s, is, want)
		}
		w := random.IntN(9)
		if is, want := Cut(s, w, "…"), cutSlowly(s, w); is != want {
			t.Errorf("%q cut to %d is %q, not %q", s, w, is, want)
		}
	}
}

// cutSlowly is Cut by what the terminal's library has.
func cutSlowly(s string, w int) string {
	if w <= 0 {
		return ""
	}
	if s = steady(s); ansi.StringWidth(s) <= w {
		return s
	}
	return ansi.Truncate(s, w, "…")
}
