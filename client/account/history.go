package account

import "slices"

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
