package ratelimit

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"

	"rollcall/client/account"
)

// ownShare is how much of a budget the automatic requests use at most: one
// part of so many. The rest is for those whose token it is.
const ownShare = 4

// Budgets knows the rate limits of credentials, which several profiles may
// share. A credential is known by its fingerprint.
type Budgets struct {
	mu    sync.Mutex
	known map[string]*budget
}

// budget is what is known about one credential's rate limit.
type budget struct {
	// latest is what an answer told last, at a moment.
	latest account.RateLimit
	at     time.Time
	// limit is the number of requests per window; zero where unknown. window
	// is the longest that it is known to have.
	limit  int64
	window time.Duration
	// busyUntil is when the requests that were sent have had their share.
	busyUntil time.Time
	// subscribers are those who use the credential, with the time at which each
	// means to do so next; zero for none. They are told of every change.
	subscribers map[Subscriber]time.Time
}

// Subscriber is who uses a credential. It has a value once there is news of the
// credential's rate limit, and is to have room for one.
type Subscriber = chan struct{}

func NewBudgets() *Budgets { return &Budgets{known: map[string]*budget{}} }

// Len is how many credentials are known.
func (b *Budgets) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.known)
}

// of is the budget of a credential. It is called with mu.
func (b *Budgets) of(fingerprint string) *budget {
	one := b.known[fingerprint]
	if one == nil {
		one = &budget{subscribers: map[Subscriber]time.Time{}}
		b.known[fingerprint] = one
	}
	return one
}

// Observe takes in what an answer told at a moment, and wakes those who use the
// credential.
func (b *Budgets) Observe(fingerprint string, r account.RateLimit, at time.Time) {
	if r == (account.RateLimit{}) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.of(fingerprint)
	if at.Before(one.at) && !one.at.After(time.Now()) {
		// An answer that came later has told more; but not one from before
		// the clock was set back.
		return
	}
	one.latest, one.at = r, at
	if r.Limit != nil {
		if one.limit != 0 && one.limit != *r.Limit {
			// It is another budget, with a window of its own.
			one.window = 0
		}
		one.limit = *r.Limit
	}
	one.window = max(one.window, r.ResetAt.Sub(at))
	one.notify()
}

// LearnLimit takes in a limit that no answer's header told.
func (b *Budgets) LearnLimit(fingerprint string, limit int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if one := b.of(fingerprint); one.latest.Limit == nil {
		one.limit = limit
		one.notify()
	}
}

func (b *budget) notify() {
	for w := range b.subscribers {
		select {
		case w <- struct{}{}:
		default:
			// One word that there is news is enough.
		}
	}
}

// Latest is what an answer told last, and when.
func (b *Budgets) Latest(fingerprint string) (account.RateLimit, time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if one := b.known[fingerprint]; one != nil {
		return one.latest, one.at
	}
	return account.RateLimit{}, time.Time{}
}

// Limit is the number of requests per window; zero where unknown.
func (b *Budgets) Limit(fingerprint string) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	if one := b.known[fingerprint]; one != nil {
		return one.limit
	}
	return 0
}

// Switch makes w one of those who use the credential, instead of the one that it
// used before. An empty fingerprint is none.
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

// Forget forgets a credential that nobody uses.
func (b *Budgets) Forget(fingerprint string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if one := b.known[fingerprint]; one != nil && len(one.subscribers) == 0 {
		delete(b.known, fingerprint)
	}
}

// CountRequest counts a request. window is the service's, as far as it is known.
func (b *Budgets) CountRequest(fingerprint string, at time.Time, window time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.of(fingerprint)
	one.window = max(one.window, window)
	if one.busyUntil.Before(at) {
		one.busyUntil = at
	}
	// After a whole window, what was sent before it does not count.
	one.busyUntil = one.busyUntil.Add(one.interval())
	if latest := at.Add(one.windowOrMinute()); one.busyUntil.After(latest) {
		one.busyUntil = latest
	}
}

// Reserve is the first time from wanted on at which w may send an automatic
// request, such that all who use the credential keep to their share of the
// limit together. A zero time takes back what w meant to do.
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
		// A clock that was set back would put it off for as long.
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

// interval is the time that each automatic request takes up; zero where the limit
// is not known.
func (b *budget) interval() time.Duration {
	if b.limit <= 0 {
		return 0
	}
	return time.Duration(min(ownShare*float64(b.windowOrMinute())/float64(b.limit), float64(MaxWait)))
}

func (b *budget) windowOrMinute() time.Duration { return cmp.Or(b.window, time.Minute) }
