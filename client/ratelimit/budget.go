package ratelimit

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"

	"rollcall/client/account"
)

// ownShare is the part of a budget that automatic requests use at most: one
// request in four. The rest is left to the people whose credential it is.
const ownShare = 4

// Budgets holds the rate limits of credentials. Several profiles can share a
// credential, and so its budget. A credential is known by a fingerprint, a text
// that is the same for the same credential. Budgets are made by [NewBudgets] and
// may be used by several goroutines.
type Budgets struct {
	mu    sync.Mutex
	known map[string]*budget
}

// budget is what is known about the rate limit of one credential.
type budget struct {
	// latest is the budget nearest to its end of those that the latest answer
	// named, and at the time of that answer.
	latest account.RateLimit
	at     time.Time
	// observed are all budgets that answers named lately, with the nearest to its
	// end first.
	observed []observation
	// limit is the number of requests per window; zero where unknown. window is
	// the longest time to a reset that was seen.
	limit  int64
	window time.Duration
	// busyUntil is the earliest time of another automatic request that keeps all
	// requests so far within the share.
	busyUntil time.Time
	// subscribers are those who use the credential, with the time that each has
	// reserved for its next request; zero for none.
	subscribers map[Subscriber]time.Time
}

// observation is a budget as an answer named it at a time.
type observation struct {
	account.RateLimit
	at time.Time
}

// Subscriber is somebody who uses a credential. News tells that there is news of the
// credential's rate limit. It is called while the budgets are locked, so that it must
// neither wait nor ask them for anything.
type Subscriber interface{ News() }

// NewBudgets returns budgets that know no credential yet.
func NewBudgets() *Budgets { return &Budgets{known: map[string]*budget{}} }

// Len is the number of credentials that are known.
func (b *Budgets) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.known)
}

// of returns the budget of a credential, and makes one where there is none. The
// caller holds mu.
func (b *Budgets) of(fingerprint string) *budget {
	one := b.known[fingerprint]
	if one == nil {
		one = &budget{subscribers: map[Subscriber]time.Time{}}
		b.known[fingerprint] = one
	}
	return one
}

// Observe records the budgets that an answer named at a time, with the nearest to
// its end first, and notifies the subscribers of the credential. It ignores an
// answer that named none and one that is older than the latest.
func (b *Budgets) Observe(fingerprint string, all []account.RateLimit, at time.Time) {
	if len(all) == 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.of(fingerprint)
	if at.Before(one.at) && !one.at.After(time.Now()) {
		// A later answer was observed already, unless its time lies in the
		// future because the clock was set back since.
		return
	}
	r := all[0]
	one.latest, one.at = r, at
	if r.Limit != nil {
		if one.limit != 0 && one.limit != *r.Limit {
			// A new limit is another budget with a window of its own.
			one.window = 0
		}
		one.limit = *r.Limit
	}
	one.window = max(one.window, r.ResetAt.Sub(at))
	one.observe(all, at)
	one.notify()
}

// observe keeps the budgets that an answer named at a time beside those that
// earlier answers named, until these are full again. A budget without a name is
// only known to be that of its own answer.
func (b *budget) observe(all []account.RateLimit, at time.Time) {
	var next []observation
	for _, r := range all {
		next = append(next, observation{r, at})
	}
	for _, o := range b.observed {
		again := slices.ContainsFunc(all, func(r account.RateLimit) bool { return r.Name == o.Name })
		full := o.at.Add(b.windowOrMinute())
		if !o.ResetAt.IsZero() {
			full = o.ResetAt
		}
		// An observation later than this one is from before the clock was set back.
		if o.Name != "" && !again && full.After(at) && !o.at.After(at) {
			next = append(next, o)
		}
	}
	slices.SortStableFunc(next, func(a, b observation) int { return account.NearestToEnd(a.RateLimit, b.RateLimit) })
	b.observed = next[:min(len(next), account.MaxRateLimits)]
}

// Note records budgets with names that a service told of besides those of its
// answers' headers, at a time. They are shown, and hold nothing up: the requests that
// count in them are others than rollcall's.
func (b *Budgets) Note(fingerprint string, all []account.RateLimit, at time.Time) {
	if len(all) == 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.of(fingerprint)
	one.observe(all, at)
	one.notify()
}

