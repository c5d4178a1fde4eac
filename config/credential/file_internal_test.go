//go:build unix

package credential

import (
	"context"
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"
)

// The reader's own limit is told as what it is.
func TestPipeTimeout(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*pipePoll)
	defer cancel()
	_, _, err := readSmall(ctx, path)
	told := file{path, path}.explain(err)
	if told.Error() != "nothing was written to the credential file "+path+" within 10s" ||
		told.Remedy() != "the file is a pipe: start what writes the credential to it" {
		t.Errorf("%v, %+v", err, told)
	}
}

// Root may read everything, so that no file can refuse it.
func TestExplainPermission(t *testing.T) {
	t.Parallel()
	told := file{"token", "token"}.explain(&fs.PathError{Op: "open", Path: "token", Err: syscall.EACCES})
	if told.Error() != "the credential file token may not be read by you" ||
		told.Remedy() != "let its owner give you the right to read it, or name another file in the profile" {
		t.Errorf("%+v", told)
	}
}
