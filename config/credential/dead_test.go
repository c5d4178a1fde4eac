package credential_test

import (
	"errors"
	"path/filepath"
	"testing"

	"rollcall/config/credential"
	"rollcall/plainfile"
	"rollcall/plainfile/deadtest"
)

// A secret that is to be written, or to be deleted, on a disk that does not answer is
// waited for only for so long.
func TestDeadDisk(t *testing.T) {
	t.Parallel()
	disk := deadtest.Disk(t)
	kept, ok := credential.FormerAt(credential.SourceFile, filepath.Join(disk, "kept.previous"))
	if !ok {
		t.Fatal("it is no place of a former secret")
	}
	deleted := make(chan error)
	go func() { deleted <- kept.Store(t.Context(), "") }()
	if err := credential.File(filepath.Join(disk, "token")).Store(t.Context(), "s3cret"); !errors.Is(err, plainfile.ErrHangs) {
		t.Errorf("it was written: %v", err)
	}
	if err := <-deleted; !errors.Is(err, plainfile.ErrUnwritten) {
		t.Errorf("it was deleted: %v", err)
	}
}
