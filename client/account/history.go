package account

import "slices"

// worked reports whether a check with this outcome found the credential to
// work, and whether it says anything about that: one that the service refused
// for too many requests does not.
func (s State) worked() (yes, telling bool) {
	return s.Accepted(), s != RateLimited
}

// Availability is the share, from 0 to 1, of the kept checks that found the
// service there and the credential working, and of how many checks that is. A
// credential that belongs to no user works, one that belongs to another user
// does not. Checks that were refused for too many requests do not count.
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

// ConsecutiveFailures is how many of the latest checks in a row found the service not
// there or the credential not working, in the sense of [Snapshot.Availability].
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
