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
	// latest is the budget nearest to its end of those that an answer told
	// last, at a moment.
	latest account.RateLimit
	at     time.Time
	// heard are all that answers told of, the nearest to its end first.
	heard []heard
	// limit is the number of requests per window; zero where unknown. window
	// is the longest that it is known to have.
	limit  int64
	window time.Duration
	// busy is when the requests that were sent have had their share.
	busy time.Time
	// users are those who use the credential, with the time at which each
	// means to do so next; zero for none. They are told of every change.
	users map[User]time.Time
}

// heard is a budget as an answer told it at a moment.
type heard struct {
	account.RateLimit
	at time.Time
}

// User is who uses a credential. It has a value once there is news of the
// credential's rate limit, and is to have room for one.
type User = chan struct{}

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
		one = &budget{users: map[User]time.Time{}}
		b.known[fingerprint] = one
	}
	return one
}

// See takes in the budgets that an answer told of at a moment, with the nearest
// to its end first, and wakes those who use the credential.
func (b *Budgets) See(fingerprint string, all []account.RateLimit, at time.Time) {
	if len(all) == 0 {
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
	r := all[0]
	one.latest, one.at = r, at
	if r.Limit != nil {
		if one.limit != 0 && one.limit != *r.Limit {
			// It is another budget, with a window of its own.
			one.window = 0
		}
		one.limit = *r.Limit
	}
	one.window = max(one.window, r.ResetAt.Sub(at))
	one.hear(all, at)
	one.stir()
}

// hear keeps what an answer told at a moment beside what earlier ones told of
// other budgets, until these are full again. A budget without a name is only
// known to be that of its own answer.
func (b *budget) hear(all []account.RateLimit, at time.Time) {
	var next []heard
	for _, r := range all {
		next = append(next, heard{r, at})
	}
	for _, h := range b.heard {
		again := slices.ContainsFunc(all, func(r account.RateLimit) bool { return r.Name == h.Name })
		full := h.at.Add(b.span())
		if !h.ResetAt.IsZero() {
			full = h.ResetAt
		}
		// What was heard later is from before the clock was set back.
		if h.Name != "" && !again && full.After(at) && !h.at.After(at) {
			next = append(next, h)
		}
	}
	slices.SortStableFunc(next, func(a, b heard) int { return account.NearestToEnd(a.RateLimit, b.RateLimit) })
	b.heard = next[:min(len(next), account.MaxRateLimits)]
}

// Learn takes in a limit that no answer's header told.
func (b *Budgets) Learn(fingerprint string, limit int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if one := b.of(fingerprint); one.latest.Limit == nil {
		one.limit = limit
		one.stir()
	}
}

func (b *budget) stir() {
	for w := range b.users {
		select {
		case w <- struct{}{}:
		default:
			// One word that there is news is enough.
		}
	}
}

// Latest are the budgets that answers told of lately, with the nearest to its
// end first, and when the last of these answers came.
func (b *Budgets) Latest(fingerprint string) (all []account.RateLimit, at time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.known[fingerprint]
	if one == nil {
		return nil, time.Time{}
	}
	for _, h := range one.heard {
		all = append(all, h.RateLimit)
	}
	return all, one.at
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

// Use makes w one of those who use the credential, instead of the one that it
// used before. An empty fingerprint is none.
func (b *Budgets) Use(w User, before, fingerprint string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if one := b.known[before]; one != nil && before != fingerprint {
		if delete(one.users, w); len(one.users) == 0 {
			delete(b.known, before)
		}
	}
	if fingerprint != "" {
		b.of(fingerprint).users[w] = time.Time{}
	}
}

// Drop forgets a credential that nobody uses.
func (b *Budgets) Drop(fingerprint string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if one := b.known[fingerprint]; one != nil && len(one.users) == 0 {
		delete(b.known, fingerprint)
	}
}

// Sent counts a request. window is the service's, as far as it is known.
func (b *Budgets) Sent(fingerprint string, at time.Time, window time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.of(fingerprint)
	one.window = max(one.window, window)
	if one.busy.Before(at) {
		one.busy = at
	}
	// After a whole window, what was sent before it does not count.
	one.busy = one.busy.Add(one.gap())
	if latest := at.Add(one.span()); one.busy.After(latest) {
		one.busy = latest
	}
}

// Reserve is the first time from wanted on at which w may send an automatic
// request, such that all who use the credential keep to their share of the
// limit together. A zero time takes back what w meant to do.
func (b *Budgets) Reserve(w User, fingerprint string, wanted time.Time) time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.known[fingerprint]
	if one == nil {
		return wanted
	}
	if _, member := one.users[w]; !member {
		return wanted
	}
	at, gap := wanted, one.gap()
	if !at.IsZero() && gap > 0 {
		delete(one.users, w)
		// A clock that was set back would put it off for as long.
		if latest := time.Now().Add(one.span()); one.busy.After(at) && !one.busy.After(latest) {
			at = one.busy
		}
		for _, taken := range slices.SortedFunc(maps.Values(one.users), time.Time.Compare) {
			if taken.Sub(at).Abs() < gap {
				at = taken.Add(gap)
			}
		}
	}
	one.users[w] = at
	return at
}

// gap is the time that each automatic request takes up; zero where the limit
// is not known.
func (b *budget) gap() time.Duration {
	if b.limit <= 0 {
		return 0
	}
	return time.Duration(min(ownShare*float64(b.span())/float64(b.limit), float64(MaxAhead)))
}

func (b *budget) span() time.Duration { return cmp.Or(b.window, time.Minute) }
