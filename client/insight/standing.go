package insight

import (
	"math"
	"time"

	"rollcall/client/account"
)

// Standing is where a profile stands in the list of those that a person looks
// after, and why there.
type Standing struct {
	Urgency Urgency
	Due     Due
	// Since is when what the urgency is about began; zero where not known.
	Since time.Time
	// Ends is when the token ends; zero for never and not known.
	Ends time.Time
	// State is what lists and counts show: the verdict while the service cannot be
	// asked, else the state. Stale is set where it is such a verdict.
	State account.State
	Stale bool
	// Unasked is set where the urgency only says that the service could not be
	// asked, so that whatever keeps it from being asked tells enough.
	Unasked bool
	// Turns is when time alone changes the urgency, or what is due, next; zero for never.
	Turns time.Time
}

// StandingOf is how a profile stands at a moment. warning is how long before its
// end a token is to be renewed.
func StandingOf(s *account.Snapshot, now time.Time, warning time.Duration) Standing {
	ends := Ends(s)
	st := Standing{Urgency: urgencyOf(s, ends, now, warning), Since: sinceOf(s), Ends: ends, State: s.Health.State}
	st.Due = dueOf(s, &st, now, warning)
	if st.State.Inconclusive() {
		st.Unasked = st.Urgency == UrgencyWaiting || st.Urgency == UrgencyNow && st.Due.Kind == DueSince && !refused(s)
		if s.Verdict.State != "" {
			st.State, st.Stale = s.Verdict.State, true
		}
	}
	st.Turns = turnOf(s, ends, now, warning)
	return st
}

// turnOf is the next of the moments at which the urgency, or what is due, depends on
// the time.
func turnOf(s *account.Snapshot, ends, now time.Time, warning time.Duration) time.Time {
	var next time.Time
	consider := func(of time.Time, by time.Duration) {
		if at := of.Add(by); !of.IsZero() && at.After(now) && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	consider(s.Snooze.Until, 0)
	if !ends.IsZero() {
		consider(ends, -min(lastDay, max(0, warning)))
		consider(ends, -warning)
		consider(ends, 0)
	}
	if s.Health.State.Inconclusive() {
		consider(s.UnaskedSince, longUnasked)
	}
	if s.NextAt.IsZero() {
		consider(s.Health.RetryAt, 0)
	}
	return next
}

func dueOf(s *account.Snapshot, st *Standing, now time.Time, warning time.Duration) Due {
	ends := st.Ends
	switch st.Urgency {
	case UrgencySnoozed:
		return Due{DueSnooze, s.Snooze.Until}
	case UrgencyNow:
		// A far end says nothing of a token that is refused already.
		if (ends.IsZero() || ends.Sub(now) > min(lastDay, max(0, warning))) && !st.Since.IsZero() {
			return Due{DueSince, st.Since}
		}
	case UrgencyWaiting:
		return nextTry(s, now)
	case UrgencyOff:
		return Due{}
	}
	switch {
	case !ends.IsZero():
		return Due{DueEnd, ends}
	case s.Expiry().Kind == account.ExpiryNever:
		return Due{Kind: DueNever}
	}
	return Due{}
}

// nextTry is when the service is asked next. Where nothing is planned, it is at
// least known until when it must not be.
func nextTry(s *account.Snapshot, now time.Time) Due {
	switch {
	case !s.NextAt.IsZero():
		return Due{DueNext, s.NextAt}
	case s.Health.RetryAt.After(now):
		return Due{DueNext, s.Health.RetryAt}
	}
	return Due{}
}

// sinceOf is when what the last check found began. Through an outage that is what
// the service said of a bad credential before; else the outage itself.
func sinceOf(s *account.Snapshot) time.Time {
	since := time.Time{}
	switch state := s.Health.State; {
	case state.Judges(), state.Inconclusive() && refused(s):
		since = s.Verdict.Since
	case state.Inconclusive():
		since = s.UnaskedSince
	}
	if since.IsZero() {
		return s.Since
	}
	return since
}

// Compare compares two standings: the more urgent one comes first; of one
// urgency, the one that ends sooner, then the one whose trouble has lasted longer.
func (s *Standing) Compare(o *Standing) int {
	p, q := s.place(), o.place()
	return p.Compare(&q, false)
}

// place is where the standing puts a profile. A moment that is not known comes last of
// one urgency.
func (s *Standing) place() Place {
	p := Place{numbers: [4]float64{float64(s.Urgency.rank()), math.Inf(1), 0, math.Inf(1)}}
	if at := s.end(); !at.IsZero() {
		p.numbers[1], p.numbers[2] = float64(at.Unix()), float64(at.Nanosecond())
	}
	if at := s.stoodSince(); !at.IsZero() {
		p.numbers[3] = float64(at.Unix())
	}
	return p
}

// stoodSince is since when the trouble has lasted, as exactly as people are told of
// it: what one round of checks found began at the same time. Where there is no
// trouble it is zero.
func (s *Standing) stoodSince() time.Time {
	switch s.Urgency {
	case UrgencyNow, UrgencySoon, UrgencyWaiting:
		return s.Since.Truncate(time.Minute)
	}
	return time.Time{}
}

// end is the end that the due tells; zero where it tells none.
func (s *Standing) end() time.Time {
	if s.Due.Kind == DueEnd || s.Due.Kind == DueSnooze {
		return s.Due.At
	}
	return time.Time{}
}
