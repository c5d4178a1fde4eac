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

// Tightest is the budget nearest to its end: the one with the smallest share
// left. Where two are alike, it is the one that tells its reset.
func Tightest(all []Bucket) account.RateLimit {
	if len(all) == 0 {
		return account.RateLimit{}
	}
	untold := func(b Bucket) int {
		if b.ResetAt.IsZero() {
			return 1
		}
		return 0
	}
	return slices.MinFunc(all, func(a, b Bucket) int {
		return cmp.Or(cmp.Compare(a.RemainingShare(), b.RemainingShare()), cmp.Compare(untold(a), untold(b)))
	}).RateLimit
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

// setResetAfter sets the reset from a number of seconds. As everywhere, nought says
// nothing unless the budget is spent.
func (r *Bucket) setResetAfter(seconds *int64, now time.Time) {
	if seconds == nil || *seconds == 0 && !r.Spent() {
		return
	}
	if r.far = *seconds > int64(MaxWait/time.Second); r.far {
		return
	}
	r.ResetAt = now.Add(time.Duration(*seconds) * time.Second)
}
