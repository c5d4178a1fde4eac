package client

import (
	"context"
	"time"
)

// watch is the care for one profile.
type watch struct {
	client *Client
	store  *Store
	// wish has a value while someone wants a check.
	wish chan struct{}
	// turn is taken while a check is under way. The fields below belong to
	// whoever has it.
	turn chan struct{}

	// last is what the last check left.
	last Snapshot
	// good is the last account that was as hoped, confirmed at goodAt.
	good   *Account
	goodAt time.Time
	// fingerprint stands for the credential that was sent last, refused for
	// the one that the service called invalid.
	fingerprint, refused string
	// refusals counts the refusals in a row for too many requests.
	refusals int
	// detailsLimit bounds all requests for details together; zero where each
	// has its own limit only.
	detailsLimit time.Duration
	// detailedAt is when details were last asked for.
	detailedAt time.Time
	// due is when to look at the profile again; wanted is set where that
	// look serves a wish that could not be granted at once.
	due    time.Time
	wanted bool
}

func newWatch(c *Client, store *Store) *watch {
	w := &watch{client: c, store: store, wish: make(chan struct{}, 1), turn: make(chan struct{}, 1)}
	w.last = w.stored()
	if w.last.Health.State != WrongAccount {
		w.good, w.goodAt = w.last.Account, w.last.AccountAt
	}
	return w
}

// stored is the profile as the store knows it. What was kept for another
// endpoint is about another account.
func (w *watch) stored() Snapshot {
	s, ok := w.store.Snapshot(w.client.profile.Name)
	if !ok || s.Endpoint != w.client.Endpoint() {
		s = Snapshot{
			Profile:  w.client.profile.Name,
			Endpoint: w.client.Endpoint(),
			Health:   Health{State: Checking},
		}
	}
	if w.client.fixed.State != "" {
		// Nobody is asked for a profile that cannot be asked.
		fixed := w.client.check(context.Background(), checkOptions{}).snapshot
		fixed.Health.LastOKAt = s.Health.LastOKAt
		s.Health = fixed.Health
	}
	return s
}

// current is the profile as the last check left it.
func (w *watch) current() Snapshot {
	select {
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
		return w.last
	default:
		return w.stored()
	}
}

// run checks the profile at once, when it is due and when someone wants it,
// until ctx ends.
func (w *watch) run(ctx context.Context, tell func(Snapshot)) {
	asked := true
	for {
		w.round(ctx, asked, tell)
		if ctx.Err() != nil {
			return
		}
		var due <-chan time.Time
		if !w.due.IsZero() {
			due = time.After(time.Until(w.due))
		}
		select {
		case <-ctx.Done():
			return
		case <-w.wish:
			asked = true
		case <-due:
			asked = w.wanted
		}
	}
}

// once checks the profile once. Its details get one time limit for all of
// their requests: whoever waits for them waits no longer than for an answer.
func (w *watch) once(ctx context.Context) Snapshot {
	w.detailsLimit = w.client.profile.Timeout
	s, ended := w.round(ctx, true, func(Snapshot) {})
	if !ended {
		s = w.stored()
		s.Health = Health{State: Checking, LastOKAt: s.Health.LastOKAt}
	}
	s.NextAt = time.Time{}
	return s
}

// round checks the profile and tells each snapshot on the way; the last one
// is returned, too. asked is set where someone wants the check: it then has
// details whatever their age, and tries a refused credential again. ended is
// false where ctx left no time for the check.
func (w *watch) round(ctx context.Context, asked bool, tell func(Snapshot)) (s Snapshot, ended bool) {
	select {
	case <-ctx.Done():
		return Snapshot{}, false
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
	}
	defer func() {
		if recover() != nil {
			s, ended = w.failed(), true
			tell(s)
		}
	}()
	select {
	case <-w.wish:
		// This round serves it.
		asked = true
	default:
	}
	out := w.ask(ctx, asked, tell)
	switch {
	case out.aborted:
		return Snapshot{}, false
	case out.skipped:
		w.schedule(&w.last, wallTime(), false, false)
		return w.last, true
	}
	before, sent := w.last, w.fingerprint
	s = w.absorb(out)
	wantsDetails := s.Health.State.Answered() && !s.Health.RetryAt.After(out.at) &&
		(asked || out.fingerprint != sent || out.at.Sub(w.detailedAt) >= detailsInterval)
	s.Details.Busy = wantsDetails
	w.schedule(&s, out.at, out.held, asked)
	w.settle(s, tell)
	if wantsDetails {
		s = w.addDetails(ctx, s, *out.snapshot.Account, before.History)
		w.settle(s, tell)
	}
	return s, true
}

// ask has the client check, and tells when it begins. A credential that was
// refused is looked at first: where it is still the same nothing begins.
func (w *watch) ask(ctx context.Context, asked bool, tell func(Snapshot)) outcome {
	begin := func() {
		busy := w.last
		busy.Busy, busy.NextAt = true, time.Time{}
		tell(busy)
	}
	if asked || w.refused == "" {
		begin()
		return w.client.check(ctx, checkOptions{})
	}
	return w.client.check(ctx, checkOptions{skip: func(fingerprint string) bool {
		if fingerprint == w.refused {
			return true
		}
		begin()
		return false
	}})
}

// settle makes s the last snapshot, keeps it where the service was asked, and
// tells it.
func (w *watch) settle(s Snapshot, tell func(Snapshot)) {
	w.last = s
	w.last.Details.Busy = false
	if !s.Health.CheckedAt.IsZero() && !s.Restored {
		w.store.save(w.last)
	}
	tell(s)
}

// failed is the snapshot of a check in which rollcall itself failed. A fault
// in the care for one profile must not end the program.
func (w *watch) failed() Snapshot {
	out := outcome{snapshot: Snapshot{Profile: w.client.profile.Name, Endpoint: w.client.Endpoint()}}
	out = out.end(Diagnosis{
		State:       BadResponse,
		Explanation: "rollcall itself failed while it checked this profile.",
		Remedy:      "Please report this as a fault of rollcall; a refresh tries again.",
	})
	s := w.absorb(out)
	w.schedule(&s, out.at, false, false)
	w.last = s
	return s
}
