package credential

import (
	"strings"
	"testing"
	"unicode"
)

// FuzzExcerpt reads anything that a program says about its failure, and anything that it
// printed: it is told on one line that fits a sentence, without what was printed.
func FuzzExcerpt(f *testing.F) {
	f.Add("Error: no such entry\n", "")
	f.Add("\x1b[1;31mbad\x1b[0m pw: s3cret", "s3cret\n")
	f.Add("get https://me:pw@example.org\xff\u202e", "token: x1\r\n")
	f.Fuzz(func(t *testing.T, said, printed string) {
		got := excerpt([]byte(said), []byte(printed))
		if strings.ContainsFunc(got, unicode.IsControl) || len([]rune(got)) > maxExcerpt+3 {
			t.Errorf("%q is told as %q", said, got)
		}
		Examine(printed, false)
		Examine(printed, true)
	})
}
