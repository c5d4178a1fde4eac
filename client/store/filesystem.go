package store

import "path/filepath"

// The ways of SQLite to write: ahead into a log that all share, in place with a
// journal to go back, and likewise in memory.
const (
	journalAhead  = "WAL"
	journalBack   = "TRUNCATE"
	journalMemory = "MEMORY"
)

// kindOfFileSystem tells of the file system that a folder lies on, like
// [fileSystem].
type kindOfFileSystem func(dir string) (name string, remote bool)

// journalMode is how a database is written where it lies.
func journalMode(path string, kind kindOfFileSystem) string {
	if path == "" {
		return journalMemory
	}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if _, remote := kind(filepath.Dir(path)); remote {
		return journalBack
	}
	return journalAhead
}
