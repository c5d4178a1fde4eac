//go:build unix

package hook_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"rollcall/cmd/child"
	"rollcall/cmd/hook"
	"rollcall/config"
)

// bench is a runner of shell scripts whose runs come one after another.
type bench struct {
	*hook.Runner
	t    *testing.T
	runs chan hook.Run
	// dir is a folder of the scripts, as their first argument.
	dir string
}

func newBench(t *testing.T, limit time.Duration) *bench { return newPatientBench(t, limit, 0) }

// newPatientBench is a bench that waits for what hooks print for as long as that takes, where
// patience is a long time: a machine can be slow.
func newPatientBench(t *testing.T, limit, patience time.Duration) *bench {
	b := &bench{t: t, runs: make(chan hook.Run, 100), dir: t.TempDir()}
	b.Runner = hook.New(hook.Options{
		Patience: patience,
		Ready: func(h config.Hook) (child.Program, error) {
			if h.Run[0] == "missing" {
				return child.Program{}, errors.New("it is missing")
			}
			return child.Program{Path: "/bin/sh", Args: []string{"sh", "-c", h.Run[0], "sh", b.dir}, Env: []string{"PATH=/bin:/usr/bin", "PWD=/none"}, Dir: "/"}, nil
		},
		Ended: func(r hook.Run) { b.runs <- r },
		Start: func(f func()) { go f() },
		Limit: limit,
	})
	t.Cleanup(func() { b.Close(0) })
	return b
}

func script(text string, on ...string) config.Hook { return config.Hook{On: on, Run: []string{text}} }

// tell tells of events, each with its kinds: "now", "soon+changed".
func (b *bench) tell(events ...string) {
	var all []hook.Event
	for _, e := range events {
		all = append(all, hook.Event{Kinds: strings.Split(e, "+"), Line: []byte(e + "\n")})
	}
	b.Tell(all)
}

// next is the next run that ends, as a text.
func (b *bench) next() string {
	b.t.Helper()
	select {
	case r := <-b.runs:
		said := fmt.Sprintf("%s: %d, %s", r.Hook.Run[0], r.Events, r.Ending)
		if r.Err != nil {
			said = fmt.Sprintf("%s: %d, %v", r.Hook.Run[0], r.Events, r.Err)
		}
		if r.Late {
			said += " late"
		}
		if r.Left {
			said += " left"
		}
		if !r.Good() {
			said += " bad"
		}
		if r.Complaint.Text != "" {
			said += ", " + strings.TrimSpace(r.Complaint.Text)
		}
		return said
	case <-time.After(50 * time.Second):
		b.t.Fatal("no hook has ended")
	}
	return ""
}

func (b *bench) expect(want string) {
	b.t.Helper()
	if got := b.next(); got != want {
		b.t.Errorf("got %q, want %q", got, want)
	}
}

func (b *bench) read(name string) string {
	b.t.Helper()
	data, err := os.ReadFile(filepath.Join(b.dir, name))
	if err != nil {
		b.t.Fatal(err)
	}
	return string(data)
}

