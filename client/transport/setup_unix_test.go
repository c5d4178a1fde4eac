//go:build unix

package transport

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"rollcall/plainfile"
)

// TestFileTimesCalledOff asks for the time of a file from which another reader gets no
// answer: whoever asks goes on without it once the check is called off.
func TestFileTimesCalledOff(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "key.pem")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if s := (Setup{ClientKey: path}).withFileTimes(t.Context()); s.changed[2] == 0 {
		t.Error("a pipe has no time")
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		_, _, _ = plainfile.ReadPiped(t.Context(), path, 10)
	}()
	f, err := os.OpenFile(path, os.O_WRONLY, 0) // Waits for the reader.
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if s := (Setup{ClientKey: path}).withFileTimes(ctx); s.changed[2] != 0 {
		t.Errorf("the time is %d", s.changed[2])
	}
	if _, err := f.WriteString("x"); err != nil {
		t.Error(err)
	}
	_ = f.Close()
	<-read
}
