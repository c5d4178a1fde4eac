package ratelimit

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"rollcall/client/account"
)

// RetryAfter is the time before which a service wants no request. One that is
// further ahead than any that is believed still says to wait.
func RetryAfter(h http.Header, now time.Time) (time.Time, bool) {
	// Old services have the same under the name with an X.
	value := cmp.Or(h.Get("Retry-After"), h.Get("X-Retry-After"))
	at, far, ok := parseMoment(value, now, skew(h, now))
	if far {
		return now.Add(MaxWait), true
	}
	return at, ok
}

// WaitUntil is the time before which an answer wants no other request with the
// same credential; zero where it names none. state is what the answer means, at
// when it came, and rates are the buckets that its header tells of.
//
// A refusal for too many requests always has one: what Retry-After says, else
// the latest reset of the budgets that are spent or, where none is known to be,
// may be spent, else the service's window. Any other refusal has what
// Retry-After says. An answer that spends the last request of a budget has that
// budget's reset.
func WaitUntil(state account.State, status int, header http.Header, at time.Time, rates []Bucket, window time.Duration) time.Time {
	until, named := time.Time{}, false
	limited := state == account.RateLimited
	if limited || status >= 300 {
		until, named = RetryAfter(header, at)
	}
	if !named {
		until = latestReset(rates, func(b Bucket) bool { return b.Spent() })
		if until.IsZero() && limited {
			until = latestReset(rates, func(b Bucket) bool { return b.Remaining == nil })
		}
		if limited && slices.ContainsFunc(rates, func(b Bucket) bool { return b.far && (b.Spent() || b.Remaining == nil) }) {
			until = at.Add(MaxWait)
		}
	}
	switch soonest := at.Add(time.Second); {
	case until.IsZero() && limited:
		return at.Add(cmp.Or(window, time.Minute))
	case until.IsZero() || !limited && !until.After(at):
		return time.Time{}
	case until.Before(soonest):
		return soonest
	}
	return until
}

// latestReset is the latest of the resets of some of the budgets.
func latestReset(rates []Bucket, counts func(Bucket) bool) (latest time.Time) {
	for _, r := range rates {
		if counts(r) && r.ResetAt.After(latest) {
			latest = r.ResetAt
		}
	}
	return latest
}
