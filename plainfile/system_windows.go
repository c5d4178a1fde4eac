package plainfile

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// asItIs is nothing: there are no pipes nor devices in folders, and few may make links.
const asItIs = 0

// removesOpen is not set: what is open stays.
const removesOpen = false

// Own reports whether a file belongs to the person who runs rollcall. The folders that
// rollcall looks into are the person's own.
func Own(fs.FileInfo) bool { return true }

// lock locks a file for whoever has it open, without waiting.
func lock(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &windows.Overlapped{})
	switch {
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION), errors.Is(err, windows.ERROR_IO_PENDING):
		return ErrLocked
	case err != nil:
		return &fs.PathError{Op: "lock", Path: f.Name(), Err: err}
	}
	return nil
}

// Lockless reports whether a file was not locked since its file system has no locks.
func Lockless(err error) bool {
	for _, none := range []error{windows.ERROR_NOT_SUPPORTED, windows.ERROR_INVALID_FUNCTION, windows.ERROR_CALL_NOT_IMPLEMENTED} {
		if errors.Is(err, none) {
			return true
		}
	}
	return false
}
