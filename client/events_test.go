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
				e.add(w, busy, true)
				if c.gone {
					e.arrange(nil)
				}
				pass(c.took)
				e.add(w, done, true)
				pass(time.Second)
				if got := brief(r.of("work")); got != c.want {
					t.Errorf("it was told %q, want %q", got, c.want)
				}
			})
		})
	}
}

// What only confirms what is known comes with the other confirmations of its second, in
// one event; news takes them along, and the end of a check that was seen to go on is
// news.
func TestConfirmationsComeTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		all := []*watch{{}, {}, {}}
		e, r := newEvents(), &recorder{}
		e.arrange(all)
		go e.sendAll(ctx, r.send)
		add := func(i int, news bool) {
			e.add(all[i], account.Snapshot{Profile: string(rune('a' + i)), Health: account.Health{State: account.Healthy}}, news)
		}
		pass(100 * time.Millisecond)
		add(0, false)
		pass(400 * time.Millisecond)
		add(1, false)
		pass(400 * time.Millisecond)
		if n := r.count(); n != 0 {
			t.Errorf("%d events within the second", n)
		}
		pass(200 * time.Millisecond)
		if n := r.count(); n != 1 || len(r.of("a")) != 1 || len(r.of("b")) != 1 {
			t.Errorf("%d events after it: %v", n, r.events)
		}
		add(0, false)
		add(2, true)
		pass(gatherTime)
		if n := r.count(); n != 2 || len(r.of("a")) != 2 {
			t.Errorf("%d events after news", n)
		}
		pass(2 * time.Second)
		e.add(all[0], account.Snapshot{Profile: "a", Busy: true}, true)
		pass(moment)
		add(0, false)
		pass(gatherTime)
		if told := brief(r.of("a")); r.count() != 4 || told != "healthy healthy +busy healthy" {
			t.Errorf("%d events, %q", r.count(), told)
		}
		// A profile that goes takes its confirmation along, and no other one's.
		add(2, false)
		e.arrange(all[:2])
		pass(2 * time.Second)
		add(1, false)
		pass(2 * time.Second)
		if r.count() != 5 || len(r.of("b")) != 2 {
			t.Errorf("%d events after one went: %v", r.count(), r.events)
		}
	})
}
