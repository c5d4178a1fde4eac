package config

import (
	"context"
	"time"
)

// watchInterval is the time between two looks at the files. They are at whole seconds,
// when others look, too, so that the machine is woken once for all.
const watchInterval = time.Second

// untilLook is how long it is until the next look.
func untilLook() time.Duration {
	now := time.Now()
	return now.Truncate(watchInterval).Add(watchInterval).Sub(now)
}

// Watch calls changed whenever a file that the configuration was read from, or
// would have been read from, has another content than it had then, or others can
// read it, until ctx ends. When changed returns a configuration, Watch goes on
// with the files of that one; where it returns nil, with the same files.
//
// Watch compares the files once a second in place of asking the system for
// changes. That works with every file system, with every editor (some put a new
// file in the place of the old one), behind symbolic links, and where there is
// no file yet.
func Watch(ctx context.Context, c *Config, changed func() *Config) {
	watch(ctx, c.versions, func() map[string]fileVersion {
		if now := changed(); now != nil {
			return now.versions
		}
		return nil
	})
}

// watch is [Watch] for any files, given as the versions that are known of them.
func watch(ctx context.Context, versions map[string]fileVersion, changed func() map[string]fileVersion) {
	known := looksAt(versions)
	// vanished has the files that were gone or empty at the last tick. An
	// editor may be in the middle of writing them, so that they have until
	// the next.
	vanished := map[string]bool{}
	for {
		select {
		case <-time.After(untilLook()):
		case <-ctx.Done():
			return
		}
		news := false
		for path, was := range known {
			is := lookAt(ctx, path, was, time.Now())
			if ctx.Err() != nil {
				return
			}
			if is.version != was.version && is.version.empty && !vanished[path] {
				vanished[path] = true
				continue
			}
			delete(vanished, path)
			known[path] = is
			news = news || is.version != was.version
		}
		if !news {
			continue
		}
		if next := changed(); next != nil {
			known = looksAt(next)
		}
	}
}

// looksAt are looks of which only the versions are known.
func looksAt(versions map[string]fileVersion) map[string]look {
	looks := make(map[string]look, len(versions))
	for path, v := range versions {
		looks[path] = look{version: v}
	}
	return looks
}
