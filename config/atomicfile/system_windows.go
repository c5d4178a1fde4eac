package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// locksPending is not set: what is open cannot get another name here.
const locksPending = false

// keepOwner does nothing: a new file has the rights of its folder.
func keepOwner(*os.File, fs.FileInfo) bool { return true }

// syncFolder does nothing: folders are not written by themselves.
func syncFolder(string) {}

// DiskFull reports whether there was no room for a file.
func DiskFull(err error) bool {
	const handleDiskFull, diskFull = syscall.Errno(39), syscall.Errno(112)
	return errors.Is(err, handleDiskFull) || errors.Is(err, diskFull)
}
