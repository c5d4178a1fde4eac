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
	// avatarAge is how long a kept picture is shown without asking.
	avatarAge = 7 * 24 * time.Hour
	// The bounds of the folder of pictures.
	maxAvatarFiles = 200
	maxAvatarBytes = 20 << 20
	// maxAvatarFile is more than any picture of ours takes.
	maxAvatarFile = 256 << 10
)

// pictureFiles is the folder of pictures; none where dir is empty. It only
// saves asking: what fails in it is of no matter.
type pictureFiles struct{ dir string }

// pictureFile is one of them.
type pictureFile struct {
	folder pictureFiles
	path   string
}

// keptPicture is what a file holds.
type keptPicture struct {
	ETag string `json:"etag"`
	PNG  []byte `json:"png"`
	// at is when the picture was known to be the right one: the time of the
	// file.
	at time.Time
}

// of is the file for an address. Its name does not tell the address.
func (f pictureFiles) of(address string) pictureFile {
	sum := sha256.Sum256([]byte(address))
	return pictureFile{f, filepath.Join(f.dir, hex.EncodeToString(sum[:])+".json")}
}

// read is the picture in the file; nil where there is none that is good.
func (f pictureFile) read() (keptPicture, image.Image) {
	if f.folder.dir == "" {
		return keptPicture{}, nil
	}
	file, err := os.Open(f.path)
	if err != nil {
		return keptPicture{}, nil
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return keptPicture{}, nil
	}
	data, err := io.ReadAll(io.LimitReader(file, maxAvatarFile))
	if err != nil {
		return keptPicture{}, nil
	}
	var kept keptPicture
	if json.Unmarshal(data, &kept) != nil {
		return keptPicture{}, nil
	}
	picture, err := decode(kept.PNG)
	if err != nil {
		return keptPicture{}, nil
	}
	kept.at = info.ModTime()
	return kept, picture
}

// write keeps a picture, and lets the oldest go.
func (f pictureFile) write(etag string, picture image.Image, now time.Time) {
	var b bytes.Buffer
	if f.folder.dir == "" || len(etag) > 1<<10 || png.Encode(&b, picture) != nil {
		return
	}
	data, err := json.Marshal(keptPicture{ETag: etag, PNG: b.Bytes()})
	if err != nil || os.MkdirAll(f.folder.dir, 0o700) != nil {
		return
	}
	if atomic.WriteFile(f.path, bytes.NewReader(data)) == nil {
		f.renew(now)
		f.folder.shrink()
	}
}

// renew notes that the picture is still the right one.
func (f pictureFile) renew(now time.Time) {
	_ = os.Chtimes(f.path, now, now)
}

// shrink lets the oldest files go until the folder is within its bounds.
func (f pictureFiles) shrink() {
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
		if len(files)-i <= maxAvatarFiles && total <= maxAvatarBytes {
			return
		}
		if os.Remove(filepath.Join(f.dir, info.Name())) == nil {
			total -= info.Size()
		}
	}
}
