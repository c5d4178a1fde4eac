package client

import (
	"context"
	"math"
	"slices"
	"sync/atomic"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/client/text"
	"rollcall/client/transport"
)

// watch is the care for one profile.
type watch struct {
	client *Client
	store  *store.Store
	// care is what the scheduler knows of it.
	care care
	// slot is its part in the pace of its origin.
	slot slot

	// wish is set while someone wants a check, hears is whom to tell of news of the
	// credential's rate limit, and shown is what was told last. They belong to
	// everybody, the fields below to whoever is at work on the profile.
	wish  atomic.Pointer[wish]
	hears atomic.Pointer[func()]
	shown atomic.Pointer[account.Snapshot]
	// last is what the last check left, and awaited is set where somebody wanted that
	// check.
	last    account.Snapshot
	awaited bool
	// pinned is the user to whom the profile was pinned after so many decisions of people,
	// as far as that is known; any further one has the store asked again.
	pinned      string
	pinnedAfter uint64
	// good is the last account that was as hoped, confirmed at goodAt.
	good   *account.Account
	goodAt time.Time
	// fingerprint stands for the credential that was sent for good, refused
	// for the last one where the service called it invalid.
	fingerprint, refused string
	// refusals counts the refusals in a row for too many requests.
	refusals int
	// detailsLimit bounds all requests for details together; zero where each
	// has its own limit only.
	detailsLimit time.Duration
	// silent is set where nobody looks at what goes over the wire.
	silent bool
	// detailedAt is when details were last asked for, detailsCost how many
	// requests that took, renewedAt when the credential was last another one.
	detailedAt  time.Time
	detailsCost int64
	renewedAt   time.Time
	// bearer stands for the credential whose rate limit is heeded.
	bearer string
	// rateAt is when an answer told the rate limit that last has; record is
	// what a record of the token says of it, nil where none does.
	rateAt time.Time
	record *account.RateLimit
	// due is when to look at the profile again by the clock, alarm by the
	// time that passes; wanted is set where that look serves a wish that
	// could not be granted at once.
	due, alarm time.Time
	wanted     bool
}

// newWatch looks after the profile of a client, of which known is what the store
// has; nil for nothing.
func newWatch(c *Client, store *store.Store, known *account.Snapshot) *watch {
	w := &watch{client: c, store: store, slot: slot{pace: c.network.pace(c.address.Origin)}}
	shown := w.restored(known)
	w.last = shown
	w.shown.Store(&shown)
	if !w.last.AccountAt.After(w.last.Health.LastOKAt) {
		w.good, w.goodAt = w.last.Account, w.last.AccountAt
	}
	return w
}

// restored is the profile as an earlier run left it.
func (w *watch) restored(known *account.Snapshot) account.Snapshot {
	s := account.Snapshot{Health: account.Health{State: account.Checking}}
	if known != nil {
		s = *known
	}
	s.Profile, s.Service, s.Origin, s.Endpoint = w.client.profile.Name, w.client.Service(), w.client.address.Origin, w.client.Endpoint()
	if known == nil {
		place, _ := w.store.Place(s.Profile, s.Endpoint)
		s.Named = text.Harmless(place)
	}
	if w.client.fixed.State != "" {
		// Nobody is asked for a profile that cannot be asked, and since when that is so
		// nobody knows.
		fixed := w.client.check(context.Background(), checkOptions{}).snapshot
		fixed.Health.LastOKAt = s.Health.LastOKAt
		s.Health, s.Since = fixed.Health, time.Time{}
	}
	w.age(&s, time.Now())
	s.Snooze = w.snooze()
	return s
}

// snooze is the person's wish not to be told of the profile.
func (w *watch) snooze() account.Snooze {
	s := w.store.Snoozed(w.client.profile.Name, w.client.Endpoint())
	s.Note, s.Verdict = text.Harmless(s.Note), account.State(text.Harmless(string(s.Verdict)))
	return s
}

// decided takes over the person's wish, and reports whether it is another one than
// before. A check that is told of meanwhile takes it over by itself.
func (w *watch) decided() bool {
	shown := w.shown.Load()
	s := *shown
	if s.Snooze = w.snooze(); s.Snooze == shown.Snooze {
		return false
	}
	w.shown.CompareAndSwap(shown, &s)
	return true
}

// current is the profile as it is known now.
func (w *watch) current() account.Snapshot {
	s := *w.shown.Load()
	w.age(&s, time.Now())
	s.Snooze = w.snooze()
	return s
}

