package cmd

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"rollcall/client/account"
	"rollcall/client/service/katapult/katapulttest"
	"rollcall/client/store"
	"rollcall/cmd/export"
	"rollcall/config"
	"rollcall/config/query"
)

// TestServeEveryState tells the state of every sample of the demo, which has them all.
func TestServeEveryState(t *testing.T) {
	a := demoApp()
	l := loadedDemo(t, a)
	f, err := a.follow(l, wanted{})
	if err != nil {
		t.Fatal(err)
	}
	e := newExporter(f)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- f.run(ctx, e.tell) }()
	asked := map[string]bool{}
	for len(asked) < len(l.Profiles) {
		r, err := e.source(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Profiles {
			s := p.Snapshot
			want, _ := l.demo.Account(s.Profile)
			switch {
			case s.Restored || s.Busy || s.Health.State == account.Checking:
			case string(s.Health.State) != want.State:
				t.Fatalf("%s is %s, want %s", s.Profile, s.Health.State, want.State)
			default:
				asked[s.Profile] = true
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	if _, err := e.source(ctx); err == nil {
		t.Error("it tells of profiles after its end")
	}
}

// TestServeCounts counts each check once: those of before it began not at all, and all of
// those that come together.
func TestServeCounts(t *testing.T) {
	t.Parallel()
	a, l, all := mixedDay(t)
	f := &follower{app: a, loaded: l}
	f.adopt(l.Profiles)
	e := newExporter(f)
	counted := func(want string, checks ...account.Check) {
		t.Helper()
		all[0].History = append(all[0].History, checks...)
		f.take(account.Event{Snapshots: all[:1]})
		for range 2 {
			if _, err := e.tell(); err != nil {
				t.Fatal(err)
			}
		}
		if got := fmt.Sprint(e.report().Profiles[0].Checks); got != want {
			t.Errorf("counted %s, want %s", got, want)
		}
	}
	at := func(minutes int, s account.State) account.Check {
		return account.Check{At: noon().Add(time.Duration(minutes) * time.Minute), State: s}
	}
	counted("map[]", at(-9, account.Healthy), at(0, account.Healthy))
	counted("map[healthy:1]", at(1, account.Healthy))
	counted("map[healthy:2 unreachable:2]", at(2, account.Unreachable), at(3, account.Healthy), at(4, account.Unreachable))
	// Details can change the state of the newest.
	all[0].Details.Busy = true
	counted("map[healthy:2 unreachable:2]", at(5, account.Healthy))
	all[0].Details.Busy = false
	all[0].History[len(all[0].History)-1].State = account.Expiring
	counted("map[expiring:1 healthy:2 unreachable:2]")
	// Somebody has set the clock back.
	counted("map[expiring:1 healthy:3 unreachable:2]", at(-60, account.Healthy))
	counted("map[expiring:1 healthy:4 unreachable:2]", at(-59, account.Healthy))
	all[0].History = all[0].History[:6]
	// Of a profile that is gone nothing is kept.
	f.adopt(l.Profiles[1:])
	counted("map[]")
	f.adopt(l.Profiles)
	counted("map[healthy:2 unreachable:2]")
	if len(e.counted) != len(l.Profiles) {
		t.Errorf("it counts for %d profiles", len(e.counted))
	}
}

// TestServeReady waits for the first answer of every profile in this run, selected by the
// query or not.
func TestServeReady(t *testing.T) {
	t.Parallel()
	a, l, all := mixedDay(t)
	q, err := query.Parse("fail", vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	f := &follower{app: a, loaded: l, wanted: wanted{Query: q}}
	f.adopt(l.Profiles)
	e := newExporter(f)
	unanswered := func(want int) {
		t.Helper()
		if _, err := e.tell(); err != nil {
			t.Fatal(err)
		}
		if got := e.report().Unanswered; got != want {
			t.Errorf("%d have no answer, want %d", got, want)
		}
	}
	unanswered(len(all))
	for i := range all {
		all[i].Restored = true
	}
	f.take(account.Event{Snapshots: all})
	unanswered(len(all))
	for i := range all {
		all[i].Restored = false
	}
	f.take(account.Event{Snapshots: all[1:]})
	unanswered(1)
	f.take(account.Event{Snapshots: all})
	unanswered(0)
}

// brokenHooks say something from several goroutines when they are ended, and have a fault.
type brokenHooks struct {
	t       *testing.T
	stderr  *os.File
	ends    chan struct{}
	running sync.WaitGroup
}

func (h *brokenHooks) use(*config.Config, []config.Profile) {}
func (h *brokenHooks) take(account.Event)                   {}

func (h *brokenHooks) run(_ context.Context, say func(string)) {
	for range 2 {
		h.running.Go(func() { <-h.ends; say("a hook failed") })
	}
	panic("a fault of hooks")
}

// close waits for what is said, which nobody is to hear yet.
func (h *brokenHooks) close() {
	close(h.ends)
	h.running.Wait()
	if said, err := os.ReadFile(h.stderr.Name()); err != nil || len(said) > 0 {
		h.t.Errorf("before all has ended it said %q, %v", said, err)
	}
}

// TestServeFault ends with the fault of what runs beside it, after it has said what went
// wrong with hooks.
func TestServeFault(t *testing.T) {
	a := demoApp()
	var err error
	if a.stderr, err = os.Create(filepath.Join(t.TempDir(), "stderr")); err != nil {
		t.Fatal(err)
	}
	defer a.stderr.Close()
	f, err := a.follow(loadedDemo(t, a), wanted{})
	if err != nil {
		t.Fatal(err)
	}
	e := newExporter(f)
	f.hooks = &brokenHooks{t: t, stderr: a.stderr, ends: make(chan struct{})}
	if err := f.run(t.Context(), e.tell); err == nil || !strings.Contains(err.Error(), "a fault of rollcall, please report it: a fault of hooks") {
		t.Errorf("it ended with %v", err)
	}
	if said, err := os.ReadFile(a.stderr.Name()); err != nil || strings.Count(string(said), "a hook failed") != 2 {
		t.Errorf("it said %q, %v", said, err)
	}
}

// TestServeBadFile ends by the file that there is in the end, not by that of the start.
func TestServeBadFile(t *testing.T) {
	t.Parallel()
	a, l, _ := mixedDay(t)
	var err error
	if l.store, _, err = store.Open(t.TempDir(), "/config.toml"); err != nil {
		t.Fatal(err)
	}
	defer l.store.Close()
	f := &follower{app: a, loaded: l}
	good, bad := *l.Config, *l.Config
	bad.Problems = []config.Problem{{Message: "unknown key"}}
	for _, tt := range []struct {
		r    reload
		want bool
	}{{reload{config: &bad}, true}, {reload{config: &good}, false}, {reload{err: errors.New("no TOML")}, true}, {reload{config: &good}, false}} {
		if f.reload(tt.r); f.badFile != tt.want {
			t.Errorf("with %v it is bad: %t", tt.r.err, f.badFile)
		}
	}
}

// crowdSize is how many profiles the load has. One in brokenShare is at each of the hosts
// that are broken.
const crowdSize, brokenShare = 1000, 20

// crowdHosts are those that the load asks, by the state that they lead to. A connection
// carries one request: one that waits for another would hold the simulated time up.
var crowdHosts = map[account.State]http.HandlerFunc{
	account.Healthy:      crowdAnswer(200, katapulttest.Good),
	account.Unavailable:  crowdAnswer(503, "<html>"),
	account.ServerError:  crowdAnswer(500, ""),
	account.BadResponse:  crowdAnswer(200, "<html><title>Sign in</title></html>"),
	account.InvalidToken: crowdAnswer(403, `{"error":{"code":"invalid_api_token"}}`),
	account.Unreachable: func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		_ = c.(*net.TCPConn).SetLinger(0) // A reset, not an end.
		c.Close()
	},
}

func crowdAnswer(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// loadSpan is how long the load of the exporter lasts in simulated time.
var loadSpan = flag.Duration("load", 5*time.Minute, "how long the simulated load of the exporter lasts")

// TestServeLoad serves a thousand profiles, a quarter of them at hosts that are broken:
// goroutines stay what they are. With -load 1h memory does, too; before half an hour is
// over, each profile does not keep as many of its checks as it ever will.
func TestServeLoad(t *testing.T) {
	span, whole := *loadSpan, *loadSpan >= time.Hour
	settled := span * 3 / 5
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	path, end := crowdConfig(t)
	defer end()
	synctest.Test(t, func(t *testing.T) {
		a := &app{console: console{services: builtIn(), stdout: os.Stdout, stderr: os.Stderr, getenv: func(name string) string {
			return map[string]string{"XDG_STATE_HOME": filepath.Dir(path)}[name]
		}}, configFlag: path, version: "test", now: time.Now}
		l, err := a.load()
		if err != nil {
			t.Fatal(err)
		}
		defer l.close()
		f, err := a.follow(l, wanted{})
		if err != nil {
			t.Fatal(err)
		}
		e := newExporter(f)
		ctx, stop := context.WithTimeout(t.Context(), span)
		defer stop()
		ended := make(chan error, 1)
		go func() { ended <- f.run(ctx, e.tell) }()
		scrape := func(after time.Duration) usage {
			time.Sleep(after)
			synctest.Wait()
			r, err := e.source(ctx)
			if err != nil {
				t.Fatal(err)
			}
			judgeCrowd(t, r)
			return measure()
		}
		before := scrape(settled)
		after := before
		for range 5 {
			after = scrape((span - settled - time.Second) / 5)
		}
		if err := <-ended; !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("it ended with %v", err)
		}
		t.Logf("from %+v to %+v", before, after)
		if whole && after.heap > before.heap+4<<20 {
			t.Errorf("memory grew by %d KiB", (after.heap-before.heap)>>10)
		}
		if after.goroutines > before.goroutines+20 {
			t.Errorf("from %d to %d goroutines", before.goroutines, after.goroutines)
		}
	})
}

// crowdConfig is a configuration of the crowd; end ends its hosts.
func crowdConfig(t *testing.T) (path string, end func()) {
	t.Helper()
	var text strings.Builder
	text.WriteString("refresh_interval = \"150s\"\n")
	hosts := map[account.State]string{}
	var servers []*httptest.Server
	for state, answers := range crowdHosts {
		s := httptest.NewUnstartedServer(answers)
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.Start()
		servers = append(servers, s)
		hosts[state] = fmt.Sprintf("provider = \"katapult\"\nbase_url = %q\ntags = [%q]\n", s.URL, state)
	}
	states := slices.Sorted(maps.Keys(hosts))
	for i := range crowdSize {
		state := account.Healthy
		if at := i % brokenShare; at < len(states) {
			state = states[at]
		}
		fmt.Fprintf(&text, "[profiles.p%04d]\n%stoken = \"kt-%04d\"\n", i, hosts[state], i)
	}
	path = filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, func() {
		for _, s := range servers {
			s.Close()
		}
	}
}

// judgeCrowd looks whether every profile is told of, in the state of its host.
func judgeCrowd(t *testing.T, r *export.Report) {
	t.Helper()
	var b bytes.Buffer
	if err := export.WriteText(&b, r); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\nrollcall_profile_info{"); n != crowdSize {
		t.Errorf("%d profiles are told of", n)
	}
	present := regexp.MustCompile(`rollcall_profile_state{profile="(p\d+)",state="(\w+)"} 1\n`)
	wrong := map[string]int{}
	for i, m := range present.FindAllStringSubmatch(b.String(), -1) {
		if want := r.Profiles[i].Tags[0]; m[1] != r.Profiles[i].Snapshot.Profile || m[2] != want {
			wrong[m[2]+" at the host of "+want]++
		}
	}
	if len(wrong) > 0 {
		t.Errorf("profiles in another state than that of their host: %v", wrong)
	}
}

// usage is what the process has at a moment; heap is in bytes.
type usage struct {
	heap       uint64
	goroutines int
}

func measure() usage {
	debug.FreeOSMemory()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return usage{sample[0].Value.Uint64(), runtime.NumGoroutine()}
}
