package insight

import (
	"slices"
	"time"

	"rollcall/client/account"
)

// Urgency says whether a person has to look after a profile.
type Urgency string

// The urgencies, in the order in which profiles stand.
const (
	UrgencyNow     Urgency = "now"
	UrgencySoon    Urgency = "soon"
	UrgencyWaiting Urgency = "waiting"
	UrgencyFine    Urgency = "fine"
	UrgencySnoozed Urgency = "snoozed"
	UrgencyOff     Urgency = "off"
)

// Urgencies returns every urgency in the order of the constants.
func Urgencies() []Urgency {
	return []Urgency{UrgencyNow, UrgencySoon, UrgencyWaiting, UrgencyFine, UrgencySnoozed, UrgencyOff}
}

// rank is the place of the urgency among all.
func (u Urgency) rank() int { return slices.Index(Urgencies(), u) }

const (
	// lastDay is how long before its end a token is urgent.
	lastDay = 24 * time.Hour
	// longUnasked is how long a profile that cannot be asked may wait.
	longUnasked = 7 * 24 * time.Hour
)

// UrgencyOf is the urgency of a profile at a moment. warning is how long before
// its end a token is to be renewed.
func UrgencyOf(s *account.Snapshot, now time.Time, warning time.Duration) Urgency {
	return urgencyOf(s, Ends(s), now, warning)
}

// urgencyOf is that of a profile whose token ends at a moment; zero for never.
func urgencyOf(s *account.Snapshot, at, now time.Time, warning time.Duration) Urgency {
	state, left, ends := s.Health.State, at.Sub(now), !at.IsZero()
	switch {
	case state == account.Disabled:
		return UrgencyOff
	case Snoozed(s, now):
		return UrgencySnoozed
	case refused(s), wrong(state), unknown(s), unaskedFor(s, now) >= longUnasked, ends && left <= min(lastDay, max(0, warning)):
		return UrgencyNow
	case ends && left <= warning:
		return UrgencySoon
	case state.Inconclusive(), state.Severity() == account.SeverityNone, state == "":
		return UrgencyWaiting
	}
	return UrgencyFine
}

// Snoozed reports whether the wish not to be told of a profile holds: its time
// is not over, and the verdict is still the one that it was said of.
func Snoozed(s *account.Snapshot, now time.Time) bool {
	return now.Before(s.Snooze.Until) && s.Verdict.State == s.Snooze.Verdict
}

// Ends is when the token of a profile ends; zero where it never does, or where
// that is not known.
func Ends(s *account.Snapshot) time.Time {
	if e := s.Expiry(); e.KindOrUnknown() == account.ExpiryDate {
		return e.At
	}
	return time.Time{}
}

// refused reports whether the service last judged the credential to be bad.
func refused(s *account.Snapshot) bool {
	return s.Verdict.State != "" && s.Verdict.State.Severity() == account.SeverityFail
}

// wrong reports whether the state says that the profile itself is wrong.
func wrong(s account.State) bool {
	switch s {
	case account.CredentialMissing, account.Misconfigured, account.NotFound, account.BadRequest:
		return true
	}
	return false
}

// unknown reports whether no service has ever been found where the profile looks
// for it: most often its address is wrong.
func unknown(s *account.Snapshot) bool {
	switch s.Health.State {
	case account.Unreachable, account.BadResponse:
		return s.Verdict.State == "" && s.Health.Code != account.CodeOutOfTime
	}
	return false
}

// unaskedFor is for how long the profile could not be asked.
func unaskedFor(s *account.Snapshot, now time.Time) time.Duration {
	if s.UnaskedSince.IsZero() || !s.Health.State.Inconclusive() {
		return 0
	}
	return now.Sub(s.UnaskedSince)
}
