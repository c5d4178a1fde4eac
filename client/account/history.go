package account

import "slices"

// worked reports whether a check with this outcome found the credential to be
// working. telling is false where the check does not show that: the service
// refused it for too many requests.
func (s State) worked() (yes, telling bool) {
	return s.Accepted(), s != RateLimited
}

// Availability is the share, from 0 to 1, of the checks in the history that
// found the credential working, and the number of checks that it is a share of.
// A credential without a user works; the credential of another user does not.
// Checks that were refused for too many requests do not count.
func (s Snapshot) Availability() (share float64, checks int) {
	good := 0
	for _, c := range s.History {
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
// the credential working, counted as in [Snapshot.Availability].
func (s Snapshot) ConsecutiveFailures() (checks int) {
	for _, c := range slices.Backward(s.History) {
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
