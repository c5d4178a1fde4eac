package text

import (
	"strings"
	"testing"
)

func TestBound(t *testing.T) {
	marks := strings.Repeat("\u0301", 200000)
	tests := []struct{ name, text, want string }{
		{"plain", "Sam Roe", "Sam Roe"},
		{"marks", "Zoe\u0308 תִּ֖ל ལྷྀ 👨‍👩‍👧‍👦 🏴‍☠️", "Zoe\u0308 תִּ֖ל ལྷྀ 👨‍👩‍👧‍👦 🏴‍☠️"},
		{"as many marks as may be", "a" + marks[:2*maxMarks] + "b", "a" + marks[:2*maxMarks] + "b"},
		{"one too many", "a" + marks[:2*maxMarks+2] + "b", "a" + marks[:2*maxMarks] + "…b"},
		{"far too many, twice", marks + "b" + marks, marks[:2*maxMarks] + "…b" + marks[:2*maxMarks] + "…"},
		{"many that show nothing", "a" + strings.Repeat("\u200d", 5000), "a" + strings.Repeat("\u200d", maxMarks) + "…"},
		{"long", strings.Repeat("宽", 600), strings.Repeat("宽", maxName) + "…"},
		{"broken", "a\xff\xfeb", "a\xff\xfeb"},
	}
	for _, tt := range tests {
		if got := BoundName(tt.text); got != tt.want {
			t.Errorf("%s: %.80q…, want %.80q…", tt.name, got, tt.want)
		}
	}
}
