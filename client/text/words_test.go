package text_test

import (
	"strings"
	"testing"

	"rollcall/client/text"
)

func TestAnyOf(t *testing.T) {
	for _, test := range []struct {
		want  string
		items []string
	}{
		{"", nil},
		{"a", []string{"a", " "}},
		{"a or b", []string{"a", "b"}},
		{"a, b or c", []string{"a", "b", "c"}},
		{"1, 2, 3, 4, 5, 6 or 2 more", strings.Split("12345678", "")},
	} {
		if got := text.AnyOf(test.items); got != test.want {
			t.Errorf("%v: %q, want %q", test.items, got, test.want)
		}
	}
}

func TestSentence(t *testing.T) {
	for in, want := range map[string]string{
		"":                          "",
		"the variable X is not set": "The variable X is not set.",
		"X is not set":              "X is not set.",
		"it took 5 s":               "It took 5 s.",
		"it ended (exit status 1)":  "It ended (exit status 1).",
		"it said: no.":              "It said: no.",
		"é":                         "É.",
	} {
		if got := text.Sentence(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestClosed(t *testing.T) {
	for in, want := range map[string]string{
		"":                  "",
		`unknown key "x"`:   `unknown key "x".`,
		`did you mean "x"?`: `did you mean "x"?`,
		"it said: no.":      "it said: no.",
	} {
		if got := text.Closed(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
