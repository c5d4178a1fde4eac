package client

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"rollcall/client/account"
	"rollcall/client/store"
)

func TestRunTellsEachStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		p := NewPoller([]*Client{f.client("work"), f.client("off", func(p *Profile) { p.Unasked.State = account.Disabled })}, memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)

		if len(r.events[0].Snapshots) != 2 {
			t.Fatalf("the first event has %d profiles", len(r.events[0].Snapshots))
		}
		if got, want := brief(r.of("work")), "checking healthy+details healthy"; got != want {
			t.Errorf("work went %s, want %s", got, want)
		}
		if got := brief(r.of("off")); got != "disabled" {
			t.Errorf("off went %s", got)
		}
		identity, last := r.of("work")[1], r.last("work")
		if identity.Account == nil || identity.Account.Organizations != nil || !identity.Details.CheckedAt.IsZero() {
			t.Errorf("before the details it is %+v", identity)
		}
		if len(last.Account.Organizations) != 1 || last.Details.CheckedAt.IsZero() || last.Stale() || len(last.History) != 1 {
			t.Errorf("at the end it is %+v", last)
		}
		if wait := time.Until(last.NextAt); wait < 50*time.Second || wait > 66*time.Second {
			t.Errorf("the next check is due in %v", wait)
		}
	})
}

func TestRunChecksSideBySideAndOnInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		begun := time.Now()
		var clients []*Client
		for i := range 100 {
			clients = append(clients, f.client(fmt.Sprintf("p%02d", i)))
		}
		clients = append(clients, f.client("never", func(p *Profile) { p.Interval = 0 }))
		r, stop := start(t, NewPoller(clients, memory(t)))
		defer stop()
		pass(10 * time.Second)
		for _, req := range f.asked("/me") {
			if req.at != begun {
				t.Fatalf("%s was asked %v after the start", req.host, req.at.Sub(begun))
			}
		}
		pass(10 * time.Minute)
		counts, moments := map[string]int{}, map[time.Duration]bool{}
		for _, req := range f.asked("/me") {
			counts[req.host]++
			moments[req.at.Sub(begun)] = true
		}
		for host, n := range counts {
			if host == "never.example" && n != 1 {
				t.Errorf("without an interval it was asked %d times", n)
			}
			if host != "never.example" && (n < 10 || n > 12) {
				t.Errorf("%s was asked %d times in ten minutes", host, n)
			}
		}
		if len(moments) < 500 {
			t.Errorf("there are only %d different moments", len(moments))
		}
		if !r.last("never").NextAt.IsZero() {
			t.Error("a check is planned without an interval")
		}
	})
}

func TestRefreshCoalesces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.delay = func(*http.Request) time.Duration { return 3 * time.Second }
		p := NewPoller([]*Client{f.client("work"), f.client("other")}, memory(t))
		p.Refresh("work") // before Run: its first check serves it
		_, stop := start(t, p)
		pass(time.Second)
		for range 50 {
			p.Refresh("work", "unknown")
		}
		pass(20 * time.Second)
		counts := map[string]int{}
		for _, req := range f.asked("/me") {
			counts[req.host]++
		}
		if counts["work.example"] != 2 || counts["other.example"] != 1 {
			t.Errorf("asked %v", counts)
		}
		stop()
		p.Refresh()
	})
}

func TestEventsGatherWhileTheReceiverIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		var clients []*Client
		for i := range 20 {
			clients = append(clients, f.client(fmt.Sprintf("p%02d", 19-i)))
		}
		p := NewPoller(clients, memory(t))
		var sizes []int
		var busy atomic.Int32
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Second)
		defer cancel()
		p.Run(ctx, func(e account.Event) {
			if busy.Add(1) > 1 {
				t.Error("send runs twice at a time")
			}
			defer busy.Add(-1)
			sizes = append(sizes, len(e.Snapshots))
			if !slices.IsSortedFunc(e.Snapshots, func(a, b account.Snapshot) int { return strings.Compare(b.Profile, a.Profile) }) {
				t.Error("the snapshots are not in the order of the clients")
			}
			time.Sleep(30 * time.Second)
		})
		if len(sizes) != 4 || sizes[0] != 20 || sizes[1] != 20 {
			t.Errorf("the events have %v profiles", sizes)
		}
		if n := len(f.asked("/me")); n != 40 {
			t.Errorf("a slow receiver slowed the checks: %d", n)
		}
	})
}

func TestRunEndsInEveryPhase(t *testing.T) {
	for _, after := range []time.Duration{
		0, time.Millisecond, // before and during the identity
		1500 * time.Millisecond,                  // during the details
		time.Minute,                              // between checks
		62*time.Second + 500*time.Millisecond,    // somewhere later
		10*time.Minute + 1200*time.Millisecond/2, // much later
	} {
		t.Run(after.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFakeService()
				f.delay = func(*http.Request) time.Duration { return time.Second }
				p := NewPoller([]*Client{f.client("a"), f.client("b")}, memory(t))
				ctx, cancel := context.WithTimeout(t.Context(), after)
				defer cancel()
				begun := time.Now()
				p.Run(ctx, func(account.Event) {})
				if took := time.Since(begun); took != after {
					t.Errorf("it took %v to end", took-after)
				}
			})
		})
	}
}

