package config

import (
	"context"
	"crypto/sha256"
	"io"
	"io/fs"
	"os"
	"time"
)

const watchInterval = 500 * time.Millisecond

// Watch calls changed whenever the file at path says something else than
// before, or others can read it, until ctx ends. It looks at the file now and
// then: that works with every file system and every editor, with one that puts
// a new file in the place of the old, too, behind symbolic links, and where
// there is no file yet.
func Watch(ctx context.Context, path string, changed func()) {
	tick := time.NewTicker(watchInterval)
	defer tick.Stop()
	known := look(path)
	// vanished is set where the last look found no file, or an empty one: an
	// editor may be in the middle of writing it.
	vanished := false
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		switch now := look(path); {
		case now == known:
			vanished = false
		case now.empty && !vanished:
			vanished = true
		default:
			known, vanished = now, false
			changed()
		}
	}
}

// sighting is what was seen of a file.
type sighting struct {
	there, empty bool
	mode         fs.FileMode
	// content is a hash, since the file can hold secrets.
	content [sha256.Size]byte
}

// look looks at a file. A pipe is not read: what is read of it is gone.
func look(path string) sighting {
	info, err := os.Stat(path)
	if err != nil {
		return sighting{empty: true}
	}
	seen := sighting{there: true, empty: info.Size() == 0, mode: info.Mode()}
	if !info.Mode().IsRegular() {
		return seen
	}
	f, err := os.Open(path)
	if err != nil {
		return seen
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil {
		return seen
	}
	seen.empty = len(data) == 0
	seen.content = sha256.Sum256(data)
	return seen
}
