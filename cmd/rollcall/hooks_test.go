//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// hookedWorld is a service with a configuration whose hooks keep what they are told in a
// file; the token is in a variable of that name.
func hookedWorld(t *testing.T) (w *world, s *service, log string, write func(token string) (path string)) {
	t.Helper()
	w, s = newWorld(t), newService(t)
	log = filepath.Join(w.home, "log")
	w.env = append(w.env, "ONE=kt-one", "TWO=kt-two", "OTHER=kt-other", "LOG="+log, "PATH=/usr/bin:/bin")
	return w, s, log, func(token string) string {
		return w.write("config.toml", fmt.Sprintf(`
[[hooks]]
on  = ["now", "soon", "fine", "changed"]
run = ["sh", "-c", "cat >>$1; env >$1.env.$$", "sh", "$LOG"]

[[hooks]]
on  = ["now"]
run = ["sh", "-c", "echo bad >&2; echo no topic >&2; exit 3"]

[profiles.work]
provider = "katapult"
base_url = "%s"
token = { env = "%s" }
refresh_interval = "1s"

[profiles.off]
provider = "katapult"
token = { env = "OTHER" }
disabled = true
`, s.URL, token))
	}
}

// told waits until a hook was told of so many events, and gives them: "work now".
func told(t *testing.T, log string, n int) (events []string) {
	t.Helper()
	for range 2000 {
		if events = toldNow(t, log); len(events) >= n {
			return events
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("hooks were told of %q, not of %d events", events, n)
	return nil
}

func toldNow(t *testing.T, log string) (events []string) {
	t.Helper()
	for line := range strings.Lines(kept(t, log)) {
		var e struct {
			Schema  int
			At      time.Time
			Events  []string
			Profile struct{ Name, Provider string }
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			return events // It is being written.
		}
		if e.Schema != 1 || e.At.IsZero() || e.Profile.Provider != "katapult" {
			t.Errorf("told %s", line)
		}
		events = append(events, e.Profile.Name+" "+strings.Join(e.Events, "+"))
	}
	return events
}

// TestHooks tells hooks of what happens, each event once by all dashboards: two that run
// at a time, and one that comes later.
func TestHooks(t *testing.T) {
	t.Parallel()
	w, s, log, write := hookedWorld(t)
	s.refuses()
	path := write("ONE")
	open := func() *terminal {
		return start(t, 100, 30, append([]string{"HOME=" + w.home}, w.env...), "--config", path)
	}
	one, two := open(), open()
	one.shows("1 now")
	two.shows("1 now")
	told(t, log, 1)
	one.until("the hook that failed, on either screen", func(screen string) bool {
		return strings.Contains(screen+two.text(), "hook 2 (sh) ended with 3: no topic")
	})
	one.press("q")
	one.exit()
	three := open()
	three.shows("1 now")

	s.knows("user_a", "Sam", "Roe", "Acme")
	write("TWO")
	two.shows("all 1 fine", "Acme")
	three.shows("all 1 fine", "Acme")
	told(t, log, 2)
	s.knows("user_a", "Sam", "Roe", "Acme", "Otter")
	two.shows("Otter")
	three.shows("Otter")
	if got, want := told(t, log, 3), []string{"work now", "work fine+changed", "work changed"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
	for _, m := range []*terminal{two, three} {
		m.press("q")
		m.exit()
	}
	if got := toldNow(t, log); len(got) != 3 {
		t.Errorf("told %q in the end", got)
	}
	runs, err := filepath.Glob(log + ".env.*")
	if err != nil || len(runs) != 3 {
		t.Errorf("hooks ran as %q, %v", runs, err)
	}
	for _, run := range runs {
		env := "\n" + kept(t, run)
		if !strings.Contains(env, "\nLOG="+log+"\n") {
			t.Errorf("a hook has %s", env)
		}
		for _, secret := range []string{"\nOTHER=", "kt-other"} {
			if strings.Contains(env, secret) {
				t.Errorf("a hook has %s: %s", secret, env)
			}
		}
		// What the configuration does not name at the time is no secret of it.
		if strings.Contains(env, "\nONE=") && strings.Contains(env, "\nTWO=") {
			t.Errorf("a hook has both variables: %s", env)
		}
	}
}

// TestHooksOfAConversation are told by the dashboard in plain lines, too.
func TestHooksOfAConversation(t *testing.T) {
	t.Parallel()
	w, s, log, write := hookedWorld(t)
	s.refuses()
	c := w.talk("--accessible", "--private", "--config", write("ONE"))
	c.hear("hook 2 (sh) ended with 3: no topic. Try it on")
	told(t, log, 1)
	s.knows("user_a", "Samantha", "Roe", "Acme")
	write("TWO")
	told(t, log, 2)
	if got := kept(t, log); strings.Contains(got, "Samantha") || !strings.Contains(got, "full_name") {
		t.Errorf("in private mode they were told %s", got)
	}
	c.enter("quit")
	c.end()
}

// TestHooksOfTheExporter are told by serve, too, which says what went wrong with one.
func TestHooksOfTheExporter(t *testing.T) {
	t.Parallel()
	w, s, log, write := hookedWorld(t)
	s.refuses()
	c := w.talk("serve", "--listen", "127.0.0.1:0", "--config", write("ONE"))
	c.hearUpTo("of hooks.md.\n", "hook 2 (sh) ended with 3: no topic. Try it on")
	s.knows("user_a", "Sam", "Roe", "Acme")
	write("TWO")
	if got, want := told(t, log, 2), []string{"work now", "work fine+changed"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

// TestHooksOfAnEndByForce are ended with rollcall, and what they have started, also where that
// is ended the hard way.
func TestHooksOfAnEndByForce(t *testing.T) {
	t.Parallel()
	w, s := newWorld(t), newService(t)
	s.refuses()
	alive := filepath.Join(w.home, "alive")
	if err := syscall.Mkfifo(alive, 0o600); err != nil {
		t.Fatal(err)
	}
	path := w.write("config.toml", `
[[hooks]]
on  = ["now"]
run = ["sh", "-c", "trap '' TERM; exec 3>alive; (echo up >&3; sleep 300) & wait"]

[profiles.work]
provider = "katapult"
base_url = "`+s.URL+`"
token = "kt-one"
`)
	m := start(t, 100, 30, append([]string{"HOME=" + w.home, "PATH=/usr/bin:/bin"}, w.env...), "--config", path)
	pipe, err := os.Open(alive)
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	if _, err := io.ReadFull(pipe, make([]byte, 3)); err != nil {
		t.Fatal(err)
	}
	m.signal(syscall.SIGQUIT)
	m.exit()
	// It ends when nobody has it open any more.
	if err := pipe.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, pipe); err != nil {
		t.Errorf("the hook is left behind: %v", err)
	}
}
