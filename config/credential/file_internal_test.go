//go:build unix

package credential

import (
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"rollcall/plainfile"
)

// A pipe that nobody writes to is told of as what it is.
func TestExplainPipe(t *testing.T) {
	t.Parallel()
	told := file{"pipe", "pipe"}.explain(fmt.Errorf("reading: %w", plainfile.ErrSilent))
	if told.Error() != "nothing was written to the credential file pipe within 10s" ||
		told.Remedy() != "the file is a pipe: start what writes the credential to it" {
		t.Errorf("%+v", told)
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
