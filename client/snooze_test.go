package client

import (
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

// TestSnoozeFromAnotherRun has a command snooze a profile while a dashboard runs,
// and take that back.
func TestSnoozeFromAnotherRun(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f, own, other := newFakeService(), open(t, dir), open(t, dir)
		c := f.client("work", func(p *Profile) { p.Interval = 24 * time.Hour })
		r, stop := start(t, NewPoller([]*Client{c}, own))
		defer stop()
		pass(time.Minute)
		verdict := r.last("work").Verdict.State
		asked := len(f.asked("/me"))
		z := account.Snooze{Until: time.Now().Add(7 * 24 * time.Hour).Truncate(time.Second), Note: "Kim", Verdict: verdict}
		for _, want := range []account.Snooze{z, {}} {
			if err := other.Snooze("work", c.Endpoint(), want); err != nil {
				t.Fatal(err)
			}
			pass(5 * time.Second)
			if got := r.last("work").Snooze; !got.Until.Equal(want.Until) || got.Note != want.Note || got.Verdict != want.Verdict {
				t.Errorf("the snooze is %+v, want %+v", got, want)
			}
		}
		if n := len(f.asked("/me")); n != asked {
			t.Errorf("asked %d times more", n-asked)
		}
	})
}
