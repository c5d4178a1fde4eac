package client

import (
	"fmt"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// overlayExpiry makes a healthy profile expiring where its token ends within
// the warning time, and an expiring one healthy where it does not. The texts
// of other states stay.
func overlayExpiry(h account.Health, t account.Token, warning time.Duration, now time.Time) account.Health {
	if !h.State.Answered() {
		return h
	}
	h.State, h.Explanation, h.Remedy = account.Healthy, "", ""
	if t.Expiry.KindOrUnknown() != account.ExpiryDate || t.Expiry.At.Sub(now) > warning {
		return h
	}
	h.State = account.Expiring
	end := t.Expiry.At.UTC()
	if left := end.Sub(now); left > 0 {
		h.Explanation = fmt.Sprintf("The token ends in %s, on %s.", text.Roughly(left), end.Format(text.DateLayout(left)))
		h.Remedy = "Renew it before then, and put the new one where this profile takes its token from."
		return h
	}
	if end.After(h.CheckedAt) {
		h.Explanation = fmt.Sprintf("The token ended on %s; the service has not been asked since.", end.Format(text.DateLayout(0)))
		h.Remedy = "Renew it, and put the new one where this profile takes its token from."
		return h
	}
	h.Explanation = fmt.Sprintf("The token should have ended on %s, yet the service still accepts it: "+
		"the clock of this computer may be wrong.", end.Format(text.DateLayout(0)))
	h.Remedy = "Compare this computer's clock with the true time; if it is right, renew the token now."
	return h
}

// expiryMoment is the next time after now at which a profile in this health is
// to be told otherwise, because its token ends or is about to; zero for none.
func expiryMoment(h account.Health, t account.Token, warning time.Duration, now time.Time) time.Time {
	if !h.State.Answered() || t.Expiry.KindOrUnknown() != account.ExpiryDate {
		return time.Time{}
	}
	for _, at := range []time.Time{t.Expiry.At.Add(-warning), t.Expiry.At} {
		if at.After(now) {
			return at
		}
	}
	return time.Time{}
}