// pipe is a fifo in the folder of the scripts, which holds up who opens it until the
// other end is opened, too.
func (b *bench) pipe(name string) string {
	b.t.Helper()
	path := filepath.Join(b.dir, name)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// TestTell tells each hook of what it wants to know, those of a moment together.
func TestTell(t *testing.T) {
	t.Parallel()
	b := newBench(t, 0)
	b.Use([]config.Hook{script(`cat >"$1/urgent"`, "now", "soon"), script(`cat >"$1/changed"`, "changed")})
	b.tell("now", "fine", "soon+changed")
	got := []string{b.next(), b.next()}
	if !(got[0] < got[1]) {
		got[0], got[1] = got[1], got[0]
	}
	if got[0] != `cat >"$1/changed": 1, ended` || got[1] != `cat >"$1/urgent": 2, ended` {
		t.Errorf("%q", got)
	}
	if urgent, changed := b.read("urgent"), b.read("changed"); urgent != "now\nsoon+changed\n" || changed != "soon+changed\n" {
		t.Errorf("%q, %q", urgent, changed)
	}
	b.tell("fine", "incident")
	b.Close(0)
	if len(b.runs) > 0 {
		t.Errorf("it was told of what it does not want: %s", b.next())
	}
}

// TestEndings has how programs end, whatever they do with their input and their output.
func TestEndings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"echo why >&2; exit 3":     "1, ended with 3 bad, why",
		"exec <&-; sleep 0.01":     "1, ended",
		"missing":                  "1, it is missing bad",
		"kill -9 $$":               "1, was killed by SIGKILL bad",
		"tty -s || echo none >&2":  "1, ended, none",
		"yes | head -c 5000000":    "1, ended",
		"(sleep 300)& echo ok >&2": "1, ended, ok",
		"pwd >&2; echo $PWD >&2":   "1, ended, /\n/",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			b := newPatientBench(t, time.Hour, time.Minute)
			b.Use([]config.Hook{script(text, "now")})
			// More than fits into a pipe.
			b.Tell([]hook.Event{{Kinds: []string{"now"}, Line: bytes.Repeat([]byte("x"), 1<<20)}})
			b.expect(text + ": " + want)
		})
	}
}

// TestComplaint keeps the end of what a hook prints without end.
func TestComplaint(t *testing.T) {
	t.Parallel()
	b := newPatientBench(t, time.Hour, time.Minute)
	b.Use([]config.Hook{script("yes | head -c 3000000 >&2; echo last >&2", "now")})
	b.tell("now")
	r := <-b.runs
	if !r.Good() || !r.Complaint.Cut || len(r.Complaint.Text) > 1<<16 || !strings.HasSuffix(r.Complaint.Text, "\nlast\n") {
		t.Errorf("%v, %d bytes", r.Complaint.Cut, len(r.Complaint.Text))
	}
}

// TestGathered runs a hook once at a time, and tells it together of what comes meanwhile.
func TestGathered(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Minute)
	slow := b.slow("slow")
	b.Use([]config.Hook{slow, script(`cat >"$1/other"`, "now")})
	b.tell("now")
	b.began("slow")
	b.expect(`cat >"$1/other": 1, ended`)
	// The first one hangs; the other is told all the same.
	for range 100 {
		b.tell("now")
	}
	for others := 0; others < 100; {
		got, n := b.next(), 0
		if _, err := fmt.Sscanf(got, `cat >"$1/other": %d, ended`, &n); err != nil {
			t.Fatal(got)
		}
		others += n
	}
	b.finish("slow")
	b.began("slow")
	b.finish("slow")
	b.Close(20 * time.Second)
	if got, want := b.read("slow"), "now\n.\n"+strings.Repeat("now\n", 100)+".\n"; got != want {
		t.Errorf("told %q", got)
	}
}

// slow is a hook that keeps what it was told in a file, with a line for each run, and ends
// when it may.
func (b *bench) slow(name string) config.Hook {
	b.t.Helper()
	b.pipe(name + "-begun")
	b.pipe(name + "-gate")
	return script(strings.ReplaceAll(`: >"$1/NAME-begun"; cat >>"$1/NAME"; echo . >>"$1/NAME"; : <"$1/NAME-gate"`, "NAME", name), "now")
}

// began returns when a run of a slow hook has begun.
func (b *bench) began(name string) { b.open(name+"-begun", os.O_RDONLY) }

// finish has the run of a slow hook end.
func (b *bench) finish(name string) { b.open(name+"-gate", os.O_WRONLY) }

// open opens a fifo once somebody has its other end, and closes it.
func (b *bench) open(name string, how int) {
	b.t.Helper()
	f, err := os.OpenFile(filepath.Join(b.dir, name), how, 0)
	if err != nil {
		b.t.Fatal(err)
	}
	f.Close()
}

// alive is a script that is alive while the fifo of the test is open, with what it has
// started.
const alive = `exec 3>"$1/alive"; (trap "" TERM; exec sleep 300) & trap "" TERM; echo up >&3; cat >/dev/null; `

