package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const (
	// prompt ends all that the conversation says.
	prompt = "q to leave: "
	// talkTime is how long it may take to say something on a busy machine.
	talkTime = 30 * time.Second
)

// talk is a conversation through pipes.
type talk struct {
	t   *testing.T
	cmd *exec.Cmd
	in  io.WriteCloser
	// ended is closed when the program has closed its output.
	ended chan struct{}

	mu   sync.Mutex
	said bytes.Buffer
	// read is how much of it the test has looked at.
	read int
}

func (w *world) talk(args ...string) *talk {
	w.t.Helper()
	c := &talk{t: w.t, cmd: w.command(args...), ended: make(chan struct{})}
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		w.t.Fatal(err)
	}
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	c.cmd.Stderr = c
	if err := c.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	go func() {
		defer close(c.ended)
		_, _ = io.Copy(c, out)
	}()
	w.t.Cleanup(func() {
		_ = c.cmd.Process.Kill()
		// It may be writing to the folder that goes next.
		_, _ = c.cmd.Process.Wait()
	})
	return c
}

func (c *talk) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said.Write(p)
}

// hear waits until all of the texts were said since the last time, followed by
// the prompt, and returns what was said.
func (c *talk) hear(texts ...string) string {
	c.t.Helper()
	return c.hearUpTo(prompt, texts...)
}

