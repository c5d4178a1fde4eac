package plainfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"
)

const (
	// LockWait is how long another program that has a lock is waited for.
	LockWait  = 3 * time.Second
	lockRetry = 5 * time.Millisecond
)

// Lock takes the lock that the file of a path is, which it makes where it is not there.
// What else the path leads to is left alone: in a folder that others can write, a link
// in its place would have a file made where they want it. A folder that is missing is an
// error at once. unlock removes the file, and is never nil.
func Lock(path string) (unlock func(), err error) {
	ctx, cancel := context.WithTimeout(context.Background(), LockWait)
	defer cancel()
	for {
		held, err := claim(path, os.O_CREATE)
		switch {
		case err == nil:
			return held.Remove, nil
		case !Taken(err):
			return func() {}, err
		}
		select {
		case <-ctx.Done():
			return func() {}, late(path, err)
		case <-time.After(lockRetry):
		}
	}
}

// late is the error of a lock that could not be had in time.
func late(path string, err error) error {
	if errors.Is(err, ErrLost) {
		return &Error{path, ErrLost.Error(), "use a disk on which a file keeps its number", ErrLost}
	}
	return &Error{path, "has been held by another program for " + LockWait.String(), "wait for that one, then try again", ErrLocked}
}

// Taken reports whether a lock was not had since another program has it, or had it a
// moment ago and has removed its file: then another try can succeed.
func Taken(err error) bool { return errors.Is(err, ErrLocked) || errors.Is(err, ErrLost) }

// Held is a lock that is held.
type Held struct{ file *os.File }

// Claim takes the lock that a file is which is there already, unless somebody else has
// it, for which the error is [ErrLocked]. The file stays.
func Claim(path string) (*Held, error) { return claim(path, 0) }

// File is what a program inherits that is to hold the lock, too, as long as it runs.
func (h *Held) File() *os.File { return h.file }

// Release gives the lock back.
func (h *Held) Release() { _ = h.file.Close() }

// Remove removes the file, and gives the lock back. A file that is open cannot be removed
// on every system; there one that somebody else has opened meanwhile stays.
func (h *Held) Remove() {
	if !removesOpen {
		h.Release()
	}
	_ = os.Remove(h.file.Name())
	if removesOpen {
		h.Release()
	}
}

// claim is Claim with a flag for the opening of the file.
func claim(path string, flag int) (*Held, error) {
	info, err := os.Lstat(path)
	switch {
	case err == nil:
		kind := kindError(info.Mode())
		if kind == nil && flag&os.O_CREATE != 0 && info.Size() > 0 {
			kind = ErrNoLock
		}
		if kind != nil {
			return nil, &Error{path, kind.Error(), "remove it, since rollcall locks only a file of its own there", kind}
		}
	case flag&os.O_CREATE == 0 || !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	f, err := os.OpenFile(path, flag|os.O_RDWR|asItIs, 0o600)
	if err != nil {
		return nil, err
	}
	if err = LockOpen(f); err != nil {
		_ = f.Close()
		return nil, err
	}
	return &Held{f}, nil
}

// LockOpen locks a file for as long as it is open, unless somebody else has it locked, for
// which the error is [ErrLocked], or its name is not its own any more, for which it is
// [ErrLost]: whoever had the lock before may have removed the file between the opening
// and the locking, and a lock of a file without a name keeps nobody away.
func LockOpen(f *os.File) error {
	if err := lock(f); err != nil {
		return err
	}
	held, err := f.Stat()
	if err != nil {
		return err
	}
	there, err := os.Lstat(f.Name())
	if errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(held, there) {
		return ErrLost
	}
	return err
}

// SweepLock removes the file of a lock that nobody holds: whoever made it was killed.
func SweepLock(path string) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > 0 || !Own(info) {
		return
	}
	if held, err := Claim(path); err == nil {
		held.Remove()
	}
}
