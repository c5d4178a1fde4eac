//go:build unix

package config

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives a file the owner of another, where that is somebody else: who
// edits a file of others as root must not take it away from them.
func keepOwner(f *os.File, of fs.FileInfo) {
	if stat, ok := of.Sys().(*syscall.Stat_t); ok && int(stat.Uid) != os.Geteuid() {
		_ = f.Chown(int(stat.Uid), int(stat.Gid))
	}
}

// syncFolder makes a new name in a folder last. The name is there without it,
// so that an error has no meaning.
func syncFolder(path string) {
	if f, err := os.Open(path); err == nil {
		_ = f.Sync()
		_ = f.Close()
	}
}

// diskFull reports whether there was no room for a file.
func diskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
