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
	// far is set where the header named a reset later than [MaxWait], which is
	// not believed.
	far bool
}

// Tightest returns the budget that is nearest to its end: the one with the
// smallest share left and, of two with the same share, one that names its
// reset. It is the zero value where there is none.
func Tightest(all []Bucket) account.RateLimit {
	if len(all) == 0 {
		return account.RateLimit{}
	}
	noReset := func(b Bucket) int {
		if b.ResetAt.IsZero() {
			return 1
		}
		return 0
	}
	return slices.MinFunc(all, func(a, b Bucket) int {
		return cmp.Or(cmp.Compare(a.RemainingShare(), b.RemainingShare()), cmp.Compare(noReset(a), noReset(b)))
	}).RateLimit
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
	if b.far = *seconds > int64(MaxWait/time.Second); b.far {
		return
	}
	b.ResetAt = now.Add(time.Duration(*seconds) * time.Second)
}
