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
	h.State, h.Explanation, h.Remedy = account.Healthy, "", ""
	if t.Expiry.KindOrUnknown() == account.ExpiryDate && t.Expiry.At.Sub(now) <= warning {
		h.State = account.Expiring
	}
	return h
}

// expiryMoment is the time after now from which a profile in this health is to
// be told as expiring; zero for none.
func expiryMoment(h account.Health, t account.Token, warning time.Duration, now time.Time) time.Time {
	if !h.State.Answered() || t.Expiry.KindOrUnknown() != account.ExpiryDate {
		return time.Time{}
	}
	if at := t.Expiry.At.Add(-warning); at.After(now) {
		return at
	}
	return time.Time{}
}
