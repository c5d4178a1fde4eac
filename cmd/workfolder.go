package cmd

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"rollcall/config"
	"rollcall/plainfile"
)

const (
	// demoPrefix and editPrefix begin the names of work folders.
	demoPrefix = "rollcall-demo-"
	editPrefix = "rollcall-edit-"
	// workLock is the file in a work folder that is locked while it is needed.
	workLock = "lock"
	// workTries is how many folders are made at most until one is locked.
	workTries = 100
)

// workFolder is a folder for what is needed only while rollcall runs. Nobody else can
// read it. Its lock tells it from what is left of a rollcall that was killed.
type workFolder struct {
	path string
	// held is nil where the file system has no locks.
	held *plainfile.Held
}

// newWorkFolder makes a folder of a kind, and removes those that were left.
func newWorkFolder(prefix string) (*workFolder, error) {
	sweepWork(os.TempDir())
	for try := 1; ; try++ {
		path, err := os.MkdirTemp("", prefix)
		if err != nil {
			return nil, err
		}
		f := &workFolder{path: path}
		err = f.claim()
		if err == nil {
			return f, nil
		}
		f.remove()
		// Another rollcall may have taken the folder for a leftover, before it was locked.
		if !errors.Is(err, fs.ErrNotExist) && !plainfile.Taken(err) || try == workTries {
			return nil, err
		}
	}
}

// claim locks the folder.
func (f *workFolder) claim() error {
	name := filepath.Join(f.path, workLock)
	if err := os.WriteFile(name, nil, 0o600); err != nil {
		return err
	}
	held, err := plainfile.Claim(name)
	if plainfile.Lockless(err) {
		// The folder is of use all the same; only what is left of it stays.
		return nil
	}
	f.held = held
	return err
}

// keep leaves the folder to the person.
func (f *workFolder) keep() {
	if f.held == nil {
		_ = os.Remove(filepath.Join(f.path, workLock)) // Without it, nobody sweeps.
		return
	}
	// A lock that is not empty tells who sweeps the same, should it not go.
	_, _ = f.held.File().WriteString("kept\n")
	f.held.Remove()
}

// remove removes the folder, with everything in it.
func (f *workFolder) remove() error {
	f.release()
	return os.RemoveAll(f.path)
}

func (f *workFolder) release() {
	if f.held != nil {
		f.held.Release()
	}
}

// sweepWork removes the work folders that nobody needs any more. Those of other people
// are left alone, and so is one that is just being made.
func sweepWork(parent string) {
	entries, _ := plainfile.Folder(parent) // Where it cannot be read, there is nothing to see.
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), demoPrefix) && !strings.HasPrefix(e.Name(), editPrefix) {
			continue
		}
		info, err := e.Info()
		if err != nil || !info.IsDir() || !private(info) || !plainfile.Own(info) {
			continue
		}
		path := filepath.Join(parent, e.Name())
		held, err := plainfile.Claim(filepath.Join(path, workLock))
		switch {
		case err == nil:
			sweepHeld(path, held)
		case errors.Is(err, fs.ErrNotExist):
			_ = os.Remove(path) // It goes where nothing is in it, as before the lock is.
		}
	}
}

// private reports whether nobody else gets into a folder. Windows does not tell that by
// a mode: there the folder for temporary files is the person's own.
func private(info fs.FileInfo) bool {
	return runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0
}

// sweepHeld removes a work folder whose lock was taken, unless it is kept on purpose. The
// lock goes last: where it must be given back before that, nothing of somebody who takes
// it in between is removed.
func sweepHeld(path string, held *plainfile.Held) {
	info, err := held.File().Stat()
	entries, failed := os.ReadDir(path)
	err = errors.Join(err, failed)
	if err == nil && info.Size() == 0 {
		for _, e := range entries {
			if e.Name() != workLock {
				err = errors.Join(err, os.RemoveAll(filepath.Join(path, e.Name())))
			}
		}
	}
	if err != nil || info.Size() > 0 {
		held.Release() // What could not be removed, the next run tries again.
		return
	}
	held.Remove()
	_ = os.Remove(path)
}

// sweepOnce is sweepLeft for a configuration that was read. A demo has seen to it when it
// made its folder.
func (a *app) sweepOnce(ctx context.Context, l *loaded) {
	if !a.demo {
		sweepLeft(ctx, l.Config)
	}
}

// leftTime is how long is waited at most for the removal of what was left: a command that
// has nothing to do with a disk that does not answer is not to wait for it.
const leftTime = 2 * time.Second

// sweepLeft removes what a rollcall has left that was killed: the work folders, and what
// is beside a configuration and its secrets. There can be secrets in all of that. It takes
// [leftTime] at most, and ends with ctx.
func sweepLeft(ctx context.Context, c *config.Config) {
	ctx, cancel := context.WithTimeout(ctx, leftTime)
	defer cancel()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		defer func() { _ = recover() }() // What it leaves, another run may remove.
		sweepWork(os.TempDir())
	}()
	c.Sweep(ctx)
	select {
	case <-ended:
	case <-ctx.Done():
	}
}
