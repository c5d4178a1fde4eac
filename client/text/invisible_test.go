package text_test

import (
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"rollcall/client/text"
)

// TestPrintableMarksWhatNobodySees has two names that differ by it look otherwise, and
// leaves what has an effect.
func TestPrintableMarksWhatNobodySees(t *testing.T) {
	same := func(s string) [2]string { return [2]string{s, s} }
	for name, tt := range map[string][2]string{
		"zero width space":     {"Sam\u200bRoe", "Sam\ufffdRoe"},
		"soft hyphen":          {"Sam\u00adRoe", "Sam\ufffdRoe"},
		"word joiner":          {"Sam\u2060Roe", "Sam\ufffdRoe"},
		"byte order mark":      {"\ufeffSam", "\ufffdSam"},
		"Hangul fillers":       {"a\u115fb\u1160c\u3164d\uffa0", "a\ufffdb\ufffdc\ufffdd\ufffd"},
		"variation selectors":  {"a\ufe0fb\ufe00c\U000e0100葛\U000e0100\u180b", "a\ufffdb\ufffdc\ufffd葛\U000e0100\ufffd"},
		"text style":           {"a\ufe0e❤\ufe0e\ufe0e", "a\ufffd❤\ufe0e\ufffd"},
		"two styles":           {"❤\ufe0f\ufe0f", "❤\ufe0f\ufffd"},
		"grapheme joiner":      {"a\u034fb", "a\ufffdb"},
		"Khmer, music, blank":  {"a\u17b4b\U0001d173c\u2800", "a\ufffdb\ufffdc\ufffd"},
		"tags alone":           {"a\U000e0041\U000e007fb", "a\ufffd\ufffdb"},
		"unended flag":         {"🏴\U000e0067\U000e0062x", "🏴\ufffd\ufffdx"},
		"empty flag":           {"🏴\U000e007fx", "🏴\ufffdx"},
		"direction":            {"a\u200eb\u200f\u061c", "a\ufffdb\ufffd\ufffd"},
		"direction of Hebrew":  {"\u200fאב\u200f (1)\u200e \u061cSam", "אב (1) Sam"},
		"directions of Latin":  {"\u200eSam \u200f李", "\ufffdSam \ufffd李"},
		"Khmer, Thai":          {"ភាសា\u200bខ្មែរ ภาษา\u200bไทย ที่\u200bนี่", "ភាសាខ្មែរ ภาษาไทย ที่นี่"},
		"Lao, Myanmar":         {"ລາວ\u200bພາສາ မြန်မာ\u200bစာ", "ລາວພາສາ မြန်မာစာ"},
		"Thai beside Latin":    {"ไทย\u200ba ไทย\u200b", "ไทย\ufffda ไทย\ufffd"},
		"two in Thai":          {"ไทย\u200b\u200bไทย", "ไทย\ufffd\ufffdไทย"},
		"two forms":            {"邉\U000e0100\U000e0101 ᠮ\u180b\u180b", "邉\U000e0100\ufffd ᠮ\u180b\ufffd"},
		"no half form":         {"राम\u200d 李\u200d", "राम\ufffd 李\ufffd"},
		"form of Han":          same("渡邉\U000e0100"),
		"chillu":               same("മോഹന്\u200d മോഹന്\u200da"),
		"joined Arabic":        same("ه\u200d هـَ\u200d"),
		"half form":            same("क्\u200d"),
		"forms of Mongolian":   same("ᠮ\u180bᠣ ᠮ\u180d\u200d ᠮ\u180eᠠ ᠮ\u180f"),
		"Latin":                {"a\u200cb\u200dc", "a\ufffdb\ufffdc"},
		"Arabic beside Latin":  {"م\u200ca", "م\ufffda"},
		"Arabic at the end":    {"م\u200c", "م\ufffd"},
		"two between letters":  {"م\u200c\u200cم", "م\ufffd\ufffdم"},
		"joined to nothing":    {"👩\u200d", "👩\ufffd"},
		"joined to a letter":   {"👩\u200da", "👩\ufffda"},
		"joined style of text": {"👩\ufe0e\u200d👧", "👩\ufe0e\ufffd👧"},
		"digit":                {"1\ufe0f", "1\ufffd"},
		"Persian":              same("می\u200cخواهم"),
		"vowels between":       same("مَ\u200cن"),
		"Devanagari":           same("क्\u200dष क्\u200cष"),
		"Sinhala, Bengali":     same("ශ්\u200dරී র্\u200dয"),
		"Mongolian":            same("ᠮ\u200dᠣ"),
		"family":               same("👩\u200d👩\u200d👧"),
		"heart on fire":        same("❤\ufe0f\u200d🔥"),
		"skin":                 same("👩🏽\u200d🚀"),
		"sign and keycap":      same("©\ufe0f 1\ufe0f\u20e3"),
		"flag":                 same("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"),
		"number sign":          same("\u0600١٢"),
	} {
		if got := text.Printable(tt[0]); got != tt[1] {
			t.Errorf("%s: %+q became %+q, not %+q", name, tt[0], got, tt[1])
		}
		if got := text.Harmless(tt[0]); got != tt[0] {
			t.Errorf("%s: for programs %+q became %+q", name, tt[0], got)
		}
	}
	if w := ansi.StringWidth(text.Printable("Sam\u200bRoe")); w != 7 {
		t.Errorf("a name with a mark is %d cells wide", w)
	}
}

