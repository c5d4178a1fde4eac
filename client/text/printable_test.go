package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"rollcall/client/text"
)

func TestPrintable(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "Sam Roe", "Sam Roe"},
		{"wide and combining", "李小龍 e\u0301 مرحبا", "李小龍 e\u0301 مرحبا"},
		{"emoji family", "👩\u200d👩\u200d👧\ufe0f", "👩\u200d👩\u200d👧\ufe0f"},
		{"line breaks", "a\nb\r\nc\td\re", "a b c d e"},
		{"escape sequence", "\x1b[31mred\x1b]0;title\a", "\ufffd[31mred\ufffd]0;title\ufffd"},
		{"null and delete", "a\x00b\x7f", "a\ufffdb\ufffd"},
		{"C1", "a\u009b31m\u0085", "a\ufffd31m\ufffd"},
		{"broken UTF-8", "a\xffb\xc3", "a\ufffdb\ufffd"},
		{"raw C1 byte", "a\x9b31m", "a\ufffd31m"},
		{"bidirectional", "\u202eevil\u202c \u2066x\u2069", "\ufffdevil\ufffd \ufffdx\ufffd"},
		{"separators", "a\u2028b\u2029c", "a b c"},
		{"annotations", "a\ufff9b\ufffac\ufffb", "a\ufffdb\ufffdc\ufffd"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := text.Printable(tt.in); got != tt.want {
				t.Errorf("Printable(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestPrintableLeavesCleanTextAlone(t *testing.T) {
	clean := strings.Repeat("Zoë 李 ", 10)
	if n := testing.AllocsPerRun(100, func() { text.Printable(clean) }); n != 0 {
		t.Errorf("%v allocations for text that needs no change", n)
	}
}

func FuzzPrintable(f *testing.F) {
	f.Add("a\x1b[0m\u202e\r\n")
	f.Add("a\u200bb\u00ad م\u200cن 👩\u200d👧 ❤\ufe0f\ufe0e🏴\U000e0067\U000e007f א\u200f")
	f.Add("渡邉\U000e0100 മോഹന്\u200d ไทย\u200bไทย ᠮ\u180bᠣ\u180e م\u200c\u200eم")
	f.Fuzz(func(t *testing.T, s string) {
		got := text.Printable(s)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is not UTF-8", got)
		}
		for _, r := range got {
			// What is seen by its effect alone is not lost.
			if r < ' ' || text.Harmless(string(r)) != string(r) || text.HasInvisible(string(r)) && !effective(r) {
				t.Fatalf("%+q holds %U", got, r)
			}
		}
		if again := text.Printable(got); again != got {
			t.Fatalf("%+q becomes %+q", got, again)
		}
		if line := text.MarkedLine(got + " …"); line != got+" …" {
			t.Fatalf("%+q becomes %+q on a line", got, line)
		}
		if harmless := text.Harmless(s); text.Printable(harmless) != got || text.Harmless(harmless) != harmless {
			t.Fatalf("%+q is %+q for programs, and %+q for people", s, harmless, got)
		}
	})
}

// effective reports whether a character may stay though it is invisible.
func effective(r rune) bool {
	return r == '\u200c' || r == '\u200d' || r == '\ufe0e' || r == '\ufe0f' || 0x180b <= r && r <= 0x180f ||
		0xe0020 <= r && r <= 0xe007f || 0xe0100 <= r && r <= 0xe01ef
}
