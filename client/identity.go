package client

import (
	"fmt"
	"time"

	"rollcall/client/account"
	"rollcall/client/text"
)

// checkIdentity makes an answer from another user than the wanted one
// wrong_account. It changes nothing where no user is wanted, none answered, or the
// service names none.
// Such an answer is not as hoped: LastOKAt is cleared where this check set it.
func checkIdentity(s *account.Snapshot, want string) {
	want = text.Harmless(want)
	if want == "" || !s.Health.State.Answered() || s.Account == nil ||
		text.Harmless(s.Account.User.ID) == want || s.Account.User.ID == "" {
		return
	}
	h := &s.Health
	h.State, h.Wanted, h.Action, h.Command = account.WrongAccount, want, "", ""
	h.Explanation = "The service answered as user " + s.Account.User.ID + ", but this profile belongs to user " + want + "."
	h.Remedy = fmt.Sprintf("Give the profile a credential of %s. If the change is intended, run: rollcall pin %s, "+
		"or change the profile's identity setting where it has one.", want, text.Harmless(s.Profile))
	if h.LastOKAt.Equal(h.CheckedAt) {
		h.LastOKAt = time.Time{}
	}
}
