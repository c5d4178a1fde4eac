package ratelimit

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rollcall/client/account"
)

// Bucket is one budget of requests, as the headers of an answer describe it.
type Bucket struct {
	account.RateLimit
	// far is set where the header named a reset later than farthest, which is
	// not believed.
	far bool
}

// NearestFirst returns the budgets with the nearest to its end first, each once
// and [account.MaxRateLimits] of them at most. Some services describe the same
// budget in two forms, of which only one has its name.
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

// roundedReset is how far apart the resets of one budget can be that an answer
// describes in two forms, each rounded in its own way.
const roundedReset = 2 * time.Second

// sameBudget reports whether two buckets of one answer describe the same budget.
func sameBudget(a, b account.RateLimit) bool {
	alike := func(a, b *int64) bool { return a == b || a != nil && b != nil && *a == *b }
	named := a.Name != "" && b.Name != "" && a.Name != b.Name
	apart := !a.ResetAt.IsZero() && !b.ResetAt.IsZero() && a.ResetAt.Sub(b.ResetAt).Abs() > roundedReset
	return !named && !apart && alike(a.Limit, b.Limit) && alike(a.Remaining, b.Remaining)
}

// maxBurst is how many times its limit a bucket can have left. Some services
// allow a burst of more requests than a window restores.
const maxBurst = 10

// reconcile forgets the remaining requests where they are more than any burst.
// The two numbers then belong to different budgets, and the limit is the safer
// one to believe.
func (b *Bucket) reconcile() {
	if b.Limit != nil && b.Remaining != nil && *b.Remaining/maxBurst > *b.Limit {
		b.Remaining = nil
	}
}

// setReset sets the reset from the text of a header. A reset of zero means at
// once where the budget is spent; otherwise services send it without a meaning.
func (b *Bucket) setReset(text string, now time.Time, skew time.Duration) {
	zero := strings.Trim(text, `" 0.s`) == ""
	at, far, ok := parseMoment(text, now, skew)
	b.far = far && !at.IsZero()
	if ok && (!zero || b.Spent()) {
		b.ResetAt = at
	}
}

// setResetAfter sets the reset from a number of seconds, where zero means the
// same as for setReset.
func (b *Bucket) setResetAfter(seconds *int64, now time.Time) {
	if seconds == nil || *seconds == 0 && !b.Spent() {
		return
	}
	if b.far = *seconds > int64(farthest/time.Second); b.far {
		return
	}
	b.ResetAt = now.Add(time.Duration(*seconds) * time.Second)
}
