package client

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"rollcall/client/account"
)

// clients are new clients of the service on one network, by name; a name with
// a star is a profile that changed, one with a dash is switched off.
func (f *fakeService) clients(n *Network, names string) (all []*Client) {
	for name := range strings.FieldsSeq(names) {
		name, changed := strings.CutSuffix(name, "*")
		name, off := strings.CutSuffix(name, "-")
		c := newPlainClient(n, "https://"+name+".example", func(p *Profile) {
			p.Name, p.Interval = name, time.Minute
			if changed {
				p.Credential = fixedCredential{secret: "another-secret"}
			}
		})
		if off {
			c.profile.Unasked.State = account.Disabled
			c.fixed = c.profile.Unasked
		}
		all = append(all, c)
	}
	return all
}

// profiles are the names of what is known, in its order.
func profiles(all []account.Snapshot) string {
	var names []string
	for _, s := range all {
		names = append(names, s.Profile)
	}
	return strings.Join(names, " ")
}

func TestReplaceKeepsWhatDidNotChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		n := f.network()
		p := NewPoller(f.clients(n, "kept changed gone"), memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(30 * time.Second)
		kept := r.last("kept")
		seen := len(r.events)
		p.Replace(f.clients(n, "new changed* kept"))
		pass(time.Second)

		for host, want := range map[string]int{"kept": 1, "changed": 2, "gone": 1, "new": 1} {
			asked := f.asked("/me")
			asked = slices.DeleteFunc(asked, func(q fakeRequest) bool { return q.host != host+".example" })
			if len(asked) != want {
				t.Errorf("%s was asked %d times, want %d", host, len(asked), want)
			}
			if last := asked[len(asked)-1]; host == "changed" && last.token != "another-secret" {
				t.Errorf("it was asked with %q", last.token)
			}
		}
		fresh := r.of("changed")
		for _, s := range fresh[len(fresh)-2:] {
			if s.Details.Busy && s.Account.Token.Name != "" {
				t.Errorf("what the old token was like is told of the new one: %+v", s.Account.Token)
			}
		}
		if got := profiles(p.Stored()); got != "new changed kept" {
			t.Errorf("the profiles are %s", got)
		}
		if first := r.events[seen]; profiles(first.Snapshots) != "new changed" {
			t.Errorf("first it tells of %s", profiles(first.Snapshots))
		}
		s := r.last("changed")
		if s.Health.State != account.Healthy || s.Restored || s.Account == nil {
			t.Errorf("the changed one is %s with %+v", s.Health.State, s.Account)
		}
		pass(5 * time.Minute)
		if next := r.last("kept").History; next[1].At.Before(kept.NextAt) || next[1].At.Sub(kept.NextAt) > time.Second {
			t.Errorf("the kept one was checked at %v, planned for %v", next[1].At, kept.NextAt)
		}
		for _, e := range r.events[seen:] {
			if slices.ContainsFunc(e.Snapshots, func(s account.Snapshot) bool { return s.Profile == "gone" }) {
				t.Error("it still tells of the one that is gone")
			}
		}
		if n := len(f.asked("/groups")); n != 5 {
			t.Errorf("%d requests for details, want one of each profile as it was", n)
		}
	})
}

func TestReplaceSwitchesOffAndOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		n := f.network()
		p := NewPoller(f.clients(n, "work"), memory(t))
		r, stop := start(t, p)
		defer stop()
		pass(time.Second)
		p.Replace(f.clients(n, "work-"))
		p.Refresh("work")
		pass(10 * time.Minute)
		if s := r.last("work"); s.Health.State != account.Disabled || s.Account == nil || len(f.asked("/me")) != 1 {
			t.Errorf("switched off it is %s, asked %d times", s.Health.State, len(f.asked("/me")))
		}
		p.Replace(f.clients(n, "work"))
		pass(time.Second)
		if s := r.last("work"); s.Health.State != account.Healthy || s.Restored {
			t.Errorf("switched on it is %s", s.Health.State)
		}
		p.Refresh("work")
		pass(time.Second)
		if got := len(f.asked("/me")); got != 3 {
			t.Errorf("asked %d times after a refresh", got)
		}
	})
}

// A check that is under way for an outdated profile is given up, and what it
// would have found is nowhere.
func TestReplaceGivesUpOutdatedChecks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, store := newFakeService(), memory(t)
		f.delay = func(r *http.Request) time.Duration {
			if r.Header.Get("X-Auth-Token") == plainSecret {
				return time.Second
			}
			return 0
		}
		n := f.network()
		p := NewPoller(f.clients(n, "work gone"), store)
		r, stop := start(t, p)
		defer stop()
		pass(500 * time.Millisecond)
		begun := time.Now()
		p.Replace(f.clients(n, "work*"))
		if took := time.Since(begun); took != 0 {
			t.Errorf("it took %v", took)
		}
		pass(10 * time.Second)
		if s := r.last("work"); s.Health.State != account.Healthy || len(s.History) != 1 {
			t.Errorf("it is %s: %s", s.Health.State, brief(r.of("work")))
		}
		if _, ok := kept(store, "gone"); ok {
			t.Error("a check that did not end was kept")
		}
	})
}

func TestReplaceWithoutRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		n := f.network()
		p := NewPoller(f.clients(n, "a b"), memory(t))
		p.Once(t.Context(), "a")
		p.Replace(f.clients(n, "c a"))
		if got := p.Stored(); profiles(got) != "c a" || brief(got) != "checking healthy" {
			t.Errorf("stored are %s: %s", profiles(got), brief(got))
		}
		if got := p.Once(t.Context()); profiles(got) != "c a" || len(got[1].History) != 2 {
			t.Errorf("checked are %s", profiles(got))
		}
		r, stop := start(t, p)
		pass(time.Second)
		stop()
		if got := profiles(r.events[0].Snapshots); got != "c a" {
			t.Errorf("first it tells of %s", got)
		}
		p.Replace(f.clients(n, "d"))
		pass(time.Minute)
		if len(r.of("d")) != 0 || len(f.asked("/me")) != 5 {
			t.Error("it goes on after its end")
		}
	})
}

// Wherever it comes in between, nothing is left behind and the last set wins.
func TestReplaceAtAnyTime(t *testing.T) {
	before := goleak.IgnoreCurrent()
	f := newFakeService()
	f.delay = func(*http.Request) time.Duration { return time.Millisecond }
	n := f.network()
	p := NewPoller(f.clients(n, "a b"), memory(t))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	var last sync.Map
	go func() {
		defer close(done)
		p.Run(ctx, func(e account.Event) {
			for _, s := range e.Snapshots {
				last.Store(s.Profile, s.Health.State)
			}
			if state, _ := last.Load("z"); state == account.Healthy {
				cancel()
			}
		})
	}()
	var changing sync.WaitGroup
	for i := range 2 {
		changing.Go(func() {
			for k := range 10 {
				p.Replace(f.clients(n, fmt.Sprintf("a* x%d b%s", k+i, strings.Repeat("*", k%2))))
				p.Refresh()
				p.Stored()
			}
		})
	}
	changing.Wait()
	p.Replace(f.clients(n, "z"))
	<-done
	if got := profiles(p.Stored()); got != "z" {
		t.Errorf("at the end there are %s", got)
	}
	goleak.VerifyNone(t, before)
}
