package account

import (
	"slices"
	"time"
)

// worked reports whether a check with this outcome found the credential to be
// working. telling is false where the check does not show that: the service
// refused it for too many requests.
func (s State) worked() (yes, telling bool) {
	return s.Accepted(), s != RateLimited
}

// Availability is the share, from 0 to 1, of the checks that found the
// credential working, and the number of checks that it is a share of.
// A credential without a user works; the credential of another user does not.
// Checks that were refused for too many requests do not count.
func Availability(history []Check) (share float64, checks int) {
	good := 0
	for _, c := range history {
		yes, telling := c.State.worked()
		if telling {
			checks++
		}
		if yes {
			good++
		}
	}
	if checks == 0 {
		return 0, 0
	}
	return float64(good) / float64(checks), checks
}

// ConsecutiveFailures is the number of latest checks in a row that did not find
// the credential working, counted as in [Availability].
func ConsecutiveFailures(history []Check) (checks int) {
	for _, c := range slices.Backward(history) {
		yes, telling := c.State.worked()
		if yes {
			break
		}
		if telling {
			checks++
		}
	}
	return checks
}

// Spell is a time through which the checks of a profile found the same state.
type Spell struct {
	From, To time.Time
	State    State
	// Checks is how many there were.
	Checks int
}

// spellBreak is for how long a check tells of the time after it where none
// followed: who checks once a day leaves no gaps.
const spellBreak = 36 * time.Hour

// Spells are the spells of checks that are in the order of their times, until now.
// There are gaps between them where nobody asked.
func Spells(checks []Check, now time.Time) []Spell { return SpellsWith(nil, checks, now) }

// SpellsWith are earlier spells together with those of later checks, which may begin
// within them. The earlier ones are not changed.
func SpellsWith(earlier []Spell, checks []Check, now time.Time) []Spell {
	if len(checks) == 0 {
		return earlier
	}
	first := checks[0].At
	n, _ := slices.BinarySearchFunc(earlier, first, func(s Spell, t time.Time) int { return s.From.Compare(t) })
	all := slices.Clone(earlier[:n])
	if n > 0 && first.Sub(all[n-1].To) < spellBreak {
		all[n-1].To = first
	}
	for i, c := range checks {
		to := c.At.Add(spellBreak)
		if i+1 < len(checks) && checks[i+1].At.Before(to) {
			to = checks[i+1].At
		} else if i+1 == len(checks) && now.Before(to) {
			to = now
		}
		if n := len(all); n > 0 && all[n-1].State == c.State && !all[n-1].To.Before(c.At) {
			all[n-1].To = to
			all[n-1].Checks++
			continue
		}
		all = append(all, Spell{c.At, to, c.State, 1})
	}
	return all
}
