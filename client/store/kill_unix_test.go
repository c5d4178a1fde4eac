//go:build unix

package store_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rollcall/client/account"
	"rollcall/client/store"
	"rollcall/config/atomicfile/killtest"
)

func init() {
	// acknowledge keeps one thing after the other, and says so of each when it is
	// kept, until it is killed. A number of steps can end it before.
	children["acknowledge"] = func() error {
		// From here on, calls of the system are counted.
		if err := os.Chdir(os.Getenv(folderVariable)); err != nil {
			return err
		}
		s, err := openAs()
		if err != nil {
			return err
		}
		n := os.Getenv(numberVariable)
		steps := 1 << 30
		if _, err := fmt.Sscan(os.Getenv("ROLLCALL_TEST_STEPS"), &steps); err != nil && os.Getenv("ROLLCALL_TEST_STEPS") != "" {
			return err
		}
		for i := range steps {
			name := fmt.Sprint(n, "-", i)
			s.Save(sample(name, now()))
			s.PinOnce(name, endpointOf(name), "u1")
			s.Flush()
			if told := s.Notices(); len(told) != 0 {
				return errors.New(strings.Join(told, " "))
			}
			fmt.Println("flushed", name)
			for _, step := range []struct {
				what string
				do   func() error
			}{
				{"pinned", func() error { return s.Repin(name, endpointOf(name), "u2") }},
				{"chosen", func() error { return second(s.Choose("/"+name, name)) }},
				{"snoozed", func() error {
					return s.Snooze(name, endpointOf(name), account.Snooze{Until: now().Add(time.Hour), Note: "n"})
				}},
			} {
				if err := step.do(); err != nil {
					return err
				}
				fmt.Println(step.what, name)
			}
		}
		return s.Close()
	}
}

// acknowledged checks that all that was said to be kept in a folder is.
func acknowledged(t *testing.T, dir, remote string, said []string) {
	t.Helper()
	open := store.Open
	if remote != "" {
		open = store.OpenRemote
	}
	s, notice, err := open(dir, config)
	if err != nil || notice != "" {
		t.Fatalf("the store says %q, %v", notice, err)
	}
	choices, err := s.Choices()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]account.Snapshot{}
	for _, snap := range s.Snapshots() {
		known[snap.Profile] = snap
	}
	repinned := map[string]bool{}
	for _, line := range said {
		if what, name, _ := strings.Cut(line, " "); what == "pinned" {
			repinned[name] = true
		}
	}
	for _, line := range said {
		what, name, _ := strings.Cut(line, " ")
		id, _ := s.Pin(name, endpointOf(name))
		var is bool
		switch what {
		case "flushed":
			snap := known[name]
			is = snap.Account != nil && len(snap.Account.Organizations) == 1 && (id == "u1" && !repinned[name] || id == "u2")
		case "pinned":
			is = id == "u2"
		case "chosen":
			is = choices.Folders["/"+name] == name
		case "snoozed":
			is = s.Snoozed(name, endpointOf(name)).Note == "n"
		}
		if !is {
			t.Errorf("of %q nothing is left, pinned to %q", line, id)
		}
	}
	if told := s.Notices(); len(told) != 0 {
		t.Errorf("it says %q", told)
	}
	closed(t, s)
	for _, name := range entries(t, dir) {
		if !slices.Contains([]string{"rollcall.db", "rollcall.db-wal", "rollcall.db-shm", "rollcall.db-journal"}, name) {
			t.Errorf("left is %s", name)
		}
	}
}

// killed waits for a child that was killed. Any other end is an error.
func killed(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Wait(); err == nil || c.ProcessState.Exited() {
		t.Errorf("it ended by itself: %v", err)
	}
}

// killAt starts processes that acknowledge what they keep, and has each killed
// after a time. It returns what they said.
func killAt(t *testing.T, dir, remote string, after ...time.Duration) (said []string) {
	t.Helper()
	var running sync.WaitGroup
	var mu sync.Mutex
	for n, after := range after {
		c := child(t, "acknowledge", dir, numberVariable+"="+fmt.Sprint(n, ".", rand.Uint32()), remoteVariable+"="+remote)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		running.Go(func() {
			timer := time.AfterFunc(after, func() { _ = c.Process.Kill() })
			defer timer.Stop()
			lines := whole(out)
			killed(t, c)
			mu.Lock()
			defer mu.Unlock()
			said = append(said, lines...)
		})
	}
	running.Wait()
	return said
}

// whole are the lines that were written as a whole.
func whole(r io.Reader) (lines []string) {
	b := bufio.NewReader(r)
	for {
		line, err := b.ReadString('\n')
		if err != nil {
			return lines
		}
		lines = append(lines, strings.TrimSuffix(line, "\n"))
	}
}

// A rollcall that is killed loses nothing that it had kept, and leaves nothing in
// the way of the next ones. Two at a time are killed 200 times.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	alone(t)
	for _, remote := range []string{"", "remote"} {
		t.Run("kills"+remote, func(t *testing.T) {
			t.Parallel()
			dir, total := "", 0
			var said []string
			for round := range 50 * rounds() {
				if round%10 == 0 {
					dir, said = inMemory(t), nil
				}
				moment := func() time.Duration { return time.Duration(rand.IntN(90)) * time.Millisecond }
				said = append(said, killAt(t, dir, remote, moment(), moment())...)
				total += len(said)
				acknowledged(t, dir, remote, said)
				if t.Failed() {
					return
				}
			}
			if total == 0 {
				t.Error("they were killed before they had kept anything")
			}
		})
	}
}

// A rollcall is killed at one call of the system after the other: before it makes
// the database, while it does, and while it writes. Another one goes on beside it.
func TestKilledAtEachCall(t *testing.T) {
	t.Parallel()
	alone(t)
	for _, remote := range []string{"", "remote"} {
		t.Run("calls"+remote, func(t *testing.T) {
			t.Parallel()
			for n, kills := 1, 0; ; kills++ {
				if killed := killedAt(t, remote, n); t.Failed() || !killed {
					t.Logf("%d kills, the last at the call %d", kills, n)
					return
				}
				n += killtest.Step(n)
			}
		})
	}
}

// killedAt runs two processes that write for a moment, of which one is killed at a
// call by its number. It reports whether it was.
func killedAt(t *testing.T, remote string, n int) (killed bool) {
	t.Helper()
	dir := inMemory(t)
	var reading sync.WaitGroup
	var mu sync.Mutex
	var said []string
	writer := func(name int) (c *exec.Cmd, read func()) {
		c = child(t, "acknowledge", dir, numberVariable+"="+fmt.Sprint(name), remoteVariable+"="+remote, "ROLLCALL_TEST_STEPS=2")
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		c.Stderr = nil // Nobody would wait for what is written there.
		return c, func() {
			lines := whole(out)
			mu.Lock()
			defer mu.Unlock()
			said = append(said, lines...)
		}
	}
	beside, read := writer(1)
	if err := beside.Start(); err != nil {
		t.Fatal(err)
	}
	reading.Go(read)
	c, read := writer(0)
	reading.Go(read)
	killed, err := killtest.AtCall(c, n)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip(err)
	}
	reading.Wait()
	if err := errors.Join(err, beside.Wait()); err != nil {
		t.Errorf("at the call %d, the other one ended with %v", n, err)
	}
	acknowledged(t, dir, remote, said)
	_ = os.RemoveAll(dir)
	return killed
}
