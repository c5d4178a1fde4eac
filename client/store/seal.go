package store

import (
	"io/fs"
	"os"
	"runtime"
	"time"
)

// seal is what the files of a database look like from outside: the file itself and the
// log that is written ahead of it; nil for one that is not there. As long as they look the
// same, nobody has written, since each write gives one of them another time.
type seal [2]fs.FileInfo

// sealing is how old the last write must be for that: files tell times in steps, and two
// writes within a step leave the same one.
const sealing = 100 * time.Millisecond

// seal looks at the files.
func (d *database) seal() (s seal) {
	if d.path == "" {
		return s
	}
	for i, path := range []string{d.path, d.path + "-wal"} {
		if info, err := os.Stat(path); err == nil {
			s[i] = info
		}
	}
	return s
}

// holds reports whether whoever writes from now on leaves another seal. A file system of
// the network tells late what others write, and Windows what goes to a file that is open.
func (d *database) holds(s seal, now time.Time) bool {
	for _, info := range s {
		if info != nil && now.Sub(info.ModTime()) < sealing {
			return false
		}
	}
	return s[0] != nil && runtime.GOOS != "windows" && journalMode(d.path, d.kind) == journalAhead
}

// same reports whether two seals are alike.
func (s seal) same(other seal) bool {
	for i, a := range s {
		b := other[i]
		if (a == nil) != (b == nil) {
			return false
		}
		if a != nil && !(os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())) {
			return false
		}
	}
	return true
}
