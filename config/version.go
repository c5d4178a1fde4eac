package config

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"

	"rollcall/plainfile"
)

// maxConfig is how much is read of a file. It is more than ten thousand profiles
// take, and little to hold in memory.
const maxConfig = 8 << 20

// fileVersion tells one version of a file from another. A file that is not there
// has one too, that of an empty file.
type fileVersion struct {
	empty bool
	mode  fs.FileMode
	// owner is the number of the user whose it is; 0 where there are no such numbers.
	owner int
	// content is a hash, since the file can hold secrets.
	content [sha256.Size]byte
}

// versionOf is the version that a file has now. A pipe is not read: what was
// read of it would be gone.
func versionOf(ctx context.Context, path string) fileVersion {
	info, err := plainfile.Stat(ctx, path)
	if err != nil {
		return fileVersion{empty: true}
	}
	if info.IsDir() {
		return folderVersion(path, info)
	}
	if !info.Mode().IsRegular() {
		return newFileVersion(info, nil)
	}
	data, now, err := plainfile.Read(ctx, path, maxConfig)
	if err != nil {
		return newFileVersion(info, nil)
	}
	return newFileVersion(now, data)
}

// newFileVersion is the version of a file that holds the data. The version of a
// pipe and the like does not depend on the data.
func newFileVersion(info fs.FileInfo, data []byte) fileVersion {
	v := fileVersion{mode: info.Mode(), owner: ownerOf(info)}
	if info.Mode().IsRegular() {
		v.empty = len(data) == 0
		v.content = sha256.Sum256(data)
	}
	return v
}

// folderVersion is the version of a folder: which files there are. What they say has
// versions of its own.
func folderVersion(path string, info fs.FileInfo) fileVersion {
	v := newFileVersion(info, nil)
	h := sha256.New()
	files, _ := plainfile.Folder(path) // One that cannot be read is as good as empty.
	for _, f := range files {
		_, _ = io.WriteString(h, f.Name()+"\x00")
	}
	h.Sum(v.content[:0])
	return v
}

// readVersion reads a file and tells which version that was. One that could not be read
// is not read again for that: it may be another by now, whose version would hide it.
func readVersion(path string) (v fileVersion, data []byte, err error) {
	data, info, err := plainfile.Read(context.Background(), path, maxConfig)
	if err != nil {
		return unreadVersion(path, err), nil, err
	}
	return newFileVersion(info, data), data, nil
}

// unreadVersion is the version of a file that could not be read, by nothing but what the
// system says of it.
func unreadVersion(path string, why error) fileVersion {
	if errors.Is(why, fs.ErrNotExist) {
		return fileVersion{empty: true}
	}
	info, err := plainfile.Stat(context.Background(), path)
	switch {
	case err != nil:
		return fileVersion{empty: true}
	case info.IsDir():
		return folderVersion(path, info)
	}
	return newFileVersion(info, nil)
}
