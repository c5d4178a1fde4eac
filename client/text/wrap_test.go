package text_test

import (
	"strings"
	"testing"

	"rollcall/client/text"
)

// A date stays whole at every width that has the room for it.
func TestWrapKeepsDates(t *testing.T) {
	const said = "The token ends in 9d, on 2026-12-08, or (2027-01-31) re-read."
	for w := 13; w < 70; w++ {
		lines := strings.Split(text.Wrap(said, w), "\n")
		for _, day := range []string{"2026-12-08", "2027-01-31"} {
			if !strings.Contains(strings.Join(lines, "\n"), day) {
				t.Errorf("%d cells: %q", w, lines)
			}
		}
		for _, l := range lines {
			if len(l) > w {
				t.Errorf("%d cells: %q", w, l)
			}
		}
	}
	if got := text.Wrap("well-known", 6); got != "well-\nknown" {
		t.Errorf("a word breaks as %q", got)
	}
}
