package cmd

import (
	"bytes"
	"context"
	"errors"
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
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"rollcall/client/account"
	"rollcall/client/service/katapult/katapulttest"
	"rollcall/cmd/export"
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
	// Of a profile that is gone nothing is kept.
	f.adopt(l.Profiles[1:])
	counted("map[]")
	f.adopt(l.Profiles)
	counted("map[healthy:2 unreachable:2]")
	if len(e.counted) != len(l.Profiles) {
		t.Errorf("it counts for %d profiles", len(e.counted))
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

// TestServeLoad serves a thousand profiles, a quarter of them at hosts that are broken, for
// an hour of simulated time: memory and goroutines stay what they are.
func TestServeLoad(t *testing.T) {
	// From then on each profile keeps as many of its checks as it ever will.
	span, settled := time.Hour, 31*time.Minute
	if testing.Short() {
		span, settled = 5*time.Minute, 3*time.Minute
	}
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
		// The checks of those that the crowd has kept waiting for longer than others are
		// fewer than they will be.
		if !testing.Short() && after.heap > before.heap+4<<20 {
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
