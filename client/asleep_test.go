package client

import (
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

// The end of a token comes near while the machine sleeps, too, and where no check is due
// that would find out.
func TestExpiryComesNearerAsleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		w := newWatch(f.client("work", func(p *Profile) { p.ExpiryWarning = time.Hour }), memory(t), nil)
		defer w.leave()
		w.last.Health.State, w.last.Verdict.State = account.Healthy, account.Healthy
		w.last.Account = &account.Account{Token: account.Token{
			Expiry: account.Expiry{Kind: account.ExpiryDate, At: time.Now().Add(2 * time.Hour).Round(0)},
		}}
		var told []account.State
		s := newScheduler(t.Context(), func(_ *watch, snap account.Snapshot, _ bool) { told = append(told, snap.Health.State) })
		s.rest(w, time.Now())
		// Nothing takes a turn meanwhile.
		time.Sleep(90 * time.Minute)
		s.turn()
		if len(told) != 1 || told[0] != account.Expiring {
			t.Errorf("it is told as %v", told)
		}
		time.Sleep(90 * time.Minute)
		if s.turn(); len(told) != 1 {
			t.Errorf("it is told again, as %v", told)
		}
	})
}
