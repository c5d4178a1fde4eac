//go:build unix

package credential

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// life tells of the processes that hold a pipe open.
type life struct {
	t    *testing.T
	pipe *os.File
	// holds is what a shell does to be told of, with all that it starts.
	holds string
}

func newLife(t *testing.T) life {
	t.Helper()
	fifo := filepath.Join(t.TempDir(), "alive")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	pipe, err := os.OpenFile(fifo, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pipe.Close() })
	return life{t, pipe, `exec 3>"` + fifo + `"; echo >&3; `}
}

// ended fails unless all that began has ended: the pipe ends when nobody has it
// open for writing any more.
func (l life) ended() {
	l.t.Helper()
	if err := l.pipe.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		l.t.Fatal(err)
	}
	var b [2]byte
	if n, err := l.pipe.Read(b[:]); n != 1 || err != nil {
		l.t.Fatalf("nothing began: %d, %v", n, err)
	}
	if n, err := l.pipe.Read(b[:]); n != 0 || errors.Is(err, os.ErrDeadlineExceeded) {
		l.t.Errorf("something is still alive: %d, %v", n, err)
	}
}

// A command that takes too long ends, and what it started with it, whatever
// signals they ignore.
func TestCommandTimeout(t *testing.T) {
	t.Parallel()
	all := newLife(t)
	c := Command("sh", "-c", `trap '' TERM; `+all.holds+`(trap '' TERM; sleep 300) & echo waiting for you >&2; echo s3cret; wait`).place.(command)
	_, err := c.run(t.Context(), setting{limit: time.Second})
	told, ok := errors.AsType[*Error](err)
	if !ok || told.Error() != "the command sh did not finish within 1s: waiting for you" ||
		told.Remedy() != "it may wait for a password or a confirmation: run it in a terminal, give what it asks for, and check again" {
		t.Errorf("%v, %+v", err, told)
	}
	if !failedAlone(err) || Interrupted(err) {
		t.Errorf("%+v", err)
	}
	all.ended()
}

// A program that stays behind with the output open holds nobody up, and ends.
func TestCommandLeavesOneBehind(t *testing.T) {
	t.Parallel()
	left := newLife(t)
	// Whoever waited for the program would run into the time limit.
	secret, _, err := Command("sh", "-c", left.holds+"(trap '' TERM HUP; sleep 300) & echo s3cret").Resolve(t.Context())
	if secret != "s3cret" || err != nil {
		t.Errorf("%q, %v", secret, err)
	}
	left.ended()
}

func TestCommandWaitsForSlot(t *testing.T) {
	t.Parallel()
	for range maxCommands {
		if err := commandSlots.Acquire(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	defer commandSlots.Release(maxCommands)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, _, err := Command("sh", "-c", "echo s3cret").Resolve(ctx); err != ctx.Err() {
		t.Error(err)
	}
}

// lending is a lender that notes for which programs it was asked.
type lending struct{ asked []string }

func (l *lending) Lend(_ context.Context, program string, _ func(Terminal) error) {
	l.asked = append(l.asked, program)
}

// The terminal is asked for where a command failed without one, whatever it said,
// and for nothing else.
func TestCommandAsksForTerminal(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		"exit 1": "sh", "echo s3cret; exit 1": "sh", "true": "sh", "kill -INT $$": "sh",
		"echo s3cret": "", "while :; do echo s3cret; done": "",
	} {
		var l lending
		_, _, err := Command("sh", "-c", script).Resolve(WithLender(t.Context(), &l))
		if got := strings.Join(l.asked, " "); got != want || Interrupted(err) {
			t.Errorf("%s: asked for %q, want %q (%v)", script, got, want, err)
		}
	}
	var l lending
	_, _, _ = Command("rollcall-no-such-program").Resolve(WithLender(t.Context(), &l))
	if len(l.asked) > 0 {
		t.Error("the terminal was asked for a program that is not there")
	}
}
