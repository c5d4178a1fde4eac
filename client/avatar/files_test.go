package avatar

import (
	"fmt"
	"hash/crc32"
	"image"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// crcOf is the check sum of a chunk of a PNG.
func crcOf(chunk []byte) uint32 { return crc32.ChecksumIEEE(chunk) }

func TestPictureIsKeptInAFile(t *testing.T) {
	t.Parallel()
	etag := `"one"`
	var broken bool
	g := newGallery(t, true, func(w http.ResponseWriter, r *http.Request) {
		if broken {
			http.Error(w, "", http.StatusBadGateway)
			return
		}
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = w.Write(pngOf(painting(8, 8)))
	})
	dir := filepath.Join(t.TempDir(), "cache", "avatars")
	now := time.Now()
	// Each is another run of the program.
	get := func(wantRequests int, wantETag string) {
		t.Helper()
		a := visitor(dir, g)
		a.now = func() time.Time { return now }
		m, err := a.Get(t.Context(), g.URL+"/sam", g.URL)
		if err != nil || m == nil {
			t.Fatal(err)
		}
		all := g.requests()
		if len(all) != wantRequests {
			t.Fatalf("%d requests, want %d", len(all), wantRequests)
		}
		if got := all[len(all)-1].Header.Get("If-None-Match"); got != wantETag {
			t.Errorf("If-None-Match is %q", got)
		}
	}
	get(1, "")
	now = now.Add(freshFor - time.Minute)
	get(1, "")
	now = now.Add(2 * time.Minute)
	get(2, `"one"`)
	get(2, `"one"`) // not modified: fresh for another week
	now = now.Add(freshFor)
	etag = `"two"`
	get(3, `"one"`)
	now = now.Add(freshFor)
	broken = true
	get(4, `"two"`) // the old one is shown

	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	if runtime.GOOS != "windows" {
		for path, want := range map[string]os.FileMode{files[0]: 0o600, dir: 0o700} {
			info, err := os.Stat(path)
			if err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v, %v", path, info.Mode(), err)
			}
		}
	}
}

func TestBrokenFilesAreFetchedAnew(t *testing.T) {
	t.Parallel()
	g := newGallery(t, false, send(pngOf(painting(8, 8))))
	for name, text := range map[string]string{
		"text": "what", "empty": "", "no picture": `{"etag":"x","png":"AAAA"}`, "large": string(make([]byte, maxFile+1)),
	} {
		dir := t.TempDir()
		file := folder{dir}.of(g.URL)
		if err := os.WriteFile(file.path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := visitor(dir).Get(t.Context(), g.URL, g.URL); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, m := file.read(); m == nil {
			t.Errorf("%s: not replaced", name)
		}
	}
}

// A link in the place of a file is replaced, and nothing is made where it leads.
func TestLinkInPlaceOfAFile(t *testing.T) {
	t.Parallel()
	g := newGallery(t, false, send(pngOf(painting(8, 8))))
	dir, target := t.TempDir(), filepath.Join(t.TempDir(), "target")
	file := folder{dir}.of(g.URL)
	if err := os.Symlink(target, file.path); err != nil {
		t.Skip(err)
	}
	if _, err := visitor(dir).Get(t.Context(), g.URL, g.URL); err != nil {
		t.Error(err)
	}
	if _, m := file.read(); m == nil {
		t.Error("the picture is not kept")
	}
	if _, err := os.Lstat(target); err == nil {
		t.Error("a file was made where the link leads")
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 1 {
		t.Errorf("left are %v, %v", all, err)
	}
}

func TestPictureWithoutAFolderToKeepIt(t *testing.T) {
	t.Parallel()
	g := newGallery(t, false, send(pngOf(painting(8, 8))))
	notAFolder := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(notAFolder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"", filepath.Join(notAFolder, "avatars")} {
		if _, err := visitor(dir).Get(t.Context(), g.URL, g.URL); err != nil {
			t.Errorf("%q: %v", dir, err)
		}
	}
}

func TestFolderIsBounded(t *testing.T) {
	t.Parallel()
	f := folder{t.TempDir()}
	now := time.Now()
	fill := func(n, size int) {
		for i := range n {
			path := filepath.Join(f.dir, fmt.Sprintf("%04d.json", i))
			if err := os.WriteFile(path, make([]byte, size), 0o600); err != nil {
				t.Fatal(err)
			}
			at := now.Add(time.Duration(i-n) * time.Minute)
			if err := os.Chtimes(path, at, at); err != nil {
				t.Fatal(err)
			}
		}
	}
	left := func() int {
		all, err := os.ReadDir(f.dir)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	newest := f.of("https://pictures.example.com/sam")
	fill(maxFiles+5, 10)
	newest.write("", painting(8, 8).(*image.NRGBA), now)
	if n := left(); n != maxFiles {
		t.Errorf("%d files are left", n)
	}
	fill(12, 2<<20)
	newest.write("", painting(8, 8).(*image.NRGBA), now)
	var total int64
	entries, _ := os.ReadDir(f.dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			total += info.Size()
		}
	}
	if total > maxFolder || total < maxFolder/2 {
		t.Errorf("%d bytes are left", total)
	}
	if _, m := newest.read(); m == nil {
		t.Error("the newest is gone")
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(pngOf(painting(4, 4)))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"))
	f.Add([]byte("\xff\xd8\xff\xe0\x00\x10JFIF"))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := decode(data)
		if err == nil && m.Bounds() != image.Rect(0, 0, keptSide, keptSide) || err != nil && m != nil {
			t.Errorf("%v, %v", m, err)
		}
	})
}
