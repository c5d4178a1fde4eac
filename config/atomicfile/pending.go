package atomicfile

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"rollcall/plainfile"
)

// Pending is a new file beside the one that it is to replace. It is whole,
// on the disk, and readable by its owner alone, but has not got its name yet.
// Until it has, or is discarded, it is open and locked, which tells it from what a
// rollcall has left that was killed.
type Pending struct {
	target string
	// file is what was written through, and what is locked: where locks keep others from
	// writing, a second descriptor would be another.
	file *os.File
}

const (
	// pendingMark and pendingEnd are around the number in the name of a new file. Together
	// they are what nobody calls a file of their own.
	pendingMark = ".rollcall-"
	pendingEnd  = ".tmp"
	// pendingTries is how many new files are made at most until one is locked.
	pendingTries = 100
)

// Create writes what is to replace the file at target. It gets the owner
// of old, which may be nil.
//
// Like all that is done with a file here, it does not wait long for a disk that does not
// answer.
func Create(target string, data []byte, old fs.FileInfo) (*Pending, error) {
	return plainfile.Written(context.Background(), target, func(context.Context) (*Pending, error) {
		return create(target, data, old)
	}, (*Pending).discard)
}

func create(target string, data []byte, old fs.FileInfo) (p *Pending, err error) {
	f, err := temporary(target)
	if err != nil {
		return nil, err
	}
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
	p = &Pending{target, f}
	if err != nil {
		p.discard()
		return nil, err
	}
	return p, nil
}

// temporary makes a new file beside another, and locks it.
func temporary(target string) (*os.File, error) {
	for try := 1; ; try++ {
		f, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+pendingMark+"*"+pendingEnd)
		if err != nil || !locksPending {
			return f, err
		}
		err = plainfile.LockOpen(f)
		if err == nil || plainfile.Lockless(err) {
			// A file system without locks has new files all the same; what is left of
			// them stays.
			return f, nil
		}
		_ = os.Remove(f.Name())
		_ = f.Close()
		// Another rollcall may have taken it for a leftover.
		if !plainfile.Taken(err) || try == pendingTries {
			return nil, &fs.PathError{Op: "lock", Path: f.Name(), Err: err}
		}
	}
}

// KeepMode gives the new file the mode of another, if it has the owner and the
// group of that one: the rights of a group are for that group alone.
func (p *Pending) KeepMode(of fs.FileInfo) error {
	return done(p.target, func(context.Context) error {
		if !keepOwner(p.file, of) {
			return nil
		}
		return p.file.Chmod(of.Mode().Perm())
	})
}

// SetMode gives the new file a mode of its own, where others are to read it.
func (p *Pending) SetMode(mode fs.FileMode) error {
	return done(p.target, func(context.Context) error { return p.file.Chmod(mode) })
}

// Commit puts the new file in the place of the old one.
func (p *Pending) Commit() error {
	return done(p.target, func(ctx context.Context) error {
		if err := p.commitAs(ctx, p.target); err != nil {
			return err
		}
		syncFolder(filepath.Dir(p.target))
		return nil
	})
}

// done is [plainfile.Written] for what gives nothing but an error.
func done(path string, do func(context.Context) error) error {
	_, err := plainfile.Written(context.Background(), path, func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, nil)
	return err
}

// CommitAs gives the new file a name of its own. It is locked until it has that, unless
// the system gives no other name to what is open: then it is closed before.
func (p *Pending) CommitAs(path string) error {
	// In turn with the file that it was made for, of which the lock must last as long.
	return done(p.target, func(ctx context.Context) error { return p.commitAs(ctx, path) })
}

func (p *Pending) commitAs(ctx context.Context, path string) error {
	if ctx.Err() != nil {
		return ctx.Err() // Whoever waited was told that it was not written.
	}
	err := fs.ErrInvalid
	if locksPending {
		err = os.Rename(p.file.Name(), path)
	}
	p.release()
	if err != nil && ctx.Err() == nil {
		// There are networks, too, on which an open file keeps its name.
		err = os.Rename(p.file.Name(), path)
	}
	return err
}

// CommitNew gives the new file the name that it was made for, unless a file has that
// name by now; then the error is [fs.ErrExist], and that file stays as it is.
func (p *Pending) CommitNew() error {
	return done(p.target, p.commitNew)
}

func (p *Pending) commitNew(ctx context.Context) error {
	err := os.Link(p.file.Name(), p.target)
	if err == nil || errors.Is(err, fs.ErrExist) || ctx.Err() != nil {
		return err
	}
	// There are file systems without hard links. There an empty file takes the name.
	f, err := os.OpenFile(p.target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err = errors.Join(f.Close(), p.commitAs(ctx, p.target)); err != nil {
		_ = os.Remove(p.target)
	}
	return err
}

// Discard removes the new file, unless it has got its name.
func (p *Pending) Discard() {
	// Not in turn with a write that hangs: when the disk answers again, the file goes.
	_ = done(p.file.Name()+"\x00discarded", func(context.Context) error {
		p.discard()
		return nil
	})
}

func (p *Pending) discard() {
	if !locksPending {
		p.release()
	}
	_ = os.Remove(p.file.Name())
	p.release()
}

// release closes the file, and with that gives its lock back. What it holds is on the disk
// already.
func (p *Pending) release() { _ = p.file.Close() }
