package config

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

const (
	// lockWait and lockRetry bound the waiting for another rollcall that
	// saves the same file.
	lockWait  = 3 * time.Second
	lockRetry = 10 * time.Millisecond
	// saveTries is how often an edit is made anew since the file changed
	// meanwhile; maxLinks is how far symbolic links are followed.
	saveTries = 10
	maxLinks  = 40
)

var (
	errReadOnly = errors.New("it is read-only")
	errBusy     = fmt.Errorf("another program has held its lock for %s", lockWait)
	errRestless = errors.New("it changed again each time it was to be saved")
	errNotTOML  = errors.New("it would not be TOML any more")
	errHuge     = fmt.Errorf("it would be larger than %d MiB", maxConfig>>20)
)

// Save makes an edit of the file at path, which need not be there, and keeps
// what it held before beside it, with "~" after its name. Symbolic links stay,
// and lead to the new file. It has mode 0600, and is there as a whole or not at
// all: where anything fails, the old one stays.
//
// The edit gets what the file holds, and may be asked again: when somebody else
// changes the file meanwhile, it is made anew. Of several rollcalls one saves
// at a time. An error is that of the edit, or a [*SaveError].
func Save(path string, edit func([]byte) ([]byte, error)) error {
	target, err := follow(path)
	if err != nil {
		return newSaveError(path, nil, nil, err)
	}
	// A folder that cannot be written is told of together with what would
	// have been saved, so the edit is made all the same.
	unlock, stuck := lockBeside(target)
	defer unlock()
	for range saveTries {
		old, err := os.ReadFile(target)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return newSaveError(path, nil, nil, err)
		}
		text, err := edit(bytes.Clone(old))
		if err != nil || bytes.Equal(text, old) {
			return err
		}
		err = stuck
		if err == nil {
			err = acceptable(text)
		}
		if err == nil {
			err = replaceFile(target, old, text)
		}
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, errChanged):
			return newSaveError(path, old, text, err)
		}
	}
	return newSaveError(path, nil, nil, errRestless)
}

// acceptable checks that a text could be read again.
func acceptable(text []byte) error {
	if len(text) > maxConfig {
		return errHuge
	}
	if _, _, err := meaning(bytes.TrimPrefix(text, []byte(byteOrderMark))); err != nil {
		return fmt.Errorf("%w (%w)", errNotTOML, err)
	}
	return nil
}

// errChanged says that the file is not any more what was edited.
var errChanged = errors.New("it was changed meanwhile")

// replaceFile puts a text in the place of the old one of a file.
func replaceFile(target string, old, text []byte) error {
	info, err := os.Stat(target)
	there := err == nil
	if there {
		// To replace a file takes the right to write its folder alone; who
		// has made the file read-only means it, though.
		if info.Mode().Perm()&0o200 == 0 {
			return errReadOnly
		}
		f, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	fresh, err := writeBeside(target, text, info)
	if err != nil {
		return err
	}
	defer os.Remove(fresh) // Only where it has not got its name.
	if there {
		backup, err := writeBeside(target, old, info)
		if err != nil {
			return err
		}
		if err := os.Rename(backup, target+"~"); err != nil {
			return errors.Join(err, os.Remove(backup))
		}
	}
	now, err := os.ReadFile(target)
	if (err == nil) != there || !bytes.Equal(now, old) {
		return errChanged
	}
	return install(fresh, target)
}

// install gives a new file the name of an old one.
func install(fresh, target string) error {
	if err := os.Rename(fresh, target); err != nil {
		return err
	}
	syncFolder(filepath.Dir(target))
	return nil
}

// writeBeside writes a new file in the folder of another, whose owner it gets,
// and returns its path. It is on the disk then.
func writeBeside(target string, data []byte, owned fs.FileInfo) (path string, err error) {
	f, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o600)
	}
	if err == nil && owned != nil {
		keepOwner(f, owned)
	}
	if err == nil {
		err = f.Sync()
	}
	return f.Name(), errors.Join(err, f.Close())
}

// follow is the file that a path leads to through symbolic links.
func follow(path string) (string, error) {
	for range maxLinks {
		if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
			path = filepath.Join(dir, filepath.Base(path))
		}
		to, err := os.Readlink(path)
		if err != nil {
			return path, nil // It is no link.
		}
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		path = to
	}
	return "", errors.New("it is a symbolic link that leads nowhere")
}

// lockBeside keeps other rollcalls from saving a file. The lock is a file
// beside it, and not one in the folder of the state, so that it is the same for
// all who can save the file, whatever their environment. It is removed
// afterwards: people keep their configuration under version control. unlock is
// never nil.
func lockBeside(target string) (unlock func(), err error) {
	nothing := func() {}
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return nothing, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), lockWait)
	defer cancel()
	path := target + ".lock"
	for {
		l := flock.New(path, flock.SetPermissions(0o600))
		if _, err := l.TryLockContext(ctx, lockRetry); err != nil {
			_ = l.Close()
			if errors.Is(err, context.DeadlineExceeded) {
				err = errBusy
			}
			return nothing, err
		}
		// Who held it before may have removed the file that this is a lock
		// of; then it keeps nobody away.
		held, err := l.Stat()
		if there, err2 := os.Stat(path); err == nil && err2 == nil && os.SameFile(held, there) {
			return func() {
				_ = os.Remove(path)
				_ = l.Close()
			}, nil
		}
		_ = l.Close()
	}
}
