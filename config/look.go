package config

import (
	"io/fs"
	"os"
	"time"
)

// look is one look at a file: the version that it had, and by what the next look tells
// that it has the same one still, without reading it all.
type look struct {
	version fileVersion
	// info is what the system says of the file that was read, changed when it says
	// that the file was changed last; nil where it must be read again in any case.
	info    fs.FileInfo
	changed time.Time
}

// settling is for how long after its last change a file is read again: the times that
// a system notes may be that coarse, so that they do not tell of one more change.
const settling = 5 * time.Second

// lookAt looks at a file at a time after an earlier look; the first one has none.
func lookAt(path string, before look, now time.Time) look {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return look{version: versionOf(path)}
	}
	f, err := os.Open(path) // On a network this asks the server, which a look at its name does not.
	if err != nil {
		return look{version: versionOf(path)}
	}
	defer f.Close()
	changed, known := changeOf(f)
	if info, err = f.Stat(); err != nil || !known {
		return look{version: versionOf(path)}
	}
	if before.info != nil && os.SameFile(before.info, info) && before.changed.Equal(changed) &&
		before.info.Size() == info.Size() && before.info.ModTime().Equal(info.ModTime()) {
		return before
	}
	is := look{version: versionOf(path)}
	if age := now.Sub(changed); age > settling {
		is.info, is.changed = info, changed
	}
	return is
}
