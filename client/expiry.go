package client

import (
	"time"

	"rollcall/client/account"
)

// overlayExpiry makes a healthy profile expiring where its token ends within
// the warning time, and an expiring one healthy where it does not. What that
// means is said by [account.Snapshot.Advice]: it changes with time.
func overlayExpiry(h account.Health, t account.Token, warning time.Duration, now time.Time) account.Health {
	if !h.State.Answered() {
		return h
	}
	h.Explanation, h.Remedy = "", ""
	h.State = nearEnd(h.State, t, warning, now)
	return h
}

// nearEnd is an answered state as the end of the token has it at a moment; any
// other state is as it was.
func nearEnd(s account.State, t account.Token, warning time.Duration, now time.Time) account.State {
	switch {
	case !s.Answered():
		return s
	case t.Expiry.KindOrUnknown() == account.ExpiryDate && t.Expiry.At.Sub(now) <= warning:
		return account.Expiring
	}
	return account.Healthy
}

// expiryMoment is the time after now from which a profile in this state is to
// be told as expiring; zero for none.
func expiryMoment(s account.State, t account.Token, warning time.Duration, now time.Time) time.Time {
	if !s.Answered() || t.Expiry.KindOrUnknown() != account.ExpiryDate {
		return time.Time{}
	}
	if at := t.Expiry.At.Add(-warning); at.After(now) {
		return at
	}
	return time.Time{}
}
