//go:build unix

package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// locksPending is set where a new file is locked until it has its name.
const locksPending = true

// keepOwner gives a file the owner and the group of another, and reports
// whether it has them: who edits a file of others as root must not take it away
// from them.
func keepOwner(f *os.File, of fs.FileInfo) bool {
	stat, ok := of.Sys().(*syscall.Stat_t)
	if !ok {
		return false
	}
	if int(stat.Uid) == os.Geteuid() && int(stat.Gid) == os.Getegid() {
		return true
	}
	return f.Chown(int(stat.Uid), int(stat.Gid)) == nil
}

// syncFolder makes a new name in a folder last. The name is there without it,
// so that an error has no meaning.
func syncFolder(path string) {
	if f, err := os.Open(path); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}

// DiskFull reports whether there was no room for a file.
func DiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
