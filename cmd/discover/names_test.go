package discover_test

import (
	"slices"
	"testing"

	"rollcall/cmd/discover"
)

func TestTokenNames(t *testing.T) {
	got := discover.TokenNames([]string{
		"PATH=/usr/bin:/bin", "MY_TOKEN=abcdefgh1234", "KATAPULT_API_KEY=kt-0123456789", "CI_APIKEY=abcdefgh1234", "GH_PAT=abcdefgh1234",
		"SHORT_TOKEN=1", "EMPTY_TOKEN=", "QUOTED_TOKEN='abcdefgh1234'", "MASKED_TOKEN=abcd********", "HELD_TOKEN=Bearer abcdefgh1234",
		"TOKENIZER=abcdefgh1234", "KEYBOARD=abcdefgh1234", "XPAT=abcdefgh1234", "PAGE_TOKEN=https://example.org/t",
	})
	if want := []string{"KATAPULT_API_KEY", "CI_APIKEY", "GH_PAT", "MY_TOKEN"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
