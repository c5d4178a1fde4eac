package insight

import (
	"cmp"
	"slices"
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
}

// DueKind says what the moment of a [Due] is.
type DueKind string

// The kinds of due. The zero value stands for nothing to tell.
const (
	// DueEnd is the end of the token, which may have passed.
	DueEnd DueKind = "end"
	// DueNever stands for a token that never ends; it has no moment.
	DueNever DueKind = "never"
	// DueSince is when the trouble began.
	DueSince DueKind = "since"
	// DueNext is the next try.
	DueNext DueKind = "next"
	// DueSnooze is the end of the snooze.
	DueSnooze DueKind = "snooze"
)

// Due is the moment that matters most about a profile.
type Due struct {
	Kind DueKind
	At   time.Time
}

// StandingOf is how a profile stands at a moment. warning is how long before its
// end a token is to be renewed.
func StandingOf(s account.Snapshot, now time.Time, warning time.Duration) Standing {
	st := Standing{Urgency: UrgencyOf(s, now, warning), Since: sinceOf(s)}
	st.Due = dueOf(s, st, now, warning)
	return st
}

func dueOf(s account.Snapshot, st Standing, now time.Time, warning time.Duration) Due {
	ends := Ends(s)
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
func nextTry(s account.Snapshot, now time.Time) Due {
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
func sinceOf(s account.Snapshot) time.Time {
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
// urgency, the one that ends sooner, then the one that has stood longer.
func (s Standing) Compare(o Standing) int {
	all := Urgencies()
	return cmp.Or(
		cmp.Compare(slices.Index(all, s.Urgency), slices.Index(all, o.Urgency)),
		earlier(s.end(), o.end()),
		earlier(s.Since, o.Since),
	)
}

// end is the end that the due tells; zero where it tells none.
func (s Standing) end() time.Time {
	if s.Due.Kind == DueEnd || s.Due.Kind == DueSnooze {
		return s.Due.At
	}
	return time.Time{}
}

// earlier compares two moments; one that is not known comes last.
func earlier(a, b time.Time) int {
	if a.IsZero() != b.IsZero() {
		return -a.Compare(b)
	}
	return a.Compare(b)
}

// Order is the order in which profiles stand, as indexes of their standings.
// Those that compare as equal keep the order that they come in, which is that of
// the file.
func Order(all []Standing) []int {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return all[a].Compare(all[b]) })
	return order
}