// hearUpTo is hear for what ends with something else than the prompt.
func (c *talk) hearUpTo(end string, texts ...string) string {
	c.t.Helper()
	deadline := time.Now().Add(talkTime)
	for {
		c.mu.Lock()
		fresh := c.said.String()[c.read:]
		c.mu.Unlock()
		whole := strings.HasSuffix(fresh, end)
		for _, s := range texts {
			whole = whole && strings.Contains(fresh, s)
		}
		if whole {
			c.mu.Lock()
			c.read += len(fresh)
			c.mu.Unlock()
			return fresh
		}
		if time.Now().After(deadline) {
			c.t.Fatalf("no %q; it said:\n%s", texts, fresh)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (c *talk) enter(line string) {
	c.t.Helper()
	if _, err := io.WriteString(c.in, line+"\n"); err != nil {
		c.t.Fatal(err)
	}
}

// end waits for the program and returns its exit status.
func (c *talk) end() int {
	c.t.Helper()
	select {
	case <-c.ended:
	case <-time.After(talkTime):
		c.t.Fatal("it does not end")
	}
	_ = c.cmd.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	wantPlain(c.t, c.said.String())
	return c.cmd.ProcessState.ExitCode()
}

// wantPlain fails where a text holds a control character but the end of a line.
func wantPlain(t *testing.T, said string) {
	t.Helper()
	if at := strings.IndexFunc(said, func(r rune) bool { return r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0) }); at >= 0 {
		t.Errorf("a control character was printed: %q", said[max(0, at-20):min(len(said), at+20)])
	}
}

func TestAccessibleDemo(t *testing.T) {
	t.Parallel()
	c := newWorld(t).talk("--demo", "--accessible")
	said := c.hear("Checking ", " profiles need you now, ", ", next console in ", "\nNow, ", "\n18. office, Sam Roe at Katapult: network denied, for 3h. ",
		" are fine: type fine to hear them.", "\n1 is off: type off to hear it.")
	if strings.Contains(said, "1. work") || strings.Index(said, "Soon, ") < strings.Index(said, "18. office") {
		t.Errorf("it does not lead with who needs somebody:\n%s", said)
	}
	for _, tt := range []struct{ line, want string }{
		{"?", "\nquit, or q: leaves.\n"},
		{"4", "remedy       Create a new token in Katapult"},
		{"work", "Sam Roe"},
		{"fine", "\n1. work (Roe Consulting), active, Sam Roe at Katapult: healthy, never ends.\n"},
		{"f onezone robot", "1 profile for onezone robot:\n39. grid (Grid robot)"},
		{"l", "1 profile for"},
		{"f", "\nNow, "},
		{"l all", "\n42. retired: disabled."},
		{"timeline", "release (Release window), Sam Roe at Katapult: ends in "},
		{"people", "Rudolf Lingens has "},
		{"history 4", "Checks of 4. staging, the newest first"},
		{"changes", "."},
		{"sort name", "\n12. acme (Acme), Sam Roe at Katapult"},
		{"sort urgency", "\nNow, "},
		{"p", "config.toml."},
		{"u 2", "2. datahub is now the active profile."},
		{"snooze 9 7d", "9. laptop is snoozed until "},
		{"undo", "laptop is no longer snoozed."},
		{"u", "Which profile? Add its number."},
		{"1000", `"1000" is neither a number from 1 to `},
		{"dance", "Type ? for help."},
		{"r 42", "42. retired: disabled."},
		{"", "\nNumber, "},
		{"r 4", "\n4. staging, Sam Roe at Katapult: invalid token, snoozed for "},
		{"r", "All were checked. "},
	} {
		c.enter(tt.line)
		c.hear(tt.want)
	}
	c.enter("q")
	if status := c.end(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}

// moody is a service whose answer can be changed.
type moody struct{ refuses atomic.Bool }

func (m *moody) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if m.refuses.Load() {
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, `{"error":{"code":"invalid_api_token","description":"gone\u001b[31m","detail":{}}}`)
		return
	}
	answerSam(w, r)
}

// TestAccessibleChanges has a service whose answers change, a file that is
// edited, and a profile that is made the active one.
func TestAccessibleChanges(t *testing.T) {
	t.Parallel()
	var m moody
	s := httptest.NewServer(&m)
	defer s.Close()
	w := newWorld(t)
	w.env = []string{"MOODY_TOKEN=kt-moody", "ROLLCALL_ACCESSIBLE=1", "TERM=dumb"}
	profile := func(name string) string {
		return fmt.Sprintf("[profiles.%s]\nprovider = \"katapult\"\nbase_url = %q\ntoken = { env = \"MOODY_TOKEN\" }\n", name, s.URL)
	}
	const quick = "refresh_interval = \"1s\"\n"
	path := w.write(".config/rollcall/config.toml", quick+profile("first")+profile("second"))
	c := w.talk()
	c.hear("No profile needs you now.\n2 are fine: type fine to hear them.\n")
	m.refuses.Store(true)
	c.hear("Now: 1. first, Sam Roe at Katapult: invalid token, ", "Now: 2. second, Sam Roe at Katapult: invalid token, ", "To make a new token, prove it: fix 2.")
	m.refuses.Store(false)
	c.enter("r")
	c.hear("Checking 2 profiles.", "Fine again: 1. first, Sam Roe at Katapult: healthy.", "All were checked. No profile needs you now.")
	c.enter("u 2")
	c.hear("2. second is now the active profile.")
	c.enter("fine")
	c.hear("\n2. second, active, Sam Roe at Katapult: healthy.")
	c.enter("undo")
	c.hear("Took back: made second the active profile; no profile is chosen as the active one again.")

	w.write(path[len(w.home)+1:], quick+profile("second")+profile("third"))
	c.hear("The configuration has changed: 2 profiles now. New: third. Gone: first.", "2. third, Sam Roe at Katapult: healthy.")
	w.write(path[len(w.home)+1:], "[profiles.second\n")
	c.hear("cannot be used, so the one before stays. ", "config.toml:1: ")
	c.enter("2")
	c.hear("third", "Sam Roe")
	// The end of the input is the end of the conversation.
	if err := c.in.Close(); err != nil {
		t.Fatal(err)
	}
	if status := c.end(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}

func TestAccessibleRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run("--accessible").expect(t, 2, "there is no configuration yet", "rollcall add")
	w.run("--accessible", "--demo", "--profile", "wrok").expect(t, 2, `"wrok"`)
	for _, off := range []string{"", "0", "false"} {
		w.env = []string{"ROLLCALL_ACCESSIBLE=" + off}
		w.run().expect(t, 2, "needs a terminal", "--accessible")
	}
}

// TestAccessibleLongLine goes on after a line of any length.
func TestAccessibleLongLine(t *testing.T) {
	t.Parallel()
	c := newWorld(t).talk("--demo", "--accessible")
	c.hear("Now, ")
	for _, n := range []int{70_000, 3 << 20} {
		c.enter(strings.Repeat("x", n))
		c.hear(map[bool]string{true: "That line is too long. Nothing was done.", false: "is neither a number"}[n > 1<<20])
	}
	c.enter("4")
	c.hear("remedy       Create a new token in Katapult")
	c.enter("q")
	if status := c.end(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}
