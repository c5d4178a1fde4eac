package deadtest

import (
	"fmt"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// Disk is a folder on a file system behind which nobody is, until the test ends: the kernel
// waits for the first answer of a program that serves it, and whoever asks for a file waits
// with it. The test is left out where it may not mount anything.
func Disk(t testing.TB) (folder string) {
	t.Helper()
	// It is no folder of t.TempDir, which must be empty of what others make there: whoever
	// waited may go on in the folder below, once the file system is gone.
	folder, err := os.MkdirTemp("", "dead")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	Die(t, folder)
	return folder
}

// Die has the disk of a folder answer nobody any more who looks for something there, until
// the test ends: a file system like that of [Disk] lies over it. Files that are open already
// answer as before. The test is left out where it may not mount anything.
func Die(t testing.TB, folder string) {
	t.Helper()
	device, err := unix.Open("/dev/fuse", unix.O_RDWR|unix.O_CLOEXEC, 0)
	if err != nil {
		t.Skip("there is no FUSE here: ", err)
	}
	options := fmt.Sprintf("fd=%d,rootmode=40000,user_id=%d,group_id=%d", device, os.Geteuid(), os.Getegid())
	if err := unix.Mount("dead", folder, "fuse", unix.MS_NOSUID|unix.MS_NODEV, options); err != nil {
		_ = unix.Close(device)
		t.Skip("nothing can be mounted here: ", err)
	}
	t.Cleanup(func() {
		// Whoever still waits is told that it is gone.
		if err := unix.Close(device); err != nil {
			t.Error(err)
		}
		if err := unix.Unmount(folder, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}
