package account

import (
	"cmp"
	"fmt"
	"strings"
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
	// LongWait is set where the service wants no request for so long that a person may
	// want to ask it all the same.
	LongWait bool
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
// a refused token passes, and the time until which the service wants no request for long.
func (h Health) advice(now time.Time) Advice {
	explanation := h.Explanation
	if end := h.EndClaimed.UTC(); h.State == InvalidToken && !end.IsZero() && !end.After(now) {
		layout := "2006-01-02 at 15:04 UTC"
		if end.Equal(end.Truncate(24 * time.Hour)) {
			layout = time.DateOnly
		}
		explanation += " Its stated end was " + end.Format(layout) + "."
	}
	remedy, long := h.Remedy, h.RetryAt.Sub(now) > longWait
	if long && h.State.Inconclusive() {
		// First, so that it is seen where there is room for few words. A short one is
		// told by what stands beside the state.
		remedy = strings.TrimSpace(h.wait(now) + " " + remedy)
	}
	return Advice{explanation, remedy, h.remedial(), h.Command, long}
}

// longWait is from when on a wait is a long one.
const longWait = time.Hour

// wait says until when the service wants no request; empty where it does not mind.
func (h Health) wait(now time.Time) string {
	if !h.RetryAt.After(now) {
		return ""
	}
	// Rounded up: whoever asks at the time that is told is not too early.
	until := h.RetryAt.UTC().Add(time.Second - time.Nanosecond)
	return "The service wants no request before " + until.Format(time.DateTime+" MST") + "."
}

// WaitQuestion asks a person whether the service is to be asked although it wants no
// request yet, and quotes it; empty where it does not mind.
func (s Snapshot) WaitQuestion(now time.Time) string {
	h := s.Health
	question := h.wait(now)
	if question == "" {
		return ""
	}
	question += " That is in " + text.Countdown(h.RetryAt.Sub(now)) + "."
	switch said := text.Clip(cmp.Or(h.Description, h.Code), text.MaxFact); {
	case said != "":
		question += " It said: \"" + said + "\"."
	case h.HTTPStatus != 0:
		question += fmt.Sprintf(" It answered with status %d.", h.HTTPStatus)
	}
	return question + " Ask it all the same?"
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
