package insight

import (
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// DueKind says what the moment of a [Due] is.
type DueKind string

// The kinds of due. The zero value stands for nothing to tell.
const (
	// DueEnd is the end of the token, which may have passed.
	DueEnd DueKind = "end"
	// DueNever stands for a token that never ends; it has no moment.
	DueNever DueKind = "never"
	// DueSince is when the trouble began.
	DueSince DueKind = "since"
	// DueNext is the next try.
	DueNext DueKind = "next"
	// DueSnooze is the end of the snooze.
	DueSnooze DueKind = "snooze"
)

// Due is the moment that matters most about a profile.
type Due struct {
	Kind DueKind
	At   time.Time
}

// Words are the due in a column: "1h53m" ahead, "2d ago" behind, "never", or
// nothing.
func (d Due) Words(now time.Time) string {
	left := d.At.Sub(now)
	switch {
	case d.Kind == DueNever:
		return "never"
	case d.Kind == "":
		return ""
	case d.Kind == DueSince, d.Kind == DueEnd && left <= 0:
		return text.Ago(-left)
	case d.Kind == DueNext && left <= 0:
		return "now"
	case d.Kind == DueNext:
		return text.Countdown(left)
	}
	return text.Remaining(left)
}

// Reason says in one or two words what the due is about: "ends", "limit", "wrong".
// It is empty where all is well.
func (s Standing) Reason(h account.Health, now time.Time) string {
	return s.reason(h, now, account.State.Brief)
}

// FullReason is [Standing.Reason] with the state in full: "invalid token".
func (s Standing) FullReason(h account.Health, now time.Time) string {
	return s.reason(h, now, func(state account.State) string {
		if state.Brief() == "" {
			return ""
		}
		return state.Word()
	})
}

func (s Standing) reason(h account.Health, now time.Time, word func(account.State) string) string {
	switch {
	case s.Urgency == UrgencyOff:
		return "off"
	case s.Urgency == UrgencySnoozed:
		return "snoozed"
	case s.Due.Kind == DueEnd && !s.Due.At.After(now):
		return "ended"
	case s.Due.Kind == DueEnd && s.Urgency != UrgencyFine:
		return account.Expiring.Brief()
	case s.Unasked:
		return word(h.State)
	}
	return word(s.State)
}
