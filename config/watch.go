package config

import (
	"context"
	"crypto/sha256"
	"io"
	"io/fs"
	"maps"
	"os"
	"time"
)

const watchInterval = 500 * time.Millisecond

// Watch calls changed whenever a file that the configuration was read from, or
// would have been, says something else than it did then, or others can read
// it, until ctx ends. From then on it watches those of the configuration that
// changed returns; the same ones where that is nil.
//
// It looks at the files now and then: that works with every file system and
// every editor, with one that puts a new file in the place of the old, too,
// behind symbolic links, and where there is no file yet.
func Watch(ctx context.Context, c *Config, changed func() *Config) {
	watch(ctx, c.seen, func() map[string]sighting {
		if now := changed(); now != nil {
			return now.seen
		}
		return nil
	})
}

// watch is [Watch] for any files, given as what was seen of them.
func watch(ctx context.Context, seen map[string]sighting, changed func() map[string]sighting) {
	tick := time.NewTicker(watchInterval)
	defer tick.Stop()
	known := maps.Clone(seen)
	// vanished has the files that the last look found gone or empty: an editor
	// may be in the middle of writing them.
	vanished := map[string]bool{}
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		news := false
		for path, was := range known {
			now := look(path)
			if now != was && now.empty && !vanished[path] {
				vanished[path] = true
				continue
			}
			delete(vanished, path)
			known[path] = now
			news = news || now != was
		}
		if !news {
			continue
		}
		if next := changed(); next != nil {
			known = maps.Clone(next)
		}
	}
}

// sighting is what was seen of a file; where there is none, that is empty too.
type sighting struct {
	empty bool
	mode  fs.FileMode
	// content is a hash, since the file can hold secrets.
	content [sha256.Size]byte
}

// look looks at a file. A pipe is not read: what is read of it is gone.
func look(path string) sighting {
	info, err := os.Stat(path)
	if err != nil {
		return sighting{empty: true}
	}
	if !info.Mode().IsRegular() {
		return sighted(info, nil)
	}
	f, err := os.Open(path)
	if err != nil {
		return sighted(info, nil)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil {
		return sighted(info, nil)
	}
	return sighted(info, data)
}

// sighted is what was seen of a file that had some data; of a pipe and the like
// the data is no part.
func sighted(info fs.FileInfo, data []byte) sighting {
	seen := sighting{mode: info.Mode()}
	if info.Mode().IsRegular() {
		seen.empty = len(data) == 0
		seen.content = sha256.Sum256(data)
	}
	return seen
}
