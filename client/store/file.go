package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/natefinch/atomic"
)

// lockWait is how long the lock of a file is waited for, lockRetry the time
// between two tries.
const (
	lockWait  = 3 * time.Second
	lockRetry = 2 * time.Millisecond
)

// maxBroken is how many files that were set aside are kept.
const maxBroken = 5

// stateFile is a JSON file that several rollcalls read and write. It is only
// ever replaced as a whole, so reading needs no lock. A writer holds the lock,
// and first takes in what others wrote in the meantime. It is for one goroutine
// at a time.
type stateFile struct {
	path string
	// unsynced is set where writing does not wait for the disk. Other rollcalls
	// see the new version at once, but it is lost when the power fails.
	unsynced bool
	// seen is the version that was last read or written; nil for none.
	seen os.FileInfo
}

// contents is what a stateFile holds.
type contents interface {
	// takeIn adds what another version of the file knows. An error says that
	// the data makes no sense, and nothing was taken in.
	takeIn(data []byte) error
	encode() ([]byte, error)
}

// brokenError is a file that is there but cannot be what it should be.
type brokenError struct{ reason error }

func (e brokenError) Error() string { return e.reason.Error() }

// load reads the file if it is there and has changed. A broken one is set
// aside, which the notice says in a sentence.
func (f *stateFile) load(c contents) (notice string, err error) {
	err = f.read(c)
	broken, ok := errors.AsType[brokenError](err)
	if !ok {
		return "", err
	}
	unlock, err := f.lock()
	if err != nil {
		return "", f.stuck(broken, err)
	}
	defer unlock()
	return f.readLocked(c)
}

// save writes the contents, together with what others wrote since the file was
// last read.
func (f *stateFile) save(c contents) (notice string, err error) {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return "", err
	}
	unlock, err := f.lock()
	if err != nil {
		return "", err
	}
	defer unlock()
	if notice, err = f.readLocked(c); err != nil {
		return notice, err
	}
	data, err := c.encode()
	if err != nil {
		return notice, err
	}
	f.tidy()
	return notice, f.write(data)
}

// tidy removes the unfinished versions of rollcalls that were killed. The
// caller has the lock, so nobody is writing one.
func (f *stateFile) tidy() {
	for _, path := range f.unfinished() {
		_ = os.Remove(path)
	}
}

func (f *stateFile) unfinished() (paths []string) {
	return f.beside(func(end string) bool { return end != "" && strings.Trim(end, "0123456789") == "" })
}

// tidyIfIdle tidies a file that may not be written for long. Where somebody
// else has the lock, they tidy it when they write.
func (f *stateFile) tidyIfIdle() {
	if len(f.unfinished()) == 0 {
		return
	}
	l := f.flock()
	defer l.Close()
	if alone, err := l.TryLock(); alone && err == nil {
		f.tidy()
	}
}

// beside are the files in the same folder that begin with the same name and end
// as wanted, in the order of their names.
func (f *stateFile) beside(wanted func(end string) bool) (paths []string) {
	dir, name := filepath.Split(f.path)
	// In a folder that cannot be read, no file is found.
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if end, ok := strings.CutPrefix(e.Name(), name); ok && wanted(end) {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths
}

// read takes in the file if it is there and has changed.
func (f *stateFile) read(c contents) error {
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.seen = nil
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return brokenError{errors.New("it is not a file")}
	case f.seen != nil && os.SameFile(f.seen, info) && f.seen.ModTime().Equal(info.ModTime()) && f.seen.Size() == info.Size():
		return nil
	}
	// Writing reports the error of a file that cannot be made private.
	_ = private(f.path, info)
	data, err := os.ReadFile(f.path)
	if err != nil {
		return err
	}
	if err := c.takeIn(data); err != nil {
		return brokenError{err}
	}
	f.seen = info
	return nil
}

// readLocked reads the file and sets it aside where it is broken. The caller
// has the lock: otherwise it could set aside a good file that another rollcall
// has just written.
func (f *stateFile) readLocked(c contents) (notice string, err error) {
	err = f.read(c)
	broken, ok := errors.AsType[brokenError](err)
	if !ok {
		return "", err
	}
	aside := fmt.Sprintf("%s.broken-%s", f.path, time.Now().Format("20060102-150405"))
	for n := 2; exists(aside); n++ {
		aside = fmt.Sprintf("%s.broken-%s-%d", f.path, time.Now().Format("20060102-150405"), n)
	}
	if err := os.Rename(f.path, aside); err != nil {
		return "", f.stuck(broken, err)
	}
	f.seen = nil
	f.dropBroken()
	return fmt.Sprintf("%s could not be read (%v). It was set aside as %s, and rollcall starts a new one.",
		f.path, broken, filepath.Base(aside)), nil
}

// dropBroken removes the oldest of many files that were set aside. Two versions
// of rollcall that do not know each other's format would otherwise set files
// aside for ever.
func (f *stateFile) dropBroken() {
	aside := f.beside(func(end string) bool { return strings.HasPrefix(end, ".broken-") })
	for _, path := range aside[:max(0, len(aside)-maxBroken)] {
		_ = os.Remove(path)
	}
}

// stuck is the error of a broken file that cannot be set aside.
func (f *stateFile) stuck(broken brokenError, err error) error {
	return fmt.Errorf("%s cannot be read (%w) nor set aside: %w", f.path, broken, err)
}

// write replaces the file.
func (f *stateFile) write(data []byte) error {
	if info, err := os.Stat(f.path); err == nil {
		// The new file gets the mode of the old one.
		if err := private(f.path, info); err != nil {
			return err
		}
	}
	write := atomic.WriteFile
	if f.unsynced {
		write = writeUnsynced
	}
	if err := write(f.path, bytes.NewReader(data)); err != nil {
		return err
	}
	info, err := os.Stat(f.path)
	f.seen = info
	return err
}

// writeUnsynced replaces a file as a whole like [atomic.WriteFile], but does
// not wait for the disk.
func writeUnsynced(path string, data io.Reader) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path))
	if err != nil {
		return err
	}
	_, err = io.Copy(f, data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = atomic.ReplaceFile(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// lock keeps other rollcalls from writing. It waits for a limited time: a
// rollcall that was stopped must not stop this one.
func (f *stateFile) lock() (unlock func(), err error) {
	ctx, cancel := context.WithTimeout(context.Background(), lockWait)
	defer cancel()
	l := f.flock()
	if _, err := l.TryLockContext(ctx, lockRetry); err != nil {
		l.Close()
		if errors.Is(err, context.DeadlineExceeded) {
			err = fmt.Errorf("another program has held %s for %v", l.Path(), lockWait)
		}
		return nil, err
	}
	return func() { l.Close() }, nil
}

func (f *stateFile) flock() *flock.Flock {
	return flock.New(f.path+".lock", flock.SetPermissions(0o600))
}

// private takes the permissions of other users off a file.
func private(path string, info os.FileInfo) error {
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return os.Chmod(path, 0o600)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// formatError returns the error of a file that was decoded with err. Where the
// file has an unknown format, that explains more than a value of the wrong
// type.
func formatError(err error, format, known int) error {
	_, wrongType := errors.AsType[*json.UnmarshalTypeError](err)
	if format != known && (err == nil || wrongType && format != 0) {
		return fmt.Errorf("it has format %d, and this rollcall knows format %d", format, known)
	}
	return err
}
