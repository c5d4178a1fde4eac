package client

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rollcall/client/account"
	"rollcall/client/transport"
)

// many are profiles of so many origins, one after the other.
func (f *fakeService) many(profiles, origins int, change ...func(*Profile)) (all []*Client) {
	n := f.network()
	for i := range profiles {
		change := append([]func(*Profile){func(p *Profile) { p.Name, p.Interval = fmt.Sprintf("p%04d", i), time.Minute }}, change...)
		all = append(all, newPlainClient(n, fmt.Sprintf("https://o%02d.example", i%origins), change...))
	}
	return all
}

// perSecond are the most and the fewest requests for identities in a second of a span.
func (f *fakeService) perSecond(from, to time.Time) (most, fewest int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	counts := make([]int, int(to.Sub(from)/time.Second))
	for _, r := range f.log {
		if at := int(r.at.Sub(from) / time.Second); !r.at.Before(from) && at < len(counts) && strings.HasSuffix(r.path, "/me") {
			counts[at]++
		}
	}
	return slices.Max(counts), slices.Min(counts)
}

// A crowd of profiles is spread over the interval, from the first one on, and stays so.
func TestACrowdIsSpreadOverTheInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const profiles, even = 1000, 1000.0 / 60
		f, checked := newFakeService(), 0
		begun := time.Now()
		p := NewPoller(f.many(profiles, 1), memory(t))
		ctx, stop := context.WithTimeout(t.Context(), 3*time.Minute)
		defer stop()
		p.Run(ctx, func(e account.Event) {
			for _, s := range e.Snapshots {
				if s.Longer != 0 {
					t.Fatalf("%s says that it is checked every %v", s.Profile, s.Longer)
				}
				if s.Health.State == account.Healthy && s.Details.Busy && time.Since(begun) < 62*time.Second {
					checked++
				}
			}
		})
		most, fewest := f.perSecond(begun, begun.Add(3*time.Minute))
		if checked < profiles {
			t.Errorf("%d profiles were checked in the first minute", checked)
		}
		if float64(most) > 1.5*even || float64(fewest) < even/1.5 {
			t.Errorf("%d to %d checks a second, %.0f would be even", fewest, most, even)
		}
	})
}

// Smaller crowds are checked together at the start. By and by their checks move away
// from each other, by a tenth of the interval at a time at most.
func TestCrowdsMoveApart(t *testing.T) {
	const profiles, origins, even = 1000, 20, 1000.0 / 60
	p := NewPoller(newFakeService().many(profiles, origins), memory(t))
	begun := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	at := map[*watch]time.Time{}
	for _, w := range p.watches {
		if at[w] = begun; w.slot.first(begun, time.Minute) != begun {
			t.Fatalf("%s is not checked at once", w.client.profile.Name)
		}
	}
	counts := map[int]int{}
	for range 30 {
		clear(counts)
		for w, last := range at {
			now := last.Add(100 * time.Millisecond)
			next := nextCheck(now, time.Minute, w.slot.lean(now.Add(time.Minute), time.Minute), time.Time{}, 0, 0.5)
			if wait := next.Sub(last); wait < 54*time.Second || wait > 66*time.Second {
				t.Fatalf("it is checked again in %v", wait)
			}
			at[w] = next
			counts[int(next.Unix()%60)]++
		}
	}
	for second := range 60 {
		if n := float64(counts[second]); n > 1.2*even || n < even/1.2 {
			t.Errorf("%.0f checks in second %d, %.0f would be even", n, second, even)
		}
	}
}

// Where an interval cannot be kept it is said what it is instead, and no profile is
// left out for good.
func TestAnIntervalThatCannotBeKept(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes long, and the other tests of the pace have its goroutines")
	}
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.delay = func(*http.Request) time.Duration { return 2 * time.Second }
		r, stop := start(t, NewPoller(f.many(300, 1), memory(t)))
		defer stop()
		// Six at a time, of two seconds each.
		const round = 300 / 6 * 2 * time.Second
		pass(20 * time.Minute)
		for i := range 300 {
			s := r.last(fmt.Sprintf("p%04d", i))
			checks := s.History[len(s.History)-5:]
			each := checks[4].At.Sub(checks[0].At) / 4
			if s.Longer < round*9/10 || s.Longer > round*12/10 {
				t.Fatalf("%s says %v, a round takes %v", s.Profile, s.Longer, round)
			}
			if each < round*8/10 || each > round*13/10 {
				t.Errorf("%s says %v, and is checked every %v", s.Profile, s.Longer, each)
			}
			if wait := s.NextAt.Sub(s.Health.CheckedAt); !s.Busy && (wait < round*8/10 || wait > round*13/10) {
				t.Errorf("%s is checked again in %v", s.Profile, wait)
			}
		}
		f.mu.Lock()
		f.delay = func(*http.Request) time.Duration { return 100 * time.Millisecond }
		f.mu.Unlock()
		pass(10 * time.Minute)
		if s := r.last("p0150"); s.Longer != 0 || time.Since(s.Health.CheckedAt) > 70*time.Second {
			t.Errorf("once there is time it says %v, and was checked %v ago", s.Longer, time.Since(s.Health.CheckedAt))
		}
	})
}

