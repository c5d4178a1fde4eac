package cmd

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rollcall/config"
	"rollcall/plainfile"
)

const (
	// demoPrefix and editPrefix begin the names of work folders.
	demoPrefix = "rollcall-demo-"
	editPrefix = "rollcall-edit-"
	// workLock is the file in a work folder that is locked while it is needed.
	workLock = "lock"
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
	for {
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
		// Another rollcall has taken the folder for a leftover, before it was locked.
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, plainfile.ErrLocked) {
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
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, plainfile.ErrLocked) {
		return err
	}
	// A file system without locks has the folder all the same; only what is left of it
	// stays.
	f.held = held
	return nil
}

// keep leaves the folder to the person.
func (f *workFolder) keep() {
	_ = os.Remove(filepath.Join(f.path, workLock)) // Without it, nobody sweeps.
	f.release()
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
		if err != nil || !info.IsDir() || info.Mode().Perm()&0o077 != 0 || !plainfile.Own(info) {
			continue
		}
		path := filepath.Join(parent, e.Name())
		held, err := plainfile.Claim(filepath.Join(path, workLock))
		switch {
		case err == nil:
			_ = os.RemoveAll(path) // The next run tries again.
			held.Release()
		case errors.Is(err, fs.ErrNotExist):
			_ = os.Remove(path) // It goes where nothing is in it, as before the lock is.
		}
	}
}

// sweepOnce is sweepLeft for a configuration that was read. A demo has seen to it when it
// made its folder.
func (a *app) sweepOnce(l *loaded) {
	if !a.demo {
		sweepLeft(l.Config)
	}
}

// sweepLeft removes what a rollcall has left that was killed: the work folders, and what
// is beside a configuration and its secrets. There can be secrets in all of that.
func sweepLeft(c *config.Config) {
	sweepWork(os.TempDir())
	c.Sweep()
}
