//go:build unix

package plainfile

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// asItIs has a path opened that is no link, without waiting for anybody.
const asItIs = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// removesOpen is set where a file can be removed that is open.
const removesOpen = true

// Own reports whether a file belongs to the person who runs rollcall.
func Own(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

// lock locks a file for whoever has it open, without waiting.
func lock(f *os.File) error {
	for {
		switch err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); {
		case err == unix.EINTR:
			continue
		case err == unix.EWOULDBLOCK, err == unix.EACCES:
			// A network may answer the latter: it has no locks but those on ranges of bytes.
			return ErrLocked
		case err != nil:
			return &fs.PathError{Op: "lock", Path: f.Name(), Err: err}
		}
		return nil
	}
}

// Lockless reports whether a file was not locked since its file system has no locks.
func Lockless(err error) bool {
	for _, none := range []error{unix.ENOTSUP, unix.EOPNOTSUPP, unix.ENOLCK, unix.ENOSYS} {
		if errors.Is(err, none) {
			return true
		}
	}
	return false
}