func TestRunLeavesNothingBehind(t *testing.T) {
	before := goleak.IgnoreCurrent()
	f := newFakeService()
	f.delay = func(*http.Request) time.Duration { return time.Millisecond }
	dir := t.TempDir()
	p := NewPoller([]*Client{f.client("a"), f.client("b")}, open(t, dir))
	ctx, cancel := context.WithCancel(t.Context())
	p.Run(ctx, func(e account.Event) {
		if slices.ContainsFunc(e.Snapshots, func(s account.Snapshot) bool { return s.Health.State == account.Healthy }) {
			cancel()
		}
	})
	goleak.VerifyNone(t, before)
	a, _ := kept(open(t, dir), "a")
	b, _ := kept(open(t, dir), "b")
	if a.Health.State != account.Healthy && b.Health.State != account.Healthy {
		t.Error("what came last was not written")
	}
}

func TestOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		p := NewPoller([]*Client{
			f.client("a"), f.client("b"),
			f.client("c", func(p *Profile) { p.Unasked.State = account.Misconfigured }),
		}, memory(t))
		begun := time.Now()
		all := p.Once(t.Context())
		if took := time.Since(begun); took != 200*time.Millisecond {
			t.Errorf("it took %v", took)
		}
		if got := brief(all); got != "healthy healthy misconfigured" {
			t.Errorf("all are %s", got)
		}
		if all[0].Details.CheckedAt.IsZero() || len(all[0].Account.Organizations) != 1 || !all[0].NextAt.IsZero() {
			t.Errorf("the first is %+v", all[0])
		}
		some := p.Once(t.Context(), "b", "a", "b", "unknown")
		if len(some) != 2 || some[0].Profile != "a" || some[1].Profile != "b" || len(some[1].History) != 2 {
			t.Errorf("some are %+v", some)
		}
	})
}

func TestOnceEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, store := newFakeService(), memory(t)
		f.delay = func(r *http.Request) time.Duration {
			if r.URL.Host == "slow.example" || strings.HasSuffix(r.URL.Path, "/groups") {
				return 5 * time.Second
			}
			return 0
		}
		p := NewPoller([]*Client{f.client("slow"), f.client("fast")}, store)
		for range 2 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			all := p.Once(ctx)
			cancel()
			if got := brief(all); got != "checking healthy" {
				t.Errorf("it is %s", got)
			}
			if all[1].Details.Notes != nil || all[1].Account == nil {
				t.Errorf("the fast one is %+v", all[1])
			}
		}
		if _, ok := kept(store, "slow"); ok {
			t.Error("a check that did not end was kept")
		}
	})
}

func TestRestoredSnapshots(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f, store := newFakeService(), open(t, dir)
		NewPoller([]*Client{f.client("work"), f.client("moved")}, store).Once(t.Context())
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
		f.set(500, "")
		moved := newPlainClient(f.network(), "https://new.example", func(p *Profile) { p.Name = "moved" })
		off := f.client("work")
		off.fixed = account.Diagnosis{State: account.Disabled}
		p := NewPoller([]*Client{f.client("work"), moved}, open(t, dir))
		if got := brief(p.Stored()); got != "healthy+restored checking" {
			t.Errorf("stored is %s", got)
		}
		if s := NewPoller([]*Client{off}, open(t, dir)).Stored()[0]; s.Health.State != account.Disabled || s.Account == nil || s.Stale() {
			t.Errorf("switched off it is %+v", s)
		}
		r, stop := start(t, p)
		pass(time.Second)
		stop()
		if got := brief(r.of("work")); got != "healthy+restored server_error" {
			t.Errorf("it went %s", got)
		}
		if s := r.last("work"); !s.Stale() || len(s.History) != 1 || s.Health.LastOKAt.IsZero() {
			t.Errorf("then it is %+v", s)
		}
		if s := r.last("moved"); s.Account != nil || len(s.History) != 1 {
			t.Errorf("what was stored for another endpoint is shown: %+v", s)
		}
	})
}

// TestSinceOfProfilesThatNobodyAsks has nobody know since when a profile is switched off
// or wrong that was so when rollcall began, be anything known of it from before or not.
func TestSinceOfProfilesThatNobodyAsks(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		f, store := newFakeService(), open(t, dir)
		NewPoller([]*Client{f.client("work")}, store).Once(t.Context())
		pass(time.Hour)
		for _, state := range []account.State{account.Disabled, account.Misconfigured} {
			for _, name := range []string{"work", "new"} {
				c := f.client(name)
				c.fixed = account.Diagnosis{State: state}
				p := NewPoller([]*Client{c}, store)
				for when, s := range map[string]account.Snapshot{"stored": p.Stored()[0], "looked at": p.Once(t.Context())[0]} {
					if s.Health.State != state || !s.Since.IsZero() {
						t.Errorf("%s, %s and %s, it is so since %s", name, s.Health.State, when, s.Since)
					}
				}
			}
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestNoticeReachesTheReceiver(t *testing.T) {
	dir := writeFile(t, "occupied", nil)
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		store, notice, err := store.Open(dir, "/home/sam/config.toml")
		if err != nil {
			t.Fatal(err)
		}
		r, stop := start(t, NewPoller([]*Client{f.client("work")}, store))
		pass(5 * time.Minute)
		stop()
		for _, e := range r.events {
			notice += e.Notice
		}
		if strings.Count(notice, "cannot be kept") != 1 {
			t.Errorf("the notices are %q", notice)
		}
		if len(r.last("work").History) < 4 {
			t.Error("it did not go on")
		}
		if err := store.Close(); err != nil {
			t.Errorf("it is said again: %v", err)
		}
	})
}
