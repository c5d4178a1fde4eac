package store

import "path/filepath"

// The two ways of SQLite to write: ahead into a log that all share, and in
// place with a journal to go back.
const (
	journalAhead = "WAL"
	journalBack  = "TRUNCATE"
)

// journalMode is how a database is written where it lies.
func journalMode(path string) string {
	if path != "" {
		if target, err := filepath.EvalSymlinks(path); err == nil {
			path = target
		}
		if _, remote := fileSystem(filepath.Dir(path)); remote {
			return journalBack
		}
		return journalAhead
	}
	return "MEMORY"
}
