package client

import (
	"fmt"
	"time"
)

// overlayExpiry makes a healthy profile expiring where its token ends within
// the warning time, and an expiring one healthy where it does not. The texts
// of other states stay.
func overlayExpiry(h Health, t Token, warning time.Duration, now time.Time) Health {
	if !h.State.Answered() {
		return h
	}
	h.State, h.Explanation, h.Remedy = Healthy, "", ""
	if t.Expiry.KindOrUnknown() != ExpiryDate || t.Expiry.At.Sub(now) > warning {
		return h
	}
	h.State = Expiring
	end := t.Expiry.At.UTC()
	if left := end.Sub(now); left > 0 {
		h.Explanation = fmt.Sprintf("The token ends in %s, on %s.", roughly(left), end.Format(dateFormat(left)))
		h.Remedy = "Renew it before then, and put the new one where this profile takes its token from."
		return h
	}
	if end.After(h.CheckedAt) {
		h.Explanation = fmt.Sprintf("The token ended on %s; the service has not been asked since.", end.Format(dateFormat(0)))
		h.Remedy = "Renew it, and put the new one where this profile takes its token from."
		return h
	}
	h.Explanation = fmt.Sprintf("The token should have ended on %s, yet the service still accepts it: "+
		"the clock of this computer may be wrong.", end.Format(dateFormat(0)))
	h.Remedy = "Compare this computer's clock with the true time; if it is right, renew the token now."
	return h
}

// expiryMoment is the next time after now at which a profile in this health is
// to be told otherwise, because its token ends or is about to; zero for none.
func expiryMoment(h Health, t Token, warning time.Duration, now time.Time) time.Time {
	if !h.State.Answered() || t.Expiry.KindOrUnknown() != ExpiryDate {
		return time.Time{}
	}
	for _, at := range []time.Time{t.Expiry.At.Add(-warning), t.Expiry.At} {
		if at.After(now) {
			return at
		}
	}
	return time.Time{}
}

// dateFormat tells the time of day as well where a day is not exact enough.
func dateFormat(left time.Duration) string {
	if left < 48*time.Hour {
		return time.DateOnly + " 15:04 MST"
	}
	return time.DateOnly
}

// roughly tells a positive duration in its largest fitting unit: "9 days".
func roughly(d time.Duration) string {
	for _, u := range []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		n := int(d / u.size)
		if n >= 2 || n == 1 && u.size <= time.Minute {
			return plural(n, u.name)
		}
	}
	return "a moment"
}

// plural is a number with its unit: "1 day", "2 days".
func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// checkIdentity makes an answer from another user than the wanted one
// wrong_account. It changes nothing where no user is wanted or none answered.
// Such an answer is not as hoped: LastOKAt is cleared where this check set it.
func checkIdentity(s *Snapshot, want string) {
	if want == "" || !s.Health.State.Answered() || s.Account == nil || s.Account.User.ID == want {
		return
	}
	h := &s.Health
	h.State, h.Wanted = WrongAccount, want
	h.Explanation = "The service answered as user " + s.Account.User.ID + ", but this profile belongs to user " + want + "."
	h.Remedy = fmt.Sprintf("Give the profile a credential of %s. If the change is intended, run: rollcall pin %s, "+
		"or change the profile's identity setting where it has one.", want, s.Profile)
	if h.LastOKAt.Equal(h.CheckedAt) {
		h.LastOKAt = time.Time{}
	}
}
