package text_test

import (
	"strings"
	"testing"

	"rollcall/client/text"
)

func TestBound(t *testing.T) {
	// Each of the marks is two bytes long, and ten may be on one character.
	marks := strings.Repeat("\u0301", 200000)
	tests := []struct{ name, text, want string }{
		{"plain", "Sam Roe", "Sam Roe"},
		{"marks", "Zoe\u0308 תִּ֖ל ལྷྀ 👨‍👩‍👧‍👦 🏴‍☠️", "Zoe\u0308 תִּ֖ל ལྷྀ 👨‍👩‍👧‍👦 🏴‍☠️"},
		{"as many marks as may be", "a" + marks[:2*10] + "b", "a" + marks[:2*10] + "b"},
		{"one too many", "a" + marks[:2*10+2] + "b", "a" + marks[:2*10] + "…b"},
		{"far too many, twice", marks + "b" + marks, marks[:2*10] + "…b" + marks[:2*10] + "…"},
		{"many that show nothing", "a" + strings.Repeat("\u200d", 5000), "a" + strings.Repeat("\u200d", 10) + "…"},
		{"long", strings.Repeat("宽", 600), strings.Repeat("宽", 500) + "…"},
		{"broken", "a\xff\xfeb", "a\xff\xfeb"},
	}
	for _, tt := range tests {
		if got := text.BoundName(tt.text); got != tt.want {
			t.Errorf("%s: %.80q…, want %.80q…", tt.name, got, tt.want)
		}
	}
}
