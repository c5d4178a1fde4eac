package avatar

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"rollcall/plainfile"
)

const (
	// freshFor is how long a picture is taken from its file without a request.
	freshFor = 7 * 24 * time.Hour
	// maxFiles and maxFolder bound the files of the folder and their bytes.
	maxFiles  = 200
	maxFolder = 20 << 20
	// maxFile is more bytes than any scaled picture takes.
	maxFile = 256 << 10
	// extension ends the names of the files. One that is being written has no such end, and
	// has been left where that is so for longer than unwritten.
	extension = ".json"
	unwritten = time.Hour
)

// folder is the folder of picture files; with an empty dir there is none. It is
// a cache only, so its errors are ignored.
type folder struct{ dir string }

// cacheFile is the file of one picture.
type cacheFile struct {
	folder folder
	path   string
}

// cacheContents is what the file of a picture holds, as JSON.
type cacheContents struct {
	ETag string `json:"etag"`
	PNG  []byte `json:"png"`
	// at is when the picture was last known to be current: the modification
	// time of the file.
	at time.Time
}

// of returns the file for an address. The name is a hash, so that a listing of
// the folder does not tell whose pictures are in it.
func (f folder) of(address string) cacheFile {
	sum := sha256.Sum256([]byte(address))
	return cacheFile{f, filepath.Join(f.dir, hex.EncodeToString(sum[:])+extension)}
}

// read returns the picture in the file, or nil where there is no valid one.
func (f cacheFile) read() (cacheContents, image.Image) {
	if f.folder.dir == "" {
		return cacheContents{}, nil
	}
	data, info, err := plainfile.Read(context.Background(), f.path, maxFile)
	if err != nil {
		return cacheContents{}, nil
	}
	var kept cacheContents
	if json.Unmarshal(data, &kept) != nil {
		return cacheContents{}, nil
	}
	picture, err := decode(kept.PNG)
	if err != nil {
		return cacheContents{}, nil
	}
	kept.at = info.ModTime()
	return kept, picture
}

// write saves a picture, and removes the oldest files of a full folder.
func (f cacheFile) write(etag string, picture image.Image, now time.Time) {
	var b bytes.Buffer
	if f.folder.dir == "" || len(etag) > 1<<10 || png.Encode(&b, picture) != nil {
		return
	}
	data, err := json.Marshal(cacheContents{ETag: etag, PNG: b.Bytes()})
	if err != nil || os.MkdirAll(f.folder.dir, 0o700) != nil {
		return
	}
	if f.replace(data) == nil {
		f.renew(now)
		f.folder.shrink(now)
	}
}

// replace gives the file another content, whole or not at all. What is in its place is not
// opened, be it a link, a pipe or a device. A loss of power can leave part of a file, which
// is then no picture, and fetched again.
func (f cacheFile) replace(data []byte) error {
	next, err := os.CreateTemp(f.folder.dir, "*.new")
	if err != nil {
		return err
	}
	_, err = next.Write(data)
	if err = errors.Join(err, next.Close()); err == nil {
		err = os.Rename(next.Name(), f.path)
	}
	if err != nil {
		_ = os.Remove(next.Name())
	}
	return err
}

// renew notes that the picture is still current.
func (f cacheFile) renew(now time.Time) {
	_ = os.Chtimes(f.path, now, now)
}

// shrink removes the oldest files until the folder is within its bounds, and those that
// a rollcall was writing when it was killed.
func (f folder) shrink(now time.Time) {
	entries, err := plainfile.Folder(f.dir)
	if err != nil {
		return
	}
	var files []fs.FileInfo
	var total int64
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		if filepath.Ext(e.Name()) != extension && now.Sub(info.ModTime()) > unwritten {
			_ = os.Remove(filepath.Join(f.dir, e.Name()))
		} else {
			files = append(files, info)
			total += info.Size()
		}
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int {
		return cmp.Or(a.ModTime().Compare(b.ModTime()), cmp.Compare(a.Name(), b.Name()))
	})
	for i, info := range files {
		if len(files)-i <= maxFiles && total <= maxFolder {
			return
		}
		if os.Remove(filepath.Join(f.dir, info.Name())) == nil {
			total -= info.Size()
		}
	}
}
