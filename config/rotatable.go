package config

import (
	"fmt"
	"slices"
	"strings"
)

// LeftOut is a profile that is not rotated with others, and why, behind its name:
// "is switched off".
type LeftOut struct{ Profile, Why string }

// Rotatable parts profiles into those whose secrets can be rotated, and those that are
// left out.
func (c *Config) Rotatable(names []string) (can []string, left []LeftOut) {
	for _, name := range names {
		p, ok := c.Profile(name)
		why, _ := DraftOf(p).CannotReplace()
		switch {
		case slices.Contains(can, name):
			continue
		case !ok:
			why = "is not in the configuration any more"
		case p.Disabled:
			why = "is switched off"
		case why != "":
			why = "has no secret"
		case len(p.Problems) > 0:
			why = "is misconfigured"
		default:
			can = append(can, name)
			continue
		}
		left = append(left, LeftOut{name, why})
	}
	return can, left
}

// NeverEnds is why a profile is left out whose token is good and has no end.
const NeverEnds = "never ends"

// mostLeftOut is how many names stand before one reason, before they are counted.
const mostLeftOut = 3

// LeftOutWords tell in a few words how many profiles were left out, and why: "2 left
// out: lab is switched off; ci has no secret". They are empty where none was. shown
// gives names as they can be shown.
func LeftOutWords(left []LeftOut, shown func(string) string) string {
	if len(left) == 0 {
		return ""
	}
	var whys []string
	names := map[string][]string{}
	for _, l := range left {
		if names[l.Why] == nil {
			whys = append(whys, l.Why)
		}
		names[l.Why] = append(names[l.Why], shown(l.Profile))
	}
	for i, why := range whys {
		who := names[why]
		if len(who) > 1 {
			why = ofSeveral(why)
		}
		if more := len(who) - mostLeftOut; more > 0 {
			who = append(who[:mostLeftOut:mostLeftOut], fmt.Sprintf("%d more", more))
		}
		whys[i] = strings.Join(who, ", ") + " " + why
	}
	return fmt.Sprintf("%d left out: %s", len(left), strings.Join(whys, "; "))
}

// ofSeveral is a reason behind several names.
func ofSeveral(why string) string {
	for one, several := range map[string]string{"is ": "are ", "has ": "have ", NeverEnds: "never end"} {
		if rest, ok := strings.CutPrefix(why, one); ok {
			return several + rest
		}
	}
	return why
}