// telling has tell told with what belongs to the profile beside its checks. What
// somebody waits for is always news.
func (w *watch) telling(tell func(s account.Snapshot, news bool)) func(account.Snapshot) {
	before := w.shown.Load()
	return func(s account.Snapshot) {
		s.Snooze = w.snooze()
		w.shown.Store(&s)
		tell(s, w.awaited || isNews(before, &s))
	}
}

// isNews reports whether a snapshot says anything else than the one before, but for
// when that was found, and what is left of a rate limit.
func isNews(before, s *account.Snapshot) bool {
	was, is := before.Health, s.Health
	was.CheckedAt, was.LastOKAt, was.Latency, was.Attempts = is.CheckedAt, is.LastOKAt, is.Latency, is.Attempts
	return was != is || s.Account != before.Account || s.Restored != before.Restored || s.Snooze != before.Snooze ||
		s.Verdict.State != before.Verdict.State || s.Longer != before.Longer
}

// want is told that someone wants a check. A wish that is waiting already is served by
// the same one, as either of both wants it.
func (w *watch) want(by wish) {
	for {
		waits, both := w.wish.Load(), by
		if waits != nil {
			both = wish{by.attended || waits.attended, by.impatient || waits.impatient}
		}
		if w.wish.CompareAndSwap(waits, &both) {
			return
		}
	}
}

// News tells that another profile has heard something of the credential's rate limit.
func (w *watch) News() {
	if heard := w.hears.Load(); heard != nil {
		(*heard)()
	}
}

// leave ends what the profile has in common with others.
func (w *watch) leave() {
	w.hears.Store(nil)
	w.client.network.budgets.Switch(w, w.bearer, "")
	w.bearer = ""
	w.slot.leave()
}

// forever is for how long something is waited for that is not planned.
const forever time.Duration = math.MaxInt64

// wait is how long to wait for what is planned.
func (w *watch) wait(now time.Time) time.Duration {
	wait := forever
	if left, ok := w.untilDue(now); ok {
		wait = left
	}
	if at := w.nextMoment(now); !at.IsZero() {
		wait = min(wait, at.Sub(now))
	}
	return wait
}

// untilDue is how long it is until the next look at the profile; ok is false
// where none is planned. Where the clock was set, the shorter way counts: it
// must not be put off for as long as the clock was wrong.
func (w *watch) untilDue(now time.Time) (wait time.Duration, ok bool) {
	return min(w.due.Sub(now), w.alarm.Sub(now)), !w.due.IsZero()
}

// nextMoment is when the coming end of the token is to be told otherwise.
func (w *watch) nextMoment(now time.Time) time.Time {
	if w.last.Account == nil {
		return time.Time{}
	}
	state := w.last.Health.State
	if state.Inconclusive() {
		state = w.last.Verdict.State
	}
	return expiryMoment(state, w.last.Account.Token, w.client.profile.ExpiryWarning, now)
}

// catchUp tells what has changed without a check: the token came nearer to its
// end, or another profile with the same credential heard of its rate limit.
func (w *watch) catchUp(tell func(s account.Snapshot, news bool)) {
	telling := w.telling(tell)
	s := w.last
	aged, news := w.age(&s, time.Now()), w.takeRate(&s)
	if due := w.due; !due.IsZero() {
		w.plan(&s, due)
		news = news || !w.due.Equal(due)
	}
	switch {
	case aged:
		w.settle(s, telling)
	case news:
		w.last = s
		telling(s)
	}
}

// age makes the snapshot what it is now that time has passed since its check.
// It reports whether its state is another one by that, or its verdict, which
// nears the end of the token through an outage, too.
func (w *watch) age(s *account.Snapshot, now time.Time) bool {
	if s.Account == nil {
		return false
	}
	before, token, warning := *s, s.Account.Token, w.client.profile.ExpiryWarning
	s.Health = overlayExpiry(s.Health, token, warning, now)
	verdict := s.Health.State
	if !verdict.Judges() {
		verdict = nearEnd(s.Verdict.State, token, warning, now)
	}
	if s.Health.State == before.Health.State && verdict == before.Verdict.State {
		return false
	}
	// What has been so since an earlier run began when it was due.
	at := token.Expiry.At.Add(-warning).Truncate(KeptPrecision)
	if at.Before(s.Health.CheckedAt) || at.After(now) {
		at = s.Health.CheckedAt
	}
	var changes []account.Change
	if s.Health.State.Inconclusive() && said(before) == before.Verdict.State {
		changes = stateChange(before.Verdict.State, verdict, at)
	}
	chronicle(before, s, changes, at)
	s.Verdict = judged(before.Verdict, verdict, s.Verdict.At, at)
	return true
}

