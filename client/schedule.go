package client

import (
	"math/rand/v2"
	"time"

	"rollcall/client/account"
)

const (
	// detailsInterval is how old details get before an automatic check asks
	// for them again.
	detailsInterval = 15 * time.Minute
	// longestBackoff bounds the wait after repeated refusals for too many
	// requests, unless the service itself wants a longer one.
	longestBackoff = 15 * time.Minute
	// longestExtra bounds what chance adds to a time that a service named.
	longestExtra = 5 * time.Second
	// checkStep is how far the moments lie apart, by the clock, at which checks are due: those
	// of several origins then wake the program and its threads together, which takes as
	// much of the processors as the checks themselves. What comes together in so short a
	// time is no crowd. For a short interval it is a twentieth of that.
	checkStep = 250 * time.Millisecond
	// endGrace is how long after the end of a token the check follows.
	endGrace = time.Second
)

// nextCheck is when the next automatic check is due after one that ended now;
// zero for none. lean is what the pace of the origin adds to the interval. refusals
// counts how often in a row the service had too many requests. chance is from 0 to 1.
// What no service has named is at the step of the clock that is the nearest.
func nextCheck(now time.Time, interval, lean time.Duration, retryAt time.Time, refusals int, chance float64) time.Time {
	if interval <= 0 {
		return time.Time{}
	}
	next := now.Add(interval + lean).Round(min(checkStep, interval/20))
	if at := afterHold(now, retryAt, chance); at.After(next) {
		next = at
	}
	if at := afterRefusals(now, retryAt, refusals, chance); at.After(next) {
		next = at
	}
	return next
}

// afterHold is a moment soon after the time to wait has passed.
func afterHold(now, retryAt time.Time, chance float64) time.Time {
	wait := max(0, retryAt.Sub(now))
	extra := min(wait/10, longestExtra)
	return now.Add(wait + time.Duration(chance*float64(extra)))
}

// afterRefusals doubles the wait with each refusal that follows another: the
// time to wait was then too short.
func afterRefusals(now, retryAt time.Time, refusals int, chance float64) time.Time {
	if refusals < 2 {
		return time.Time{}
	}
	wait := retryAt.Sub(now)
	if wait <= 0 {
		wait = time.Minute
	}
	for range refusals - 1 {
		if wait >= longestBackoff {
			break
		}
		wait *= 2
	}
	wait = min(wait, longestBackoff)
	return now.Add(wait + time.Duration(chance*float64(wait)/10))
}

// schedule plans the next look at the profile after a check that ended now.
// What the snapshot tells is when the service is asked next: nothing, where
// its credential was refused and is only watched for a change.
func (w *watch) schedule(s *account.Snapshot, now time.Time, held, asked bool) {
	w.wanted = held && asked
	interval := w.client.profile.Interval
	due := nextCheck(now, interval, w.slot.lean(now.Add(interval), interval), s.Health.RetryAt, w.refusals, rand.Float64())
	if w.wanted {
		due = afterHold(now, s.Health.RetryAt, rand.Float64())
	}
	w.plan(s, due)
	w.expectEnd(s, now)
}

// planFirst plans the first check of a run: at once for a profile that needs somebody.
func (w *watch) planFirst(now time.Time) {
	w.due, w.alarm = time.Time{}, time.Time{}
	if w.client.fixed.State != "" || w.wish.Load() != nil || w.needed(now) > 1 {
		return
	}
	if at := w.slot.first(now, w.client.profile.Interval); at.After(now) {
		w.due, w.alarm = at.Round(0), at
		s := *w.shown.Load()
		s.NextAt = w.due
		w.shown.Store(&s)
	}
}

// plan looks at the profile again at a time, or later where the rate limit is
// small and others use the credential, too.
func (w *watch) plan(s *account.Snapshot, due time.Time) {
	due = w.client.network.budgets.Reserve(w, w.bearer, due)
	if !due.Equal(w.due) {
		w.due, w.alarm = due, time.Now().Add(time.Until(due))
	}
	s.NextAt = w.due
	if s.Longer > 0 && !w.due.IsZero() && !w.wanted {
		// It waits in the line of its origin for that long.
		s.NextAt = w.due.Add(max(0, s.Longer-w.client.profile.Interval))
	}
	if s.Health.State == account.InvalidToken && !w.wanted {
		s.NextAt = time.Time{}
	}
}

// detailsDue reports whether an automatic check may ask for details: they are
// old enough, and do not need more than half of the rate limit at a time.
func (w *watch) detailsDue(now time.Time) bool {
	limit := w.client.network.budgets.Limit(w.bearer)
	return now.Sub(w.detailedAt) >= detailsInterval && (limit == 0 || w.detailsCost <= limit/2)
}

// renewed reports whether an answer came to another credential than the one
// before, of which no details are known. One that is another at every check, as
// some programs give, does not make them due each time.
func (w *watch) renewed(out outcome) bool {
	if !out.snapshot.Health.State.Answered() || out.bearer.Fingerprint() == w.fingerprint {
		return false
	}
	often := out.at.Sub(w.renewedAt) < detailsInterval
	if w.fingerprint != "" {
		w.renewedAt = out.at
	}
	return !often
}

// expectEnd has a check follow the end of the token, which is then told by the
// service itself.
func (w *watch) expectEnd(s *account.Snapshot, now time.Time) {
	if w.due.IsZero() || s.Account == nil || !s.Health.State.Answered() || s.Account.Token.Expiry.Kind != account.ExpiryDate {
		return
	}
	end := s.Account.Token.Expiry.At.Add(endGrace)
	if end.After(now) && !end.Before(s.Health.RetryAt) && end.Before(w.due) {
		w.plan(s, end)
	}
}