// Those in sight come first, then those that need somebody, the worst first.
func TestInSightAndInNeedComeFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, dir := newFakeService(), t.TempDir()
		store := open(t, dir)
		ends := map[string]string{"p0700": "2000-01-01T02:00:00Z", "p0600": "2000-01-05T00:00:00Z"}
		f.answer = func(r *http.Request) *http.Response {
			name := strings.TrimPrefix(r.Header.Get("X-Auth-Token"), "of ")
			switch {
			case name == "p0800":
				return respond(401, "")
			case strings.HasSuffix(r.URL.Path, "/groups"):
				return respond(200, "Group")
			}
			return respond(200, fmt.Sprintf(`{"id":"u1","ends":%q}`, cmp.Or(ends[name], "0001-01-01T00:00:00Z")))
		}
		own := func(p *Profile) {
			p.Credential, p.ExpiryWarning = fixedCredential{secret: "of " + p.Name}, 7*24*time.Hour
		}
		NewPoller(f.many(1000, 1, own), store).Once(t.Context())
		closeStore(t, store)
		known := len(f.asked("/me"))
		p := NewPoller(f.many(1000, 1, own), open(t, dir))
		p.InSight([]string{"p0900", "p0901"})
		_, stop := start(t, p)
		defer stop()
		pass(3 * time.Second)
		p.InSight([]string{"p0950", "p0900"})
		pass(time.Second)
		var order []string
		at := map[string]time.Time{}
		for _, r := range f.asked("/me")[known:] {
			name := strings.TrimPrefix(r.token, "of ")
			order = append(order, name)
			at[name] = r.at
		}
		place := func(name string) int {
			for i, n := range order {
				if n == name {
					return i
				}
			}
			return len(order)
		}
		for i, name := range []string{"p0900", "p0901", "p0700", "p0800", "p0600"} {
			if at := place(name); at > 6 {
				t.Errorf("%s, which is to be the %d. or so, is the %d.", name, i+1, at+1)
			}
		}
		if at["p0950"].IsZero() {
			t.Error("what came into sight was not asked")
		}
		if n := len(order); n > 250 {
			t.Errorf("%d were asked within four seconds", n)
		}
	})
}

// A service that answers nothing delays nobody at another one, and neither does a
// credential that is waited for.
func TestNobodyWaitsForASlowOrigin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeService()
		f.delay = func(r *http.Request) time.Duration {
			if r.URL.Host == "o00.example" {
				return time.Hour
			}
			return 100 * time.Millisecond
		}
		clients := f.many(1000, 20)
		locked := f.many(40, 20, func(p *Profile) {
			p.Name += "locked"
			p.Credential = &watchful{slow: 10 * time.Second}
		})
		begun := time.Now()
		r, stop := start(t, NewPoller(append(locked, clients...), memory(t)))
		defer stop()
		pass(5 * time.Second)
		for i := range 1000 {
			name := fmt.Sprintf("p%04d", i)
			s := r.last(name)
			if i%20 == 0 {
				continue
			}
			if s.Health.State != account.Healthy || s.History[0].At.Sub(begun) > 4*time.Second {
				t.Fatalf("%s is %s", name, s.Health.State)
			}
		}
	})
}

// Profiles that rest or wait in a line need no goroutine, however many origins there are.
func TestGoroutinesAreNoMoreThanWhatIsAsked(t *testing.T) {
	// One is the store's, one tells, one schedules, and each request has its own.
	for _, test := range []struct{ origins, most int }{
		{1, checksPerOrigin + detailsPerOrigin + transport.RequestsPerOrigin + 4},
		{2000, mostFresh + 4},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := newFakeService()
			before, most := runtime.NumGoroutine(), 0
			n, clients := f.network(), []*Client(nil)
			for i := range 2000 {
				clients = append(clients, newPlainClient(n, fmt.Sprintf("https://o%d.example", i%test.origins), func(p *Profile) {
					p.Name, p.Interval = fmt.Sprint(i), time.Minute
				}))
			}
			p := NewPoller(clients, memory(t))
			_, stop := start(t, p)
			defer stop()
			p.Refresh()
			for range 100 {
				time.Sleep(70 * time.Millisecond)
				most = max(most, runtime.NumGoroutine()-before)
			}
			if most > test.most {
				t.Errorf("%d goroutines with %d origins, %d at most", most, test.origins, test.most)
			}
		})
	}
}
