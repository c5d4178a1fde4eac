package client

import (
	"cmp"
	"context"
)

// absorb is the snapshot after a check: what it found, with what was known
// before where it found nothing.
func (w *watch) absorb(out outcome) Snapshot {
	before, s := w.last, out.snapshot
	if out.held && before.Health.RetryAt.After(out.at) {
		// It is the service's answer to this profile that says to wait, and
		// it still tells more than that nothing was asked.
		until := s.Health.RetryAt
		s = before
		s.Health.RetryAt = until
		return s
	}
	s.Details = before.Details
	if s.Account != nil {
		account := w.carry(*s.Account, out.fingerprint)
		s.Account = &account
		s.Health = overlayExpiry(s.Health, account.Token, w.client.profile.ExpiryWarning, out.at)
		w.identify(&s)
	} else {
		s.Account, s.AccountAt = before.Account, before.AccountAt
		if w.good != nil {
			s.Account, s.AccountAt = w.good, w.goodAt
		}
	}
	if s.Health.State.Answered() {
		w.good, w.goodAt = s.Account, s.AccountAt
	}
	if s.Health.LastOKAt.IsZero() {
		s.Health.LastOKAt = before.Health.LastOKAt
	}
	if s.RateLimit == (RateLimit{}) && before.RateLimit.ResetAt.After(out.at) {
		s.RateLimit = before.RateLimit
	}
	s.History = before.History
	if !s.Health.CheckedAt.IsZero() {
		s.History = appendCheck(before.History, s.Health)
		w.remember(out, s.Health.State)
	}
	return s
}

// remember keeps what the next check must know of this one.
func (w *watch) remember(out outcome, state State) {
	w.fingerprint, w.refused = out.fingerprint, ""
	if state == InvalidToken {
		w.refused = out.fingerprint
	}
	if state == RateLimited {
		w.refusals++
	} else {
		w.refusals = 0
	}
}

// identify compares the user who answered with the one that the profile is
// pinned to. The first good answer pins it.
func (w *watch) identify(s *Snapshot) {
	name, endpoint := w.client.profile.Name, w.client.Endpoint()
	if w.client.profile.Identity != "" || !s.Health.State.Answered() {
		return
	}
	if id, pinned := w.store.Pin(name, endpoint); pinned {
		checkIdentity(s, id)
		return
	}
	w.store.pin(name, endpoint, s.Account.User.ID)
}

// carry completes an identity answer with what earlier details told of the
// same user, until new ones come. Nil organizations are those that an
// identity answer does not tell of.
func (w *watch) carry(account Account, fingerprint string) Account {
	before := w.good
	if before == nil || before.User.ID != account.User.ID {
		return account
	}
	if account.Organizations == nil {
		account.Organizations = before.Organizations
	}
	// Which credential was sent in an earlier run is not known.
	same := w.fingerprint == "" || w.fingerprint == fingerprint
	t, old := &account.Token, before.Token
	if !same || t.ID != "" && t.ID != old.ID || t.Kind != "" && t.Kind != old.Kind {
		return account
	}
	t.ID, t.Kind, t.Name = cmp.Or(t.ID, old.ID), cmp.Or(t.Kind, old.Kind), cmp.Or(t.Name, old.Name)
	if t.Expiry.KindOrUnknown() == ExpiryUnknown {
		t.Expiry = old.Expiry
	}
	if t.Scopes == nil {
		t.Scopes = old.Scopes
	}
	if t.Networks == nil {
		t.Networks = old.Networks
	}
	return account
}

// addDetails asks for what the identity answer leaves out, and is s with it.
// identity is the account as that answer told it, history the one from before
// the check.
func (w *watch) addDetails(ctx context.Context, s Snapshot, identity Account, history []Check) Snapshot {
	s.Details.Busy = false
	limited, cancel := ctx, context.CancelFunc(func() {})
	if w.detailsLimit > 0 {
		limited, cancel = context.WithTimeout(ctx, w.detailsLimit)
	}
	defer cancel()
	got := w.client.details(limited, *s.Account)
	if ctx.Err() != nil {
		return s
	}
	w.detailedAt = wallTime()
	// Where some details are missing, the earlier ones are better than none.
	account := *s.Account
	if got.problem == "" {
		account = identity
	}
	account = merge(account, got)
	s.Account = &account
	s.Details.Problem = got.problem
	if got.organizations != nil || got.token != nil {
		s.Details.CheckedAt = w.detailedAt
	}
	s.Health = overlayExpiry(s.Health, account.Token, w.client.profile.ExpiryWarning, w.detailedAt)
	s.History = appendCheck(history, s.Health)
	w.good = s.Account
	return s
}

// appendCheck is the history with one more check, in a slice of its own.
func appendCheck(history []Check, h Health) []Check {
	kept := history[max(0, len(history)-HistorySize+1):]
	all := make([]Check, 0, len(kept)+1)
	return append(append(all, kept...), Check{
		At: h.CheckedAt, State: h.State, HTTPStatus: h.HTTPStatus, Latency: h.Latency,
	})
}
