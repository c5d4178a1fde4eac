package account

import (
	"slices"
	"time"
)

// paceSamples is how many of the latest checks the pace is taken from.
const paceSamples = 10

// longestForecast is how far ahead the pace of now says anything.
const longestForecast = 31 * 24 * time.Hour

// Exhaustion forecasts when the rate limit's budget ends at the pace at which
// it was spent lately, by whoever spends it. It is ok only where that is
// before the budget is full again.
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
	// Far ahead, the sum would overflow.
	if at = last.At.Add(left); left < 0 || left > longestForecast || !at.Before(reset) {
		return time.Time{}, false
	}
	if at.Before(now) {
		at = now
	}
	return at, true
}

// spending are the latest checks that saw the present budget go down, oldest
// first: one that saw less than the next belongs to the window before, one
// that saw more than there is to another budget.
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
