package config

import (
	"slices"
	"strings"
	"testing"
)

// TestRotatable leaves out what cannot be rotated with others, each with its reason.
func TestRotatable(t *testing.T) {
	t.Parallel()
	c := parsed(t, `[profiles.a]
provider = "katapult"
token = { env = "A" }

[profiles.off]
provider = "katapult"
token = { env = "A" }
disabled = true

[profiles.off2]
provider = "katapult"
token = { env = "A" }
disabled = true

[profiles.wrong]
provider = "nowhere"
token = { env = "A" }

[profiles.bare]
provider = "katapult"

[profiles.plain]
provider = "katapult"
token = "kt-x"
`)
	can, left := c.Rotatable([]string{"plain", "off", "a", "gone", "off2", "wrong", "bare", "a"})
	if !slices.Equal(can, []string{"plain", "a"}) {
		t.Errorf("%v", can)
	}
	want := "5 left out: OFF, OFF2 are switched off; GONE is not in the configuration any more; WRONG is misconfigured; BARE has no secret"
	if got := LeftOutWords(left, strings.ToUpper); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	var many []LeftOut
	for _, name := range strings.Fields("a b c d e") {
		many = append(many, LeftOut{name, NeverEnds})
	}
	if got := LeftOutWords(many, strings.Clone); got != "5 left out: a, b, c, 2 more never end" {
		t.Error(got)
	}
	if got := LeftOutWords(nil, nil); got != "" {
		t.Error(got)
	}
}
