package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"rollcall/plainfile"
)

// maxAside is how many files that were set aside are kept.
const maxAside = 5

// The ends of the names of the locks: for a file that is set aside, and for
// the files of an earlier rollcall that are taken over.
const (
	asideLock  = ".lock"
	legacyLock = ".legacy.lock"
)

// asideMark stands in the names of files that were set aside.
const asideMark = ".broken-"

// companions end the names of the files that SQLite keeps beside a database.
var companions = []string{"", "-wal", "-shm", "-journal"}

// setAside renames a file that is of no use, with its companions, and takes the
// decisions of people out of it into a new one as far as they can be read. age is
// that of the connection that found the damage; another goroutine may have done
// all this since. It is negative where there was no connection.
func (d *database) setAside(age int, reason string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.path == "" {
		return errors.New("the state in memory is damaged")
	}
	if age >= 0 && age != d.age {
		return nil
	}
	was := d.file
	unlock, err := d.lock(asideLock)
	if err != nil {
		return fmt.Errorf("%s cannot be used (%s) nor set aside: %w", d.path, reason, err)
	}
	defer unlock()
	d.closeIdle()
	d.age, d.file = d.age+1, nil
	if d.repaired(was) {
		return nil
	}
	kept, whole, release := rescue(d.path)
	if runtime.GOOS == "windows" {
		release() // A file that is open cannot be renamed there.
	}
	aside, err := setAside(d.path)
	release()
	if err != nil {
		return fmt.Errorf("%s cannot be used (%s) nor set aside: %w", d.path, reason, err)
	}
	if !whole {
		kept.takeWithNewSchema(aside)
	}
	d.dropOld()
	s, err := d.opened(true, true)
	if err == nil {
		err = s.transaction(kept.write)
		s.close()
	}
	d.notice(fmt.Sprintf("%s could not be used, since %s. It was set aside as %s, and rollcall starts a new one. %s",
		d.path, reason, filepath.Base(aside), kept.told()))
	return err
}

// repaired reports whether another rollcall was first: the file is another one
// than was or, where it was never opened, can be opened now.
func (d *database) repaired(was fs.FileInfo) bool {
	info, err := inspect(d.path, false)
	if err != nil {
		return false
	}
	if was != nil {
		return !os.SameFile(info, was)
	}
	s, err := open(d.path, journalMode(d.path, d.kind), d.patience)
	if err == nil {
		s.close()
	}
	return err == nil
}

// lock keeps other rollcalls from doing the same to the file meanwhile. It waits for
// a limited time: a rollcall that was stopped must not stop this one. Whoever waits for
// the lock finds out under it that there is nothing left to do.
func (d *database) lock(end string) (unlock func(), err error) { return plainfile.Lock(d.path + end) }

// setAside gives a file and its companions another name, which it returns.
func setAside(path string) (aside string, err error) {
	stamp := path + asideMark + time.Now().Format("20060102-150405.000")
	aside = stamp
	for n := 2; exists(aside); n++ {
		aside = fmt.Sprintf("%s.%d", stamp, n)
	}
	for _, end := range companions {
		if err := os.Rename(path+end, aside+end); err != nil && (end == "" || !errors.Is(err, fs.ErrNotExist)) {
			return "", err
		}
	}
	return aside, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// dropOld removes the oldest of many files that were set aside.
func (d *database) dropOld() {
	aside := d.aside()
	for _, path := range aside[:max(0, len(aside)-maxAside)] {
		for _, end := range companions {
			_ = os.Remove(path + end)
		}
	}
}

// aside are the files that were set aside, the oldest first.
func (d *database) aside() (paths []string) {
	// In a folder that cannot be read, no file is found.
	entries, _ := plainfile.Folder(filepath.Dir(d.path))
	for _, e := range entries {
		companion := slices.ContainsFunc(companions[1:], func(end string) bool { return strings.HasSuffix(e.Name(), end) })
		if strings.HasPrefix(e.Name(), filepath.Base(d.path)+asideMark) && !companion {
			paths = append(paths, d.beside(e.Name()))
		}
	}
	return paths
}
