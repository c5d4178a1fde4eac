package account

import "time"

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
