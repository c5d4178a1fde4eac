//go:build unix

package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// reluctant is a service that wants no request for a month, until it is made willing. It
// counts the requests with a credential.
type reluctant struct {
	*httptest.Server
	willing atomic.Bool
	asked   atomic.Int64
}

// reluctantWorld is a world with one profile of such a service, which was asked once.
func reluctantWorld(t *testing.T) (w *world, s *reluctant) {
	t.Helper()
	s = &reluctant{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			return // The way is looked at without a credential.
		}
		if s.asked.Add(1); s.willing.Load() {
			io.WriteString(w, `{"user":{"id":"user_1","first_name":"Sam","last_name":"Roe"}}`)
			return
		}
		w.Header().Set("Retry-After", "2678400")
		w.WriteHeader(http.StatusTooManyRequests)
		io.WriteString(w, `{"error":{"code":"rate_limit_reached","description":"Come back next month"}}`)
	}))
	t.Cleanup(s.Close)
	w = newWorld(t)
	w.env = []string{"HOME=" + w.home, "WAIT_TOKEN=kt-waits"}
	w.write(".config/rollcall/config.toml", fmt.Sprintf("[profiles.work]\nprovider = \"katapult\"\nbase_url = %q\ntoken = { env = \"WAIT_TOKEN\" }\n", s.URL))
	printed(t, w.run("status"), "rate limited")
	return w, s
}

// printed fails unless a command that ended well printed the words.
func printed(t *testing.T, r result, words ...string) {
	t.Helper()
	for _, s := range words {
		if r.status != 0 || !strings.Contains(r.stdout, s) {
			t.Errorf("it ended with %d, without %q:\n%s%s", r.status, s, r.stdout, r.stderr)
		}
	}
}

// wants fails unless the service was asked so many times.
func (s *reluctant) wants(t *testing.T, n int64) {
	t.Helper()
	if got := s.asked.Load(); got != n {
		t.Errorf("the service was asked %d times, not %d", got, n)
	}
}

// TestLongWaitIsTold tells until when a service wants no request, a day at most, wherever
// its state is shown.
func TestLongWaitIsTold(t *testing.T) {
	t.Parallel()
	w, s := reluctantWorld(t)
	const until, skip = "The service wants no request before 20", "rollcall status work --ignore-wait"
	for _, args := range []string{"status", "show work", "doctor work", "status --columns profile,note", "status -o json", "show work -o json"} {
		r := w.run(strings.Fields(args)...)
		if !strings.Contains(r.stdout, until) {
			t.Errorf("%s does not tell:\n%s%s", args, r.stdout, r.stderr)
		}
	}
	if r := w.run("status", "-o", "json"); strings.Contains(r.stdout, `"retry_at": null`) {
		t.Errorf("JSON has no time:\n%s", r.stdout)
	}
	printed(t, w.run("show", "work"), "asked again  in 2", "Come back next month", skip)
	m := start(t, 150, 40, w.env, "status")
	m.shows(until, skip)
	m.exit()
	s.wants(t, 1)
}

// TestIgnoreWait asks although the service wants no request yet, once the person says so.
func TestIgnoreWait(t *testing.T) {
	t.Parallel()
	w, s := reluctantWorld(t)
	w.run("status", "--ignore-wait").expect(t, 2, "for profiles that you name")
	w.run("status", "work", "--yes").expect(t, 2, "goes with --ignore-wait")
	w.run("status", "work", "--ignore-wait").expect(t, 2, "add --yes")
	s.wants(t, 1)
	const question = `It said: "Come back next month". Ask it all the same? [y/N]:`
	m := start(t, 150, 40, w.env, "status", "work", "--ignore-wait")
	m.shows("work: The service wants no request before 20", "That is in 2", question)
	m.press("\r")
	m.shows("rate limited")
	m.exit()
	s.wants(t, 1)
	m = start(t, 150, 40, w.env, "status", "work", "--ignore-wait")
	m.shows(question)
	m.press("y\r")
	m.shows("rate limited")
	m.exit()
	s.wants(t, 2)
	s.willing.Store(true)
	printed(t, w.run("status", "work"), "rate limited")
	printed(t, w.run("status", "work", "--ignore-wait", "--yes", "-o", "json"), `"state": "healthy"`, `"retry_at": null`)
	s.wants(t, 3)
	printed(t, w.run("status", "work"), "healthy")
}

// TestIgnoreWaitInTheDashboard does the same by a key, from the palette and in the
// conversation.
func TestIgnoreWaitInTheDashboard(t *testing.T) {
	t.Parallel()
	w, s := reluctantWorld(t)
	m := start(t, 150, 40, w.env)
	m.shows("rate limited", "wants no request")
	m.press(":ignore")
	m.shows("check it although its service says wait")
	m.press("\r")
	m.shows("╭ Check work", "It said: \"Come", "Ask it all the same?")
	m.press(escape)
	m.until("the question gone", func(screen string) bool { return !strings.Contains(screen, "╭ Check work") })
	s.wants(t, 1)
	s.willing.Store(true)
	m.press("\x12")
	m.shows("╭ Check work")
	// What enter answers by itself is no.
	m.press("\x1b[D\r")
	m.shows("Sam Roe", "healthy")
	m.press("q")
	m.exit()
	s.wants(t, 2)

	s.willing.Store(false)
	printed(t, w.run("status"), "healthy, stale", "limit 24h")
	c := w.talk("--accessible")
	c.hear("waiting")
	c.enter("ignore wait 1")
	const question = "Ask it all the same? Type yes or no: "
	c.hearUpTo(question, "Come back next month")
	c.enter("no")
	c.hear("It was not asked.")
	s.wants(t, 3)
	s.willing.Store(true)
	c.enter("ignore wait 1")
	c.hearUpTo(question)
	c.enter("yes")
	c.hear("Checking work.", "healthy")
	c.enter("q")
	c.end()
	s.wants(t, 4)
}
