package ratelimit

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
)

// RetryAfter reads the time before which a service wants no request from the
// Retry-After header. now is when the answer came. ok is false where the header
// is missing or makes no sense. Of several the latest counts. A time later than [MaxWait] becomes that.
func RetryAfter(h http.Header, now time.Time) (at time.Time, ok bool) {
	for _, value := range retryAfterValues(h) {
		next, far, told := parseMoment(value, now, skew(h, now))
		switch {
		case far:
			return now.Add(MaxWait), true
		case told && (!ok || next.After(at)):
			at, ok = next, true
		}
	}
	return Capped(at, now), ok
}

// retryAfterValues are all that headers say: a service and a proxy before it can
// each have their own, on two lines or joined on one. Some old services put an X
// before the name.
func retryAfterValues(h http.Header) (all []string) {
	for _, value := range slices.Concat(h.Values("Retry-After"), h.Values("X-Retry-After")) {
		parts := strings.Split(value, ",")
		numbers := !slices.ContainsFunc(parts, func(part string) bool {
			_, ok := decimal(strings.TrimSpace(part))
			return !ok
		})
		if !numbers {
			parts = []string{value}
		}
		for _, part := range parts {
			all = append(all, strings.TrimSpace(part))
		}
	}
	return all
}

// WaitUntil is the end of the cooldown that an answer starts: the service wants
// no other request with the same credential before. It is zero where the answer
// starts none. state is what the answer means, at is when it came, and rates
// are the buckets in its headers. window is the length of the service's
// rate-limit window; zero stands for a minute.
//
// A refusal for too many requests always starts a cooldown. It ends at the
// first of these that is known: the time in Retry-After; the latest reset of
// the buckets that are spent; the latest reset of the buckets that may be
// spent; the end of a window from now. Any other refusal starts a cooldown only
// with Retry-After. An answer of any kind that spends a bucket starts one until
// that bucket's reset. None is longer than [MaxWait].
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
	return Capped(until, at)
}

// latestReset is the latest reset of the buckets for which counts is true.
func latestReset(rates []Bucket, counts func(Bucket) bool) (latest time.Time) {
	for _, r := range rates {
		if counts(r) && r.ResetAt.After(latest) {
			latest = r.ResetAt
		}
	}
	return latest
}
