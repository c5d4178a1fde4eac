package config

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"rollcall/plainfile"
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

// lookAt looks at a file at a time after an earlier look; the first one has none. Where
// ctx ends meanwhile, it has seen nothing.
func lookAt(ctx context.Context, path string, before look, now time.Time) look {
	// On a network, to open a file asks the server, which a look at its name does not.
	seen, err := plainfile.Opened(ctx, path, func(f *os.File) (seen look, err error) {
		changed, known := changeOf(f)
		if !known {
			return look{}, errors.ErrUnsupported
		}
		info, err := f.Stat()
		return look{info: info, changed: changed}, err
	})
	if err == nil && before.info != nil && os.SameFile(before.info, seen.info) && before.changed.Equal(seen.changed) &&
		before.info.Size() == seen.info.Size() && before.info.ModTime().Equal(seen.info.ModTime()) {
		return before
	}
	is := look{version: versionOf(ctx, path)}
	if err == nil && now.Sub(seen.changed) > settling {
		is.info, is.changed = seen.info, seen.changed
	}
	return is
}
