package client

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"time"

	"rollcall/client/account"
	"rollcall/client/transport"
)

// absorb is the snapshot after a check: what it found, with what was known
// before where it found nothing. changes is what is different in the account.
func (w *watch) absorb(out outcome) (s account.Snapshot, changes []account.Change) {
	before := w.last
	w.join(w.client.limited(out.bearer))
	if out.coolingDown && before.Health.RetryAt.After(out.at) {
		// It is the service's answer to this profile that says to wait, and
		// it still tells more than that nothing was asked.
		until := out.snapshot.Health.RetryAt
		s = before
		s.Health.RetryAt = until
		return s, nil
	}
	s = out.snapshot
	s.Details, s.Named = before.Details, cmp.Or(s.Named, before.Named)
	if s.Account != nil {
		acc := w.carry(*s.Account, out.bearer.Fingerprint())
		s.Account = &acc
		if w.good != nil && w.good.User.ID != acc.User.ID {
			// They were about somebody else.
			s.Details = account.DetailsStatus{}
		}
		s.Health = overlayExpiry(s.Health, acc.Token, w.client.profile.ExpiryWarning, out.at)
		w.identify(&s)
		if s.Health.State == account.ScopeMissing {
			w.complete(&s, before.Account)
		}
	} else {
		s.Account, s.AccountAt = before.Account, before.AccountAt
		if w.good != nil {
			s.Account, s.AccountAt = w.good, w.goodAt
		}
	}
	s.Account = known(before.Account, s.Account)
	if s.Health.State.Answered() {
		changes = accountChanges(w.good, s.Account, out.at)
		w.good, w.goodAt, w.fingerprint = s.Account, s.AccountAt, out.bearer.Fingerprint()
	}
	if s.Health.LastOKAt.IsZero() {
		s.Health.LastOKAt = before.Health.LastOKAt
	}
	if s.Health.State.Inconclusive() {
		// What could not be asked takes nothing back.
		s.Health.EndClaimed, s.Stated = before.Health.EndClaimed, before.Stated
	}
	if s.Account != nil {
		s.Stated = nil
	}
	s.History = before.History
	if !s.Health.CheckedAt.IsZero() {
		s.History = appendCheck(before.History, out.newCheck(s.Health))
		w.remember(out, s.Health.State)
	}
	if s.RateLimit == (account.RateLimit{}) {
		s.SetRateLimits(slices.DeleteFunc(before.RateLimits(), func(r account.RateLimit) bool { return !r.ResetAt.After(out.at) }))
	}
	s.Notes = s.Notes.WithCuts(s.Account, s.Details.Notes)
	w.takeRate(&s)
	return s, changes
}

// known is what was known before where the new account says the same: whoever keeps
// either then keeps one of them, which may have thousands of organizations.
func known(before, after *account.Account) *account.Account {
	if before != nil && after != nil && reflect.DeepEqual(before, after) {
		return before
	}
	return after
}

// chronicle completes a snapshot that a check or the passing of time has left
// at a moment: since when its state is what it is, what the verdict is, and what
// has changed. An outage is no change: it says nothing of the profile.
func chronicle(before account.Snapshot, s *account.Snapshot, changes []account.Change, at time.Time) {
	s.Since = before.Since
	if s.Health.State != before.Health.State || s.Since.IsZero() {
		s.Since = at
	}
	if s.Health.CheckedAt.IsZero() && s.Health.State != account.CredentialMissing && before.Since.IsZero() {
		// It was so before anybody looked.
		s.Since = time.Time{}
	}
	judge(before, s, at)
	changes = slices.Concat(stateChange(said(before), s.Health.State, at), changes)
	changes = changes[max(0, len(changes)-maxNoticed):]
	all := slices.Concat(before.Changes, changes)
	s.Changes = all[max(0, len(all)-max(account.MaxChanges, len(changes))):]
}

// maxNoticed is how many changes of one check are told. The snapshot carries all
// of them until the next one, since this is how they get to the store.
const maxNoticed = 100

// join makes the watch one of those who use a credential.
func (w *watch) join(fingerprint string) {
	if fingerprint == "" || fingerprint == w.bearer {
		return
	}
	w.client.network.budgets.Switch(w, w.bearer, fingerprint)
	w.bearer, w.record, w.rateAt = fingerprint, nil, time.Time{}
}

// takeRate makes the snapshot's rate limits those that were told last to any
// profile with the same credential. It reports whether that is news.
func (w *watch) takeRate(s *account.Snapshot) bool {
	all, at := w.client.network.budgets.Latest(w.bearer)
	news := !at.Equal(w.rateAt)
	if news {
		w.rateAt = at
		s.SetRateLimits(all)
	}
	if s.RateLimit.Limit == nil && w.record != nil {
		s.RateLimit.Limit = w.record.Limit
		s.RateLimit.Source = cmp.Or(s.RateLimit.Source, w.record.Source)
	}
	return news
}

// remember keeps what the next check must know of this one.
func (w *watch) remember(out outcome, state account.State) {
	w.refused = ""
	if state == account.InvalidToken {
		w.refused = out.bearer.Fingerprint()
	}
	if state == account.RateLimited {
		w.refusals++
	} else {
		w.refusals = 0
	}
}