// LearnLimit records the number of requests per window from another source than a
// header. A limit from a header wins over it.
func (b *Budgets) LearnLimit(fingerprint string, limit int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if one := b.of(fingerprint); one.latest.Limit == nil {
		one.limit = limit
		one.notify()
	}
}

// notify tells every subscriber.
func (b *budget) notify() {
	for w := range b.subscribers {
		w.News()
	}
}

// Latest are the budgets that answers named lately, with the nearest to its end
// first, and the time of the latest of these answers. Both are zero where there was
// none.
func (b *Budgets) Latest(fingerprint string) (all []account.RateLimit, at time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.known[fingerprint]
	if one == nil {
		return nil, time.Time{}
	}
	for _, o := range one.observed {
		all = append(all, o.RateLimit)
	}
	return all, one.at
}

// Limit is the number of requests per window of a credential; zero where unknown.
func (b *Budgets) Limit(fingerprint string) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	if one := b.known[fingerprint]; one != nil {
		return one.limit
	}
	return 0
}

// Switch subscribes w to a credential and ends its subscription to the one that it
// used before. An empty fingerprint stands for no credential. A credential
// without subscribers is forgotten.
func (b *Budgets) Switch(w Subscriber, before, fingerprint string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if one := b.known[before]; one != nil && before != fingerprint {
		if delete(one.subscribers, w); len(one.subscribers) == 0 {
			delete(b.known, before)
		}
	}
	if fingerprint != "" {
		b.of(fingerprint).subscribers[w] = time.Time{}
	}
}

// Forget forgets a credential, unless it has subscribers.
func (b *Budgets) Forget(fingerprint string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if one := b.known[fingerprint]; one != nil && len(one.subscribers) == 0 {
		delete(b.known, fingerprint)
	}
}

// CountRequest counts a request that was sent at a time. window is the length of
// the service's rate-limit window; zero where unknown.
func (b *Budgets) CountRequest(fingerprint string, at time.Time, window time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.of(fingerprint)
	one.window = max(one.window, window)
	if one.busyUntil.Before(at) {
		one.busyUntil = at
	}
	// Requests longer ago than a window do not count, so the share is never used
	// up for longer than that.
	one.busyUntil = one.busyUntil.Add(one.interval())
	if latest := at.Add(one.windowOrMinute()); one.busyUntil.After(latest) {
		one.busyUntil = latest
	}
}

// Reserve reserves the time of the next automatic request of w and returns it. It
// is the first time from wanted on that keeps all subscribers of the credential
// within the share together. A zero time cancels the reservation. For a
// credential to which w is not subscribed, it is wanted itself.
func (b *Budgets) Reserve(w Subscriber, fingerprint string, wanted time.Time) time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.known[fingerprint]
	if one == nil {
		return wanted
	}
	if _, member := one.subscribers[w]; !member {
		return wanted
	}
	at, gap := wanted, one.interval()
	if !at.IsZero() && gap > 0 {
		delete(one.subscribers, w)
		// Where the clock was set back, busyUntil is too far ahead to be true.
		if latest := time.Now().Add(one.windowOrMinute()); one.busyUntil.After(at) && !one.busyUntil.After(latest) {
			at = one.busyUntil
		}
		for _, taken := range slices.SortedFunc(maps.Values(one.subscribers), time.Time.Compare) {
			if taken.Sub(at).Abs() < gap {
				at = taken.Add(gap)
			}
		}
	}
	one.subscribers[w] = at
	return at
}

// interval is the time between two automatic requests that keep to the share;
// zero where the limit is unknown.
func (b *budget) interval() time.Duration {
	if b.limit <= 0 {
		return 0
	}
	return time.Duration(min(ownShare*float64(b.windowOrMinute())/float64(b.limit), float64(MaxWait)))
}

// windowOrMinute is the length of the window, or a minute where it is unknown.
func (b *budget) windowOrMinute() time.Duration { return cmp.Or(b.window, time.Minute) }
