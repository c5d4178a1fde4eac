package account

import (
	"cmp"
	"slices"
	"time"
)

// RateLimit is one budget of requests, as the service describes it.
type RateLimit struct {
	// Name is the bucket's name where the service has several.
	Name string `json:"name,omitempty"`
	// Limit is the number of requests per window, Remaining the number that is
	// left in this one. They are nil where unknown. Remaining can exceed Limit.
	Limit     *int64 `json:"limit,omitempty"`
	Remaining *int64 `json:"remaining,omitempty"`
	// ResetAt is when the budget is full again; zero where unknown.
	ResetAt time.Time `json:"reset_at,omitzero"`
	// Source is the name of the header or field that this was read from.
	Source string `json:"source,omitempty"`
}

// Spent reports whether nothing of the budget remains.
func (r RateLimit) Spent() bool { return r.Remaining != nil && *r.Remaining <= 0 }

// RemainingShare is the share of the budget that is left, from 0 to 1. It is a
// number above 1 where the share is unknown, so that in a comparison such a
// budget is fuller than any other.
func (r RateLimit) RemainingShare() float64 {
	switch {
	case r.Remaining == nil:
		return 3
	case *r.Remaining <= 0:
		return 0
	case r.Limit == nil || *r.Limit <= 0:
		return 2
	}
	return min(1, float64(*r.Remaining)/float64(*r.Limit))
}

// NearestToEnd compares two budgets: the one with the smaller share left comes
// first and, where two are alike, the one that tells its reset.
func NearestToEnd(a, b RateLimit) int {
	untold := func(r RateLimit) int {
		if r.ResetAt.IsZero() {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.RemainingShare(), b.RemainingShare()), cmp.Compare(untold(a), untold(b)))
}

// RateLimits are all budgets that the service told of lately, the nearest to
// its end first; none where it told of none.
func (s Snapshot) RateLimits() []RateLimit {
	if s.RateLimit == (RateLimit{}) {
		return nil
	}
	return slices.Concat([]RateLimit{s.RateLimit}, s.OtherLimits)
}

// SetRateLimits replaces all budgets. They come with the nearest to its end
// first.
func (s *Snapshot) SetRateLimits(all []RateLimit) {
	s.RateLimit, s.OtherLimits = RateLimit{}, nil
	if len(all) > 0 {
		s.RateLimit = all[0]
	}
	if len(all) > 1 {
		s.OtherLimits = all[1:]
	}
}
