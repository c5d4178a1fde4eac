package cmd

import (
	"strings"
	"testing"
)

// TestTablesMarkWhatNobodySees has two names that differ by it alone look otherwise, and
// the columns stay in line; what is written for programs is not altered.
func TestTablesMarkWhatNobodySees(t *testing.T) {
	t.Parallel()
	for ascii, want := range map[bool]string{false: "wo\ufffdrk  b\nwork   b\n", true: "wo?rk  b\nwork   b\n"} {
		var b strings.Builder
		if err := writeRows(&b, screen{ascii: ascii}, [][]cell{{{text: "wo\u200brk"}, {text: "b"}}, {{text: "work"}, {text: "b"}}}); err != nil || b.String() != want {
			t.Errorf("it printed %+q, %v; not %+q", b.String(), err, want)
		}
	}
	var b strings.Builder
	if err := writeJSON(&b, map[string]string{"name": "wo\u200brk\u3164"}); err != nil || !strings.Contains(b.String(), `"wo\u200brk`+"\u3164"+`"`) {
		t.Errorf("it printed %+q, %v", b.String(), err)
	}
}
