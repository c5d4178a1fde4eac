package draw

import (
	"slices"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestCutAndPad(t *testing.T) {
	for _, c := range []struct {
		in   string
		w    int
		want string
	}{
		{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"abc", 5, "abc  "}, {"日本語", 4, "日… "}, {"日本語", 5, "日本…"},
		{"e\u0301abc", 3, "e\u0301a…"}, {"x", 0, ""}, {"", 2, "  "}, {"👩‍🔬xy", 3, "👩…"},
	} {
		if got := Pad(c.in, c.w, "…"); got != c.want {
			t.Errorf("pad(%q, %d) is %q, not %q", c.in, c.w, got, c.want)
		}
	}
	for _, l := range Wrap("a few words and averyverylongword 日本語日本語", 9) {
		if ansi.StringWidth(l) > 9 {
			t.Errorf("wrap gives %q", l)
		}
	}
}

func TestSteady(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "👩\u200d🔬 x": "👩 x", "👨\u200d👩\u200d👧\u200d👦!": "👨!", "❤️": "❤", "👍🏽": "👍", "1️⃣": "1", "क्\u200dष": "क्\u200dष", "🇩🇪": "🇩🇪",
	} {
		if got := steady(in); got != want {
			t.Errorf("steady(%q) is %q, not %q", in, got, want)
		}
	}
}

func TestWrapAt(t *testing.T) {
	for _, c := range []struct {
		s    string
		w    int
		want []string
	}{
		{"https://api.katapult.io/core/v1", 40, []string{"https://api.katapult.io/core/v1"}},
		{"https://api.katapult.io/core/v1/users", 24, []string{"https://api.katapult.io", "/core/v1/users"}},
		{"https://api.katapult.io/core", 12, []string{"https://api.", "katapult.io", "/core"}},
		{"山田太郎", 5, []string{"山田", "太郎"}},
		{"山", 1, []string{""}},
		{"", 5, []string{""}},
	} {
		if got := WrapAt(c.s, "/", c.w); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d: %q, not %q", c.s, c.w, got, c.want)
		}
	}
}
