package account

import (
	"fmt"
	"time"

	"rollcall/client/text"
)

// Advice is what a state means for a profile, in one sentence, and what to do
// about it, in another. Both are empty where there is nothing to say.
type Advice struct {
	Explanation, Remedy string
	// Action is the part of the remedy that rollcall can carry out.
	Action Action
	// Command is what [ActionCopy] copies in place of the remedy; empty for the
	// remedy itself.
	Command string
}

// Advice is what the last check means at the moment of now. That of a coming end
// is made for this moment: it tells how much time is left, and a sentence from
// the time of the check would tell it wrongly.
func (s Snapshot) Advice(now time.Time) Advice {
	if s.Health.State != Expiring {
		return s.Health.advice(now)
	}
	if s.Account == nil || s.Account.Token.Expiry.KindOrUnknown() != ExpiryDate {
		return Advice{}
	}
	return endAdvice(s.Account.Token.Expiry.At.UTC(), s.Health.CheckedAt, now)
}

// advice is that of a state in which nothing changes with time, but that the end of
// a refused token passes.
func (h Health) advice(now time.Time) Advice {
	explanation := h.Explanation
	if end := h.EndClaimed.UTC(); h.State == InvalidToken && !end.IsZero() && !end.After(now) {
		layout := "2006-01-02 at 15:04 UTC"
		if end.Equal(end.Truncate(24 * time.Hour)) {
			layout = time.DateOnly
		}
		explanation += " Its stated end was " + end.Format(layout) + "."
	}
	return Advice{explanation, h.Remedy, h.remedial(), h.Command}
}

// remedial is the action that the remedy comes down to.
func (h Health) remedial() Action {
	return Diagnosis{State: h.State, Action: h.Action, SignIn: h.SignIn}.Remedial()
}

// Remedial is the action of the advice, which is the same at any moment.
func (s Snapshot) Remedial() Action {
	if s.Health.State != Expiring {
		return s.Health.remedial()
	}
	return s.Advice(s.Health.CheckedAt).Action
}

// endAdvice is that on the end of a token that the service accepted when it was
// last asked.
func endAdvice(end, checkedAt, now time.Time) Advice {
	if left := end.Sub(now); left > 0 {
		return Advice{
			Action: ActionRotate, Explanation: fmt.Sprintf("The token ends in %s, on %s.", text.Remaining(left), end.Format(text.DateLayout(left))),
			Remedy: "Renew it before then, and put the new one where this profile takes its token from.",
		}
	}
	ended := end.Format(text.DateLayout(0))
	if end.After(checkedAt) {
		return Advice{
			Action: ActionRotate, Explanation: fmt.Sprintf("The token ended on %s; the service has not been asked since.", ended),
			Remedy: "Renew it, and put the new one where this profile takes its token from.",
		}
	}
	return Advice{
		Action: ActionRotate,
		Explanation: fmt.Sprintf("The token should have ended on %s, yet the service still accepts it: "+
			"the clock of this computer may be wrong.", ended),
		Remedy: "Compare this computer's clock with the true time; if it is right, renew the token now.",
	}
}
