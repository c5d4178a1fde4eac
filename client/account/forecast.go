package account

import (
	"slices"
	"time"
)

// paceSamples is how many of the latest checks measure the pace of spending.
const paceSamples = 10

// longestForecast is how far ahead the present pace says anything.
const longestForecast = 31 * 24 * time.Hour

// Exhaustion forecasts when the budget of the rate limit is used up if
// everybody who shares it goes on at the latest pace. ok is false where the
// budget lasts until its reset, and where there are too few checks to tell.
func (s Snapshot) Exhaustion(now time.Time) (at time.Time, ok bool) {
	reset := s.RateLimit.ResetAt
	samples := s.spending()
	if len(samples) < 2 || !reset.After(now) {
		return time.Time{}, false
	}
	first, last := samples[0], samples[len(samples)-1]
	spent, span := *first.Remaining-*last.Remaining, last.At.Sub(first.At)
	if spent <= 0 || span <= 0 || *last.Remaining <= 0 {
		return time.Time{}, false
	}
	left := time.Duration(float64(span) / float64(spent) * float64(*last.Remaining))
	// For a very long time left, the sum would overflow.
	if at = last.At.Add(left); left < 0 || left > longestForecast || !at.Before(reset) {
		return time.Time{}, false
	}
	if at.Before(now) {
		at = now
	}
	return at, true
}

// spending returns the latest checks of the present window, oldest first. A
// check that saw fewer requests left than the next one belongs to an earlier
// window; a check that saw more of them than the limit belongs to another
// budget.
func (s Snapshot) spending() []Check {
	var samples []Check
	for _, c := range slices.Backward(s.History) {
		if c.Remaining == nil {
			continue
		}
		if n := len(samples); n == paceSamples || n > 0 && *c.Remaining < *samples[n-1].Remaining ||
			s.RateLimit.Limit != nil && *c.Remaining > *s.RateLimit.Limit {
			break
		}
		samples = append(samples, c)
	}
	slices.Reverse(samples)
	return samples
}
