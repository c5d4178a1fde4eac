package plainfile

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"unicode"
)

// What a path can be that is no small ordinary file. The texts go on from its name.
var (
	ErrFolder = errors.New("is a folder")
	ErrPipe   = errors.New("is a pipe")
	ErrSocket = errors.New("is a socket")
	ErrDevice = errors.New("is a device")
	ErrLink   = errors.New("is a symbolic link")
	// ErrNoFolder is what is to be a folder, ErrInNone a path through what is none.
	ErrNoFolder = errors.New("is no folder")
	ErrInNone   = errors.New("is in no folder, but in a file")
	ErrNoFile   = errors.New("is no file")
	ErrLoop     = errors.New("is a symbolic link that leads in a circle")
	ErrLarge    = errors.New("is too large")
	// ErrShared is a file that is to be its owner's alone, and is not.
	ErrShared = errors.New("is open to others than its owner")
	// ErrSilent is a pipe that nobody writes to, ErrHangs a disk that does not answer.
	ErrSilent = fmt.Errorf("is a pipe to which nothing was written within %s", Wait)
	ErrHangs  = fmt.Errorf("could not be read within %s", Wait)
	// ErrUnwritten is a disk that does not answer to who writes.
	ErrUnwritten = fmt.Errorf("could not be written within %s", Wait)
	// ErrNoLock is a file in the place of a lock, ErrLocked is a lock that somebody else has.
	ErrNoLock = errors.New("is a file that holds something, and no lock")
	ErrLocked = errors.New("is held by another program")
	// ErrLost is a file that was opened to be locked, and was not the one of its name then.
	ErrLost = errors.New("cannot be locked, since its name leads to another file at each look")
)

// Error says why a file is not read or locked, and what to do. Its cause is one of the
// errors above.
type Error struct {
	Path string
	// What goes on from the name of the file: "is a folder".
	What string
	// Remedy says what to do.
	Remedy string

	cause error
}

// Error says all of it.
func (e *Error) Error() string { return e.About(Named(e.Path)) }

// About is the error where the file is called something else than by its name, which
// stands there already: "it", "this".
func (e *Error) About(subject string) string { return subject + " " + e.What + "; " + e.Remedy }

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.cause }

// Named is a path as part of a sentence. One with a line break or another character
// that is not to be seen is quoted, so that it can be taken for nothing else.
func Named(path string) string {
	if strings.ContainsFunc(path, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(path)
	}
	return path
}

// remedies are what to do about a path that is to be read.
func remedies(cause error) string {
	switch cause {
	case ErrFolder:
		return "name the file in it"
	case ErrLoop:
		return "correct the link"
	case ErrInNone:
		return "correct the path, or put a folder in place of the file"
	case ErrLarge:
		return "check that it is the right file"
	case ErrShared:
		return "make it mode 600 with chmod, or name another"
	case ErrSilent:
		return "start what writes to it"
	case ErrHangs, ErrUnwritten:
		return "check the disk or the network that it is on"
	}
	return "put an ordinary file in its place, or name another"
}

// wrong is the error of a file that is not read.
func wrong(path string, cause error) *Error {
	return &Error{path, cause.Error(), remedies(cause), cause}
}

// tooLarge is the error of a file of more bytes than it can have.
func tooLarge(path string, most int64) *Error {
	size := fmt.Sprintf("%d bytes", most)
	for _, unit := range []struct {
		name  string
		bytes int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if most >= unit.bytes {
			size = fmt.Sprintf("%d %s", most/unit.bytes, unit.name)
			break
		}
	}
	return &Error{path, "is larger than " + size, remedies(ErrLarge), ErrLarge}
}

// kindError is what a mode says that is not that of an ordinary file; nil for one that
// is.
func kindError(mode fs.FileMode) error {
	switch {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return ErrFolder
	case mode&fs.ModeNamedPipe != 0:
		return ErrPipe
	case mode&fs.ModeSocket != 0:
		return ErrSocket
	case mode&fs.ModeDevice != 0:
		return ErrDevice
	case mode&fs.ModeSymlink != 0:
		return ErrLink
	}
	return ErrNoFile
}