// dead waits until nobody has the fifo open any more.
func dead(t *testing.T, path string, begun func()) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.ReadFull(f, make([]byte, 3)); err != nil {
		t.Fatal(err)
	}
	begun()
	if _, err := io.Copy(io.Discard, f); err != nil {
		t.Fatal(err)
	}
}

// TestLate ends a hook that runs for too long, with all that it has started.
func TestLate(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Second)
	path := b.pipe("alive")
	b.Use([]config.Hook{script(alive+"sleep 300", "now")})
	b.tell("now")
	dead(t, path, func() {})
	b.expect(alive + "sleep 300: 1, was called off late bad")
}

// TestNothingIsLeftBehind ends what a hook that has ended left behind.
func TestNothingIsLeftBehind(t *testing.T) {
	t.Parallel()
	b := newBench(t, 0)
	path := b.pipe("alive")
	b.Use([]config.Hook{script(alive+"exit 0", "now")})
	b.tell("now")
	dead(t, path, func() {})
	b.expect(alive + "exit 0: 1, ended")
}

// TestClose gives what runs the time that is left, and no more.
func TestClose(t *testing.T) {
	t.Parallel()
	b := newBench(t, 0)
	path := b.pipe("alive")
	b.Use([]config.Hook{script(alive+"sleep 300", "now")})
	b.tell("now")
	dead(t, path, func() {
		b.tell("now", "now")
		b.Close(0)
	})
	b.tell("now")
	b.expect(alive + "sleep 300: 1, was called off left bad")
	b.expect(alive + "sleep 300: 2, ended left bad")
	if len(b.runs) > 0 {
		t.Errorf("it ran after the end: %s", b.next())
	}
}

// TestCloseWaits waits for what ends in time, and for what was gathered meanwhile.
func TestCloseWaits(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Minute)
	b.Use([]config.Hook{b.slow("slow")})
	b.tell("now")
	b.began("slow")
	b.tell("now")
	var closing sync.WaitGroup
	closing.Go(func() { b.Close(20 * time.Second) })
	b.finish("slow")
	b.began("slow")
	b.finish("slow")
	closing.Wait()
	if got := b.read("slow"); got != "now\n.\nnow\n.\n" {
		t.Errorf("told %q", got)
	}
}

// TestUse goes on with hooks that stay, and tells nothing to those that are gone.
func TestUse(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Minute)
	stays, goes, comes := b.slow("stays"), b.slow("goes"), script(`cat >"$1/comes"`, "now")
	b.Use([]config.Hook{goes, stays})
	b.tell("now")
	b.began("stays")
	b.began("goes")
	b.tell("now")
	b.Use([]config.Hook{stays, comes})
	b.tell("now")
	for _, name := range []string{"goes", "stays"} {
		b.finish(name)
	}
	b.began("stays")
	b.finish("stays")
	b.Close(20 * time.Second)
	if stayed, gone, came := b.read("stays"), b.read("goes"), b.read("comes"); stayed != "now\n.\nnow\nnow\n.\n" || gone != "now\n.\n" || came != "now\n" {
		t.Errorf("%q, %q, %q", stayed, gone, came)
	}
}

// TestUseAgain runs a hook once at a time that is taken out and put back meanwhile.
func TestUseAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Minute)
	slow := b.slow("slow")
	b.Use([]config.Hook{slow})
	b.tell("now")
	b.began("slow")
	b.tell("now")
	b.Use(nil)
	b.Use(nil)
	b.Use([]config.Hook{slow, script(`cat >"$1/other"`, "now")})
	b.tell("now", "now")
	b.expect(`cat >"$1/other": 2, ended`)
	b.finish("slow")
	b.expect(slow.Run[0] + ": 1, ended")
	b.began("slow")
	b.finish("slow")
	b.Close(20 * time.Second)
	if got := b.read("slow"); got != "now\n.\nnow\nnow\n.\n" {
		t.Errorf("told %q", got)
	}
}
