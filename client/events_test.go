package client

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
)

// That a check has begun is told once it takes longer than a moment, and not after its
// result.
func TestOnlyLongChecksAreToldOf(t *testing.T) {
	busy := account.Snapshot{Profile: "work", Busy: true}
	done := account.Snapshot{Profile: "work", Health: account.Health{State: account.Healthy}}
	for name, c := range map[string]struct {
		took time.Duration
		gone bool
		want string
	}{
		"short": {took: moment - time.Millisecond, want: "healthy"},
		"long":  {took: moment + time.Millisecond, want: "+busy healthy"},
		"gone":  {took: time.Minute, gone: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				w, e, r := &watch{}, newEvents(), &recorder{}
				e.arrange([]*watch{w})
				go e.sendAll(ctx, r.send)
				e.add(w, busy)
				if c.gone {
					e.arrange(nil)
				}
				pass(c.took)
				e.add(w, done)
				pass(time.Second)
				if got := brief(r.of("work")); got != c.want {
					t.Errorf("it was told %q, want %q", got, c.want)
				}
			})
		})
	}
}
