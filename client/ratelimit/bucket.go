package ratelimit

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
)

// Bucket is one budget of requests as the headers of an answer tell it.
type Bucket struct {
	account.RateLimit
	// far is set where the service told a reset that is too far ahead to be
	// believed.
	far bool
}

// NearestFirst are the budgets with the nearest to its end first, each once and
// account.MaxRateLimits of them at most. Some services tell the same budget in
// two forms, of which only one has its name.
func NearestFirst(all []Bucket) []account.RateLimit {
	var some []account.RateLimit
	for _, b := range slices.SortedStableFunc(slices.Values(all), nearestToEnd) {
		i := slices.IndexFunc(some, func(r account.RateLimit) bool { return sameBudget(r, b.RateLimit) })
		switch {
		case i >= 0:
			some[i].Name = cmp.Or(some[i].Name, b.Name)
		case len(some) < account.MaxRateLimits:
			some = append(some, b.RateLimit)
		}
	}
	return some
}

func nearestToEnd(a, b Bucket) int { return account.NearestToEnd(a.RateLimit, b.RateLimit) }

// roundedReset is how far apart the resets of one budget can be that is told
// in two forms, each rounded in its own way.
const roundedReset = 2 * time.Second

// sameBudget reports whether two buckets of one answer tell of the same budget.
func sameBudget(a, b account.RateLimit) bool {
	alike := func(a, b *int64) bool { return a == b || a != nil && b != nil && *a == *b }
	named := a.Name != "" && b.Name != "" && a.Name != b.Name
	apart := !a.ResetAt.IsZero() && !b.ResetAt.IsZero() && a.ResetAt.Sub(b.ResetAt).Abs() > roundedReset
	return !named && !apart && alike(a.Limit, b.Limit) && alike(a.Remaining, b.Remaining)
}

// maxBurst is how many times its limit a budget may have left: some services
// allow more at a time than is made up for in a window.
const maxBurst = 10

// reconcile forgets what is left where it is more than any burst: the two
// numbers are then not of one budget, and the limit is the careful one.
func (b *Bucket) reconcile() {
	if b.Limit != nil && b.Remaining != nil && *b.Remaining/maxBurst > *b.Limit {
		b.Remaining = nil
	}
}

// setReset sets when the budget is full again. A reset of nought says nothing
// unless the budget is spent; it then means at once.
func (b *Bucket) setReset(text string, now time.Time, skew time.Duration) {
	nought := strings.Trim(text, `" 0.s`) == ""
	at, far, ok := parseMoment(text, now, skew)
	b.far = far && !at.IsZero()
	if ok && (!nought || b.Spent()) {
		b.ResetAt = at
	}
}

// setDelta sets the reset from a number of seconds. As everywhere, nought says
// nothing unless the budget is spent.
func (r *Bucket) setDelta(seconds *int64, now time.Time) {
	if seconds == nil || *seconds == 0 && !r.Spent() {
		return
	}
	if r.far = *seconds > int64(MaxAhead/time.Second); r.far {
		return
	}
	r.ResetAt = now.Add(time.Duration(*seconds) * time.Second)
}