// found is what a check that someone waited for has found; ended is false where there
// was no time for it.
func (w *watch) found(ended bool) account.Snapshot {
	s := w.last
	if !ended {
		s = w.current()
		s.Restored, s.Busy = !s.Health.CheckedAt.IsZero(), false
		s.Health = account.Health{State: account.Checking, LastOKAt: s.Health.LastOKAt}
	}
	s.NextAt, s.Snooze = time.Time{}, w.snooze()
	return s
}

// round checks the profile and tells each snapshot on the way. asked is set where
// someone wants the check: it then has details whatever their age, and tries a
// refused credential again. known is called once there is a credential. What is left
// are the details, nil for none; ended is false where ctx left no time for the check.
func (w *watch) round(ctx context.Context, asked bool, known func(), tell func(account.Snapshot)) (left *pending, ended bool) {
	defer func() {
		if recover() != nil {
			left, ended = nil, true
			tell(w.failed())
		}
	}()
	if by := w.wish.Swap(nil); by != nil {
		// This round serves it.
		asked, ctx = true, by.attend(ctx)
	}
	w.awaited = asked
	out := w.ask(ctx, asked, known, tell)
	if out.aborted {
		w.client.logCheck(out.snapshot.Health, out)
		w.client.network.budgets.Forget(out.bearer.Fingerprint())
		return nil, false
	}
	longer := w.slot.took(out.held, w.client.profile.Interval)
	if out.skipped {
		w.last.Longer = longer
		w.schedule(&w.last, transport.WallTime(), false, false)
		return nil, true
	}
	before, renewed := w.last, w.renewed(out)
	s, changes := w.absorb(out)
	w.client.logCheck(s.Health, out)
	s.Longer = longer
	chronicle(before, &s, changes, out.at)
	answered := s.Health.State.Answered() || s.Health.State == account.ScopeMissing && out.snapshot.Account != nil
	wantsDetails := answered && !s.Health.RetryAt.After(out.at) &&
		(asked || renewed || w.detailsDue(out.at))
	s.Details.Busy = wantsDetails
	w.schedule(&s, out.at, out.coolingDown, asked)
	w.settle(s, tell)
	if !wantsDetails {
		return nil, true
	}
	return &pending{found: s, before: before, out: out, changes: changes}, true
}

// finish asks for the details that a check has left.
func (w *watch) finish(ctx context.Context, left *pending, tell func(account.Snapshot)) {
	defer func() {
		if recover() != nil {
			tell(w.failed())
		}
	}()
	s, found := w.addDetails(ctx, left.found, left.out)
	chronicle(left.before, &s, slices.Concat(left.changes, found), left.out.at)
	w.expectEnd(&s, left.out.at)
	w.settle(s, tell)
}

// ask has the client check, and tells when it begins. A credential that was
// refused is looked at first: where it is still the same nothing begins.
func (w *watch) ask(ctx context.Context, asked bool, known func(), tell func(account.Snapshot)) outcome {
	begin := func() {
		busy := w.last
		busy.Busy, busy.NextAt = true, time.Time{}
		tell(busy)
	}
	looks := !asked && w.refused != ""
	if !looks {
		begin()
	}
	return w.client.check(ctx, checkOptions{silent: w.silent, skip: func(fingerprint string) bool {
		known()
		switch {
		case !looks:
			return false
		case fingerprint == w.refused:
			return true
		}
		begin()
		return false
	}})
}

// settle makes s the last snapshot, keeps it where the service was asked or could not
// be for want of a credential, and tells it.
func (w *watch) settle(s account.Snapshot, tell func(account.Snapshot)) {
	w.last = s
	w.last.Details.Busy = false
	if (!s.Health.CheckedAt.IsZero() || s.Health.State == account.CredentialMissing) && !s.Restored {
		w.store.Save(w.last)
	}
	tell(s)
}

// failed is the snapshot of a check in which rollcall itself failed. A fault
// in the care for one profile must not end the program.
func (w *watch) failed() account.Snapshot {
	out := outcome{snapshot: account.Snapshot{Profile: w.client.profile.Name, Service: w.client.Service(), Origin: w.client.address.Origin, Endpoint: w.client.Endpoint()}}
	out = out.end(account.Diagnosis{
		State:       account.BadResponse,
		Explanation: "rollcall itself failed while it checked this profile.",
		Remedy:      "Please report this as a fault of rollcall; the next check tries again.",
		Action:      account.ActionAsk,
	})
	before := w.last
	s, changes := w.absorb(out)
	chronicle(before, &s, changes, out.at)
	w.schedule(&s, out.at, false, false)
	w.last = s
	return s
}
