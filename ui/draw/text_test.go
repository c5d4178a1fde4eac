package draw

import (
	"slices"
	"strings"
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
		"❤\ufe0e": "❤", "👩\x1b[1m\u200d\x1b[m🔬 x": "👩\x1b[1m\x1b[m x", "渡邉\U000e0100": "渡邉\U000e0100", "Sam\u200bRoe": "Sam\ufffdRoe",
		"\ua98f\ua9c0\u200d\ua9a0": "\ua98f\ua9c0\u200d\ua9a0", "\U0001e922\u200d x": "\U0001e922\u200d x",
	} {
		if got := steady(in); got != want {
			t.Errorf("steady(%q) is %q, not %q", in, got, want)
		}
	}
}

// TestSteadyStays draws a name with joiners in every way that lines are drawn, again and
// again: no mark comes to it, and a cut line is as wide as it has to be.
func TestSteadyStays(t *testing.T) {
	const name, on, off = "می\u200cخواهم", "\x1b[1m", "\x1b[m"
	for w := 1; w < 12; w++ {
		once := Pad(name, w, "…")
		styled := strings.Replace(on+once+off, "می", "می"+off+on, 1)
		for _, line := range []string{once, styled, Pad(styled, w, ">"), styled + "│", Cut(name, w, ""), Cut(name, w, "") + " x"} {
			is := ansi.StringWidth(line)
			for _, again := range []string{Pad(line, is, "…"), Cut(Pad(line, is+1, ""), is, ""), strings.Join(WrapAt(line, "/", is), "")} {
				if again != line || strings.Contains(line, "\ufffd") {
					t.Errorf("%d cells: %+q becomes %+q", w, line, again)
				}
			}
		}
		if is := ansi.StringWidth(once); is != w {
			t.Errorf("%d cells: %d in %+q", w, is, once)
		}
	}
}

// TestWrapLongWords breaks what is wider than a line before what parts it, and all else
// between words.
func TestWrapLongWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s    string
		w    int
		want []string
	}{
		{"https://identity.example.com", 26, []string{"https://identity.example", ".com"}},
		{"see https://identity.example.com now", 26, []string{"see", "https://identity.example", ".com now"}},
		{"added: r.lingens@lab.example.org", 24, []string{"added:", "r.lingens@lab.example", ".org"}},
		{"file /home/sam/.config/rollcall/token", 20, []string{"file", "/home/sam/.config", "/rollcall/token"}},
		{"a.b c/d e.f", 5, []string{"a.b", "c/d", "e.f"}},
		{"one.two three.four", 12, []string{"one.two", "three.four"}},
		{"0123456789abcdef", 6, []string{"012345", "6789ab", "cdef"}},
		{"one (file /tmp/rollcall-demo-3067707320/secrets/laptop).", 34, []string{"one (file", "/tmp/rollcall-demo-3067707320", "/secrets/laptop)."}},
		{"file /tmp/rollcall-demo-3067707320/secrets/laptop", 26, []string{"file /tmp/rollcall-demo", "-3067707320/secrets/laptop"}},
		{"r.lingens@lab.example.org", 21, []string{"r.lingens@lab.example", ".org"}},
	} {
		if got := Wrap(c.s, c.w); !slices.Equal(got, c.want) {
			t.Errorf("%q in %d: %q, not %q", c.s, c.w, got, c.want)
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

// TestWrapLosesNothing has every word come again, whatever the width.
func TestWrapLosesNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"Put it in place of the old one (file /tmp/rollcall-demo-3067707320/secrets/laptop), or in https://my.katapult.io/a-b-c?d-e.",
		"a-b.c-d/e-f.g-h --long-flag=https://x-y.example:8080/?q=1&r=2-3",
	} {
		for w := 1; w < 60; w++ {
			lines := Wrap(s, w)
			if got, want := strings.Join(lines, ""), strings.ReplaceAll(s, " ", ""); strings.ReplaceAll(got, " ", "") != want {
				t.Errorf("in %d: %q", w, lines)
			}
			for _, l := range lines {
				for _, word := range strings.Fields(l) {
					if !strings.Contains(s, word) || strings.Contains(l, " ") && !strings.Contains(s, l) {
						t.Errorf("in %d: %q is no part of the text", w, l)
					}
				}
			}
		}
	}
}
