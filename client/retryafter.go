package client

import (
	"cmp"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxAhead is how far ahead a time to wait is believed. What is later is a
// mistake, or a unit that nobody can know.
const maxAhead = 31 * 24 * time.Hour

// retryAfter is the time before which a service wants no request.
func retryAfter(h http.Header, now time.Time) (time.Time, bool) {
	// Old services have the same under the name with an X.
	value := cmp.Or(h.Get("Retry-After"), h.Get("X-Retry-After"))
	return parseReset(value, now, skew(h, now))
}

// waitUntil is the time before which an answer wants no other request with the
// same credential; zero where it names none. state is what the answer means.
//
// A refusal for too many requests always has one: what Retry-After says, else
// the latest reset of the budgets that are spent or, where none is known to be,
// may be spent, else the service's window. Any other refusal has what Retry-After says. An answer that spends
// the last request of a budget has that budget's reset.
func waitUntil(state State, a answer, rates []RateLimit, window time.Duration) time.Time {
	until, named := time.Time{}, false
	limited := state == RateLimited
	if limited || a.status >= 300 {
		until, named = retryAfter(a.header, a.at)
	}
	if !named {
		until = latestReset(rates, RateLimit.spent)
		if until.IsZero() && limited {
			until = latestReset(rates, func(r RateLimit) bool { return r.Remaining == nil })
		}
	}
	switch soonest := a.at.Add(time.Second); {
	case until.IsZero() && limited:
		return a.at.Add(cmp.Or(window, time.Minute))
	case until.IsZero() || !limited && !until.After(a.at):
		return time.Time{}
	case until.Before(soonest):
		return soonest
	}
	return until
}

// latestReset is the latest of the resets of some of the budgets.
func latestReset(rates []RateLimit, counts func(RateLimit) bool) (latest time.Time) {
	for _, r := range rates {
		if counts(r) && r.ResetAt.After(latest) {
			latest = r.ResetAt
		}
	}
	return latest
}

// parseReset reads a moment in any of the forms in which services tell when a
// limit ends: seconds from now; seconds, milliseconds, microseconds or
// nanoseconds since 1970; a duration as 6m0s; or a date. The header never
// tells which, so the size of a number does. skew is how far the server's
// clock is ahead of ours. A moment in the past is now; one that is too far
// ahead to be meant is none.
func parseReset(value string, now time.Time, skew time.Duration) (time.Time, bool) {
	value = strings.Trim(value, ` "'`)
	number := value
	if i := strings.IndexAny(value, ",;"); i >= 0 {
		number = strings.TrimSpace(value[:i])
	}
	if v, ok := decimal(number); ok {
		return numericReset(v, now, skew)
	}
	if d, err := time.ParseDuration(value); err == nil {
		return plausible(now.Add(d), now, d >= 0)
	}
	at, ok := parseDate(value)
	return plausible(at.Add(-skew), now, ok)
}

// numericReset tells the unit of a number by its size.
func numericReset(v float64, now time.Time, skew time.Duration) (time.Time, bool) {
	switch {
	case v < 0:
		return time.Time{}, false
	case v <= maxAhead.Seconds():
		return now.Add(time.Duration(v * float64(time.Second))), true
	case v < 1e9:
		// Neither a wait nor a date: not to be guessed at.
		return time.Time{}, false
	case v < 1e11:
	case v < 1e14:
		v /= 1e3
	case v < 1e17:
		v /= 1e6
	default:
		v /= 1e9
	}
	if v >= 1e11 {
		return time.Time{}, false
	}
	seconds, fraction := math.Modf(v)
	at := time.Unix(int64(seconds), int64(fraction*1e9))
	return plausible(at.Add(-skew), now, true)
}

// plausible moves a moment in the past to now, and refuses one too far ahead.
func plausible(at, now time.Time, ok bool) (time.Time, bool) {
	switch {
	case !ok || at.After(now.Add(maxAhead)):
		return time.Time{}, false
	case at.Before(now):
		return now, true
	}
	return at.In(now.Location()), true
}

// decimal reads a decimal number; unlike strconv it knows no hexadecimal
// digits, infinities or words.
func decimal(s string) (float64, bool) {
	if strings.Trim(s, "0123456789.+-eE") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

// parseDate reads a date in the forms that services use in headers.
func parseDate(s string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05 UTC", "2006-01-02 15:04:05 -0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	if t, err := http.ParseTime(s); err == nil {
		return t, true
	}
	// JavaScript's: Fri Jan 02 2026 03:05:05 GMT+0000 (Coordinated Universal Time)
	s, _, _ = strings.Cut(s, " (")
	t, err := time.Parse("Mon Jan 02 2006 15:04:05 GMT-0700", s)
	return t, err == nil
}
