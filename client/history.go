package client

import (
	"slices"
	"time"
)

// appendCheck is the history with one more check, in a slice of its own. Only
// the latest checks keep what went over the wire.
func appendCheck(history []Check, c Check) []Check {
	kept := history[max(0, len(history)-HistorySize+1):]
	all := make([]Check, 0, len(kept)+1)
	all = append(append(all, kept...), c)
	for i := range max(0, len(all)-keptExchanges) {
		all[i].Exchange = nil
	}
	return all
}

// newCheck is what a check found, as one of the history.
func (o outcome) newCheck(h Health) Check {
	return Check{
		At: h.CheckedAt, State: h.State, HTTPStatus: h.HTTPStatus, Latency: h.Latency, Code: h.Code,
		Phases: o.phases, Remaining: o.snapshot.RateLimit.Remaining, Exchange: o.exchange,
	}
}

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

// Failing is how many of the latest checks in a row found the service not
// there or the credential not working, in the sense of [Snapshot.Availability].
func (s Snapshot) Failing() (checks int) {
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

// sinceIn is since when there is a state, where the history of the time after
// since has other states, too.
func sinceIn(since time.Time, state State, history []Check) time.Time {
	for i, c := range slices.Backward(history) {
		if c.State == state {
			continue
		}
		if c.At.After(since) && i+1 < len(history) {
			return history[i+1].At
		}
		break
	}
	return since
}
