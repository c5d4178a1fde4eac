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
}

// Advice is what the last check means at the moment of now. That of a coming end
// is made for this moment: it tells how much time is left, and a sentence from
// the time of the check would tell it wrongly.
func (s Snapshot) Advice(now time.Time) Advice {
	if s.Health.State != Expiring {
		return Advice{s.Health.Explanation, s.Health.Remedy, s.Health.action()}
	}
	if s.Account == nil || s.Account.Token.Expiry.KindOrUnknown() != ExpiryDate {
		return Advice{}
	}
	return endAdvice(s.Account.Token.Expiry.At.UTC(), s.Health.CheckedAt, now)
}

// endAdvice is that on the end of a token that the service accepted when it was
// last asked.
func endAdvice(end, checkedAt, now time.Time) Advice {
	if left := end.Sub(now); left > 0 {
		return Advice{
			fmt.Sprintf("The token ends in %s, on %s.", text.Roughly(left), end.Format(text.DateLayout(left))),
			"Renew it before then, and put the new one where this profile takes its token from.", ActionRotate,
		}
	}
	ended := end.Format(text.DateLayout(0))
	if end.After(checkedAt) {
		return Advice{
			fmt.Sprintf("The token ended on %s; the service has not been asked since.", ended),
			"Renew it, and put the new one where this profile takes its token from.", ActionRotate,
		}
	}
	return Advice{
		fmt.Sprintf("The token should have ended on %s, yet the service still accepts it: "+
			"the clock of this computer may be wrong.", ended),
		"Compare this computer's clock with the true time; if it is right, renew the token now.", ActionRotate,
	}
}
