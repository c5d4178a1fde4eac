package atomicfile_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rollcall/config/atomicfile"
	"rollcall/plainfile"
	"rollcall/plainfile/deadtest"
)

// Who writes to a disk that does not answer, or locks a file on it, is told so in time.
func TestDeadDisk(t *testing.T) {
	t.Parallel()
	disk := deadtest.Disk(t)
	locked := make(chan error)
	go func() {
		unlock, err := atomicfile.Lock(filepath.Join(disk, "locked", "file"))
		unlock()
		locked <- err
	}()
	target := filepath.Join(disk, "file")
	p, err := atomicfile.Create(target, []byte("new"), nil)
	if p != nil || !errors.Is(err, plainfile.ErrUnwritten) || err.Error() != target+" could not be written within 10s; check the disk or the network that it is on" {
		t.Errorf("%v, %v", p, err)
	}
	if err := <-locked; !errors.Is(err, plainfile.ErrUnwritten) {
		t.Errorf("the lock: %v", err)
	}
	// Elsewhere the same process writes on.
	other := filepath.Join(t.TempDir(), "file")
	if err := create(t, other, "new").Commit(); err != nil {
		t.Error(err)
	}
	if data, err := os.ReadFile(other); err != nil || string(data) != "new" {
		t.Errorf("%q, %v", data, err)
	}
}