// identify compares the user who answered with the one that the profile is
// pinned to. The first good answer pins it, and to the address where the service has
// that told.
func (w *watch) identify(s *account.Snapshot) {
	name, endpoint := w.client.profile.Name, w.client.Endpoint()
	if !s.Health.State.Answered() {
		return
	}
	id, decisions := s.Account.User.ID, w.store.Decisions()
	if known := w.pinned == id && w.pinnedAfter == decisions; w.client.profile.Identity == "" && id != "" && !known {
		pin, pinned := w.store.Pin(name, endpoint)
		if pinned {
			checkIdentity(s, pin)
		} else {
			w.store.PinOnce(name, endpoint, id)
		}
		if !pinned || pin == id {
			w.pinned, w.pinnedAfter = id, decisions
		}
	}
	if s.Named != "" && s.Health.State.Answered() {
		w.store.PlaceOnce(name, endpoint, s.Named)
	}
}

// carry completes an identity answer with what earlier details told of the
// same user, until new ones come. Nil organizations are those that an
// identity answer does not tell of.
func (w *watch) carry(acc account.Account, fingerprint string) account.Account {
	before := w.good
	if before == nil || before.User.ID != acc.User.ID {
		return acc
	}
	if acc.Organizations == nil {
		acc.TakeOrganizations(*before)
	}
	info := w.client.service.Info()
	if info.LateEmails && before.User.Emails != nil {
		acc.TakeEmails(*before)
	}
	if info.LateLinks && before.LinkedAccounts != nil {
		acc.TakeLinkedAccounts(*before)
	}
	// Which credential that was in an earlier run is not known.
	same := w.fingerprint == "" || w.fingerprint == fingerprint
	t, old := &acc.Token, before.Token
	if !same || t.ID != "" && t.ID != old.ID || t.Kind != "" && t.Kind != old.Kind {
		return acc
	}
	t.ID, t.Kind, t.Name = cmp.Or(t.ID, old.ID), cmp.Or(t.Kind, old.Kind), cmp.Or(t.Name, old.Name)
	if t.Expiry.KindOrUnknown() == account.ExpiryUnknown {
		t.Expiry = old.Expiry
	}
	if t.Scopes == nil {
		t.Scopes, t.Totals.Scopes = old.Scopes, old.Totals.Scopes
	}
	if t.Networks == nil {
		t.Networks, t.Totals.Networks = old.Networks, old.Totals.Networks
	}
	if t.Caveats == nil {
		t.Caveats, t.Totals.Caveats = old.Caveats, old.Totals.Caveats
	}
	if t.Facts == nil {
		t.Facts, t.Totals.Facts = old.Facts, old.Totals.Facts
	}
	return acc
}

// complete adds what is known to the account of a token that tells of its user
// by itself: the user, from a good answer, and what details told of the token.
func (w *watch) complete(s *account.Snapshot, before *account.Account) {
	account := *s.Account
	if w.good != nil && w.good.User.ID == account.User.ID {
		token := account.Token
		account, s.AccountAt = *w.good, w.goodAt
		account.Token = token
	}
	if before != nil && before.Token.ID == account.Token.ID {
		account.Token = before.Token
	}
	s.Account = &account
}

// untold is an account with what of it was not known until the first details told
// it, which is no change.
func (w *watch) untold(before, after *account.Account, first bool) *account.Account {
	if !first {
		return before
	}
	info, known := w.client.service.Info(), *before
	if info.LateEmails {
		known.TakeEmails(*after)
	}
	if info.LateLinks {
		known.TakeLinkedAccounts(*after)
	}
	return &known
}

// addDetails asks for what the identity answer leaves out, and is s with it.
// out has the account as that answer told it. changes is what is different in
// the account.
func (w *watch) addDetails(ctx context.Context, s account.Snapshot, out outcome) (_ account.Snapshot, changes []account.Change) {
	s.Details.Busy = false
	limited, cancel := ctx, context.CancelFunc(func() {})
	if w.detailsLimit > 0 {
		limited, cancel = context.WithTimeout(ctx, w.detailsLimit)
	}
	defer cancel()
	sent := w.client.sent.Load()
	got := w.client.details(limited, *s.Account, out.bearer)
	if ctx.Err() != nil {
		return s, nil
	}
	w.detailedAt, w.detailsCost = transport.WallTime(), w.client.sent.Load()-sent
	// Where some details are missing, the earlier ones are better than none.
	acc, before, first := *s.Account, s.Account, s.Details.CheckedAt.IsZero()
	if len(got.Notes) == 0 && s.Health.State.Answered() {
		acc = *out.snapshot.Account
	}
	acc = merge(acc, got)
	if acc.Token.Expiry.KindOrUnknown() == account.ExpiryUnknown {
		// The end of a token is not forgotten.
		acc.Token.Expiry = before.Token.Expiry
	}
	s.Account = known(before, &acc)
	s.Details.Notes = got.Notes
	s.Notes = s.Notes.WithCuts(s.Account, got.Notes)
	if got.Organizations != nil || got.Emails != nil || got.LinkedAccounts != nil || got.Token != nil {
		s.Details.CheckedAt = w.detailedAt
	}
	s.Health = overlayExpiry(s.Health, acc.Token, w.client.profile.ExpiryWarning, w.detailedAt)
	s.History = slices.Clone(s.History)
	s.History[len(s.History)-1].State = s.Health.State
	if s.Health.State.Answered() {
		changes = accountChanges(w.untold(before, s.Account, first), s.Account, w.detailedAt)
		w.good = s.Account
	}
	if got.Rate != nil && got.Rate.Limit != nil {
		w.record = got.Rate
		w.client.network.budgets.LearnLimit(w.bearer, *got.Rate.Limit)
	}
	w.client.network.budgets.Note(w.bearer, got.Rates, w.detailedAt)
	w.takeRate(&s)
	return s, changes
}
