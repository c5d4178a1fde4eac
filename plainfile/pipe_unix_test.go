//go:build unix

package plainfile

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"
)

// A pipe that nobody writes to is told of as what it is, when its time is over.
func TestPipeThatIsSilent(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := reading{path: path, most: 10, wait: 3 * pipePoll, piped: true}.within(t.Context())
	if !errors.Is(err, ErrSilent) || err.Error() != path+" is a pipe to which nothing was written within 10s; start what writes to it" {
		t.Error(err)
	}
}
