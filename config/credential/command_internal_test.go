//go:build unix

package credential

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A command that takes too long ends, and what it started with it, whatever
// signals they ignore.
func TestCommandTimeout(t *testing.T) {
	t.Parallel()
	fifo := filepath.Join(t.TempDir(), "alive")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	alive, err := os.OpenFile(fifo, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer alive.Close()
	c := Command("sh", "-c", `trap '' TERM; exec 3>"`+fifo+`"; (trap '' TERM; sleep 300) & echo waiting for you >&2; echo s3cret; wait`).place.(command)
	_, err = c.run(t.Context(), time.Second)
	told, ok := errors.AsType[*Error](err)
	if !ok || told.Error() != "the command sh did not finish within 1s: waiting for you" ||
		told.Remedy() != "it may wait for a password or a confirmation: unlock first what it asks, or run it in a terminal to see" {
		t.Errorf("%v, %+v", err, told)
	}
	// The pipe ends when nobody has it open for writing any more.
	if err := alive.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if n, err := alive.Read(make([]byte, 1)); n != 0 || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("something is still alive: %d, %v", n, err)
	}
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
