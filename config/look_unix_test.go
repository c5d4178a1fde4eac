//go:build unix

package config

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"rollcall/plainfile"
)

// Whoever looks at a file whose disk does not answer is called off like any other. Here
// it is another reader who does not get an answer from the path.
func TestLookCalledOff(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "config.toml")
	must(t, syscall.Mkfifo(path, 0o600))
	read := make(chan struct{})
	go func() {
		defer close(read)
		_, _, _ = plainfile.ReadPiped(t.Context(), path, 10)
	}()
	f, err := os.OpenFile(path, os.O_WRONLY, 0) // Waits for the reader.
	must(t, err)
	must(t, os.Remove(path))
	writeFile(t, path, "a = 1\n")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if is := lookAt(ctx, path, look{}, time.Now()); is.info != nil || !is.version.empty {
		t.Errorf("it was seen all the same: %+v", is)
	}
	_, err = f.WriteString("x")
	must(t, err)
	must(t, f.Close())
	<-read
	if is := lookAt(t.Context(), path, look{}, time.Now()); is.version.empty {
		t.Error("it is not seen afterwards")
	}
}
