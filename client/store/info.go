package store

import (
	"os"
	"path/filepath"
)

// Info tells of a database, for a person who wants to know where things are.
type Info struct {
	// Path is the file; empty where everything stays in memory.
	Path string
	// Size is that of the file and of what SQLite keeps beside it, in bytes; zero
	// where there is none yet.
	Size int64
	// FileSystem is the kind of file system that it lies on; empty where that is not
	// known. Remote is set where it is one of the network or of another program, on
	// which writing is slower.
	FileSystem string
	Remote     bool
	// Aside are files that could not be used and were set aside, the oldest first.
	Aside []string
}

// Info looks at the files.
func (s *Store) Info() Info {
	i := Info{Path: s.db.path}
	if i.Path == "" {
		return i
	}
	for _, end := range companions {
		if f, err := os.Stat(i.Path + end); err == nil {
			i.Size += f.Size()
		}
	}
	dir := filepath.Dir(i.Path)
	for !exists(dir) && dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir) // It is made when it is needed.
	}
	i.FileSystem, i.Remote = s.db.kind(dir)
	i.Aside = s.db.aside()
	return i
}
