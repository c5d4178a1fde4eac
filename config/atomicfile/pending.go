package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"rollcall/plainfile"
)

// Pending is a new file beside the one that it is to replace. It is whole,
// on the disk, and readable by its owner alone, but has not got its name yet.
// Until it has, or is discarded, it is locked, which tells it from what a
// rollcall has left that was killed.
type Pending struct {
	path, target string
	// held is nil where it could not be locked.
	held *plainfile.Held
}

// pendingMark is before the number in the name of a new file.
const pendingMark = ".rollcall-"

// Create writes what is to replace the file at target. It gets the owner
// of old, which may be nil.
func Create(target string, data []byte, old fs.FileInfo) (p *Pending, err error) {
	f, held, err := temporary(target)
	if err != nil {
		return nil, err
	}
	p = &Pending{f.Name(), target, held}
	defer func() {
		if err != nil {
			p.Discard()
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o600)
	}
	if err == nil && old != nil {
		keepOwner(f, old)
	}
	if err == nil {
		err = f.Sync()
	}
	return p, errors.Join(err, f.Close())
}

// temporary makes a new file beside another, and locks it.
func temporary(target string) (f *os.File, held *plainfile.Held, err error) {
	for {
		f, err = os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+pendingMark+"*")
		if err != nil || !locksPending {
			return f, nil, err
		}
		held, err = plainfile.Claim(f.Name())
		if !errors.Is(err, plainfile.ErrLocked) && !errors.Is(err, fs.ErrNotExist) {
			// A file system without locks has new files all the same; what is left of
			// them stays.
			return f, held, nil
		}
		// Another rollcall has taken it for a leftover.
		_ = f.Close()
		_ = os.Remove(f.Name())
	}
}

// KeepMode gives the new file the mode of another, if it has the owner and the
// group of that one: the rights of a group are for that group alone.
func (p *Pending) KeepMode(of fs.FileInfo) error {
	f, err := os.OpenFile(p.path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if !keepOwner(f, of) {
		return nil
	}
	return f.Chmod(of.Mode().Perm())
}

// Commit puts the new file in the place of the old one.
func (p *Pending) Commit() error {
	if err := os.Rename(p.path, p.target); err != nil {
		return err
	}
	p.release()
	syncFolder(filepath.Dir(p.target))
	return nil
}

// CommitAs gives the new file a name of its own.
func (p *Pending) CommitAs(path string) error { return os.Rename(p.path, path) }

// CommitNew gives the new file the name that it was made for, unless a file has that
// name by now; then the error is [fs.ErrExist], and that file stays as it is.
func (p *Pending) CommitNew() error {
	err := os.Link(p.path, p.target)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	// There are file systems without hard links. There an empty file takes the name.
	f, err := os.OpenFile(p.target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err = errors.Join(f.Close(), os.Rename(p.path, p.target)); err != nil {
		_ = os.Remove(p.target)
	}
	return err
}

// Discard removes the new file, unless it has got its name.
func (p *Pending) Discard() {
	_ = os.Remove(p.path)
	p.release()
}

func (p *Pending) release() {
	if p.held != nil {
		p.held.Release()
	}
}
