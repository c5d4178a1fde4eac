package avatar

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/natefinch/atomic"
)

const (
	// freshFor is how long a picture is taken from its file without a request.
	freshFor = 7 * 24 * time.Hour
	// maxFiles and maxFolder bound the files of the folder and their bytes.
	maxFiles  = 200
	maxFolder = 20 << 20
	// maxFile is more bytes than any scaled picture takes.
	maxFile = 256 << 10
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
	return cacheFile{f, filepath.Join(f.dir, hex.EncodeToString(sum[:])+".json")}
}

// read returns the picture in the file, or nil where there is no valid one.
func (f cacheFile) read() (cacheContents, image.Image) {
	if f.folder.dir == "" {
		return cacheContents{}, nil
	}
	file, err := os.Open(f.path)
	if err != nil {
		return cacheContents{}, nil
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return cacheContents{}, nil
	}
	data, err := io.ReadAll(io.LimitReader(file, maxFile))
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
	if atomic.WriteFile(f.path, bytes.NewReader(data)) == nil {
		f.renew(now)
		f.folder.shrink()
	}
}

// renew notes that the picture is still current.
func (f cacheFile) renew(now time.Time) {
	_ = os.Chtimes(f.path, now, now)
}

// shrink removes the oldest files until the folder is within its bounds.
func (f folder) shrink() {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return
	}
	var files []fs.FileInfo
	var total int64
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
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
