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
	// freshFor is how long a kept picture is shown without asking.
	freshFor = 7 * 24 * time.Hour
	// The bounds of the folder of pictures.
	maxFiles  = 200
	maxFolder = 20 << 20
	// maxFile is more than any picture of ours takes.
	maxFile = 256 << 10
)

// folder is the folder of pictures; none where dir is empty. It only
// saves asking: what fails in it is of no matter.
type folder struct{ dir string }

// cacheFile is one of them.
type cacheFile struct {
	folder folder
	path   string
}

// cacheContents is what a file holds.
type cacheContents struct {
	ETag string `json:"etag"`
	PNG  []byte `json:"png"`
	// at is when the picture was known to be the right one: the time of the
	// file.
	at time.Time
}

// of is the file for an address. Its name does not tell the address.
func (f folder) of(address string) cacheFile {
	sum := sha256.Sum256([]byte(address))
	return cacheFile{f, filepath.Join(f.dir, hex.EncodeToString(sum[:])+".json")}
}

// read is the picture in the file; nil where there is none that is good.
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

// write keeps a picture, and lets the oldest go.
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

// renew notes that the picture is still the right one.
func (f cacheFile) renew(now time.Time) {
	_ = os.Chtimes(f.path, now, now)
}

// shrink lets the oldest files go until the folder is within its bounds.
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
