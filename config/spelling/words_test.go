package spelling

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	known := []string{"state", "tag", "healthy", "invalid_token", "invalid_token_of_old"}
	for word, want := range map[string]string{
		"stat": "state", "Sate": "state", "sttae": "state", "helthy": "healthy", "inv": "invalid_token", "INVALID": "invalid_token",
		"in": "", "t": "", "": "", "somewhere": "", "tga": "tag", strings.Repeat("x", 61): "",
	} {
		if got := Nearest(word, known); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
	if got := DidYouMean("stat", known) + DidYouMean("zebra", known); got != `; did you mean "state"?` {
		t.Errorf("the end of a message is %q", got)
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]string{
		"a b": `"a b"`, "a\x1b\n\"": `"a\x1b\n\""`, strings.Repeat("é", 61): `"` + strings.Repeat("é", 60) + `…"`,
	} {
		if got := Quote(s); got != want {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	}
}