// TestMarkedLineOfCutAndStyledText has a text that was marked once stay as it is where
// styles part it, an ellipsis or a space follows, and what was never marked has its mark.
func TestMarkedLineOfCutAndStyledText(t *testing.T) {
	const on, off = "\x1b[1;38;5;3m", "\x1b[m"
	for in, want := range map[string]string{
		"می" + off + "\u200c" + on + "خواهم": "",
		"می\u200c…":                         "",
		"می\u200c" + off + "   │":           "",
		"می\u200c" + off + ">":              "",
		"क्\u200c":                          "",
		on + "❤" + off + "\ufe0f":           "",
		"邉" + off + "\U000e0100":            "",
		"👩" + off + "\u200d" + on + "👧":     "",
		"Sam" + off + "\u200c" + on + "Roe": "Sam" + off + "\ufffd" + on + "Roe",
		"Sam" + off + "\u200b" + on + "ไทย": "Sam" + off + "\ufffd" + on + "ไทย",
		"\x1bم\u200c\u200c":                 "\x1bم\u200c\ufffd",
	} {
		if want == "" {
			want = in
		}
		if got := text.MarkedLine(in); got != want {
			t.Errorf("%+q became %+q, not %+q", in, got, want)
		}
	}
}

// TestSeenAndBare compares texts as versions of the program kept them, and as people type
// them.
func TestSeenAndBare(t *testing.T) {
	for in, want := range map[string][2]string{
		"Sam Roe":                           {"Sam Roe", "Sam Roe"},
		"\u200fדוד\u200e":                   {"דוד", "דוד"},
		"\ufeffSam\u200bRoe":                {"SamRoe", "SamRoe"},
		"\ufffdדוד\ufffd":                   {"דוד", "\ufffdדוד\ufffd"},
		"می\u200cخواهم":                     {"می\u200cخواهم", "میخواهم"},
		"م\u200c\u200eم":                    {"م\u200cم", "مم"},
		"🏴\U000e0067\U000e007f 邉\U000e0100": {"🏴 邉\U000e0100", "🏴 邉"},
	} {
		if got := [2]string{text.Seen(in), text.Bare(in)}; got != want {
			t.Errorf("%+q: %+q, not %+q", in, got, want)
		}
	}
}

// TestInvisibleIsWhatUnicodeSays compares what is marked with the property of Unicode
// that lists what is not to be drawn, as its parts make it up.
func TestInvisibleIsWhatUnicodeSays(t *testing.T) {
	drawn := func(r rune) bool { return 0xfff9 <= r && r <= 0xfffb || 0x13430 <= r && r <= 0x13455 }
	for r := rune(0xa0); r <= unicode.MaxRune; r++ {
		ignorable := unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Cf) &&
			!unicode.In(r, unicode.White_Space, unicode.Prepended_Concatenation_Mark) && !drawn(r)
		if got := text.HasInvisible(string(r)); got != (ignorable || r == 0x2800) {
			t.Errorf("%U: %v, and Unicode says %v", r, got, ignorable)
		}
	}
}
