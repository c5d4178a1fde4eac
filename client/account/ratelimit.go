package account

import "time"

// RateLimit is one budget of requests as the service told it.
type RateLimit struct {
	// Name is the bucket's name where the service has several.
	Name string `json:"name,omitempty"`
	// Limit is the budget per window, Remaining what is left of it; nil
	// where unknown. Remaining can exceed Limit.
	Limit     *int64 `json:"limit,omitempty"`
	Remaining *int64 `json:"remaining,omitempty"`
	// ResetAt is when the budget is full again; zero where unknown.
	ResetAt time.Time `json:"reset_at,omitzero"`
	// Source names the header or field that said so.
	Source string `json:"source,omitempty"`
}

// Spent reports whether nothing of the budget remains.
func (r RateLimit) Spent() bool { return r.Remaining != nil && *r.Remaining <= 0 }

// RemainingShare is the share of the budget that remains. One with an unknown share
// counts as fuller than any known one.
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
