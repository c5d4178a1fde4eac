package avatar

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// gallery is a web server of pictures that remembers what it was asked.
type gallery struct {
	*httptest.Server
	mu    sync.Mutex
	asked []*http.Request
}

func newGallery(t *testing.T, secure bool, serve http.HandlerFunc) *gallery {
	t.Helper()
	g := &gallery{}
	g.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		g.asked = append(g.asked, r.Clone(context.Background()))
		g.mu.Unlock()
		serve(w, r)
	}))
	if secure {
		g.StartTLS()
	} else {
		g.Start()
	}
	t.Cleanup(g.Close)
	return g
}

func (g *gallery) requests() []*http.Request {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.asked
}

// visitor fetches pictures and trusts the galleries.
func visitor(dir string, trusted ...*gallery) *Fetcher {
	a := New("rollcall/test", dir)
	a.requests.roots = x509.NewCertPool()
	for _, g := range trusted {
		a.requests.roots.AddCert(g.Certificate())
	}
	return a
}

// painting is a picture, red on the left and blue on the right.
func painting(w, h int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{R: 0xff, A: 0xff}
			if x >= w/2 {
				c = color.NRGBA{B: 0xff, A: 0xff}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func pngOf(m image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func send(data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(data) }
}

func TestPictureIsSmallAndSquare(t *testing.T) {
	t.Parallel()
	var jpg, anim bytes.Buffer
	if err := errors.Join(jpeg.Encode(&jpg, painting(300, 200), nil), gif.Encode(&anim, painting(40, 90), nil)); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"png": pngOf(painting(64, 64)), "jpeg": jpg.Bytes(), "gif": anim.Bytes()} {
		g := newGallery(t, true, send(data))
		m, err := visitor("", g).Get(t.Context(), g.URL+"/sam", g.URL+"/core")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if m.Bounds() != image.Rect(0, 0, keptSide, keptSide) {
			t.Errorf("%s: %v", name, m.Bounds())
		}
		left, right := color.NRGBAModel.Convert(m.At(10, 64)).(color.NRGBA), color.NRGBAModel.Convert(m.At(118, 64)).(color.NRGBA)
		if left.R < 200 || left.B > 50 || right.B < 200 || right.R > 50 {
			t.Errorf("%s: left %v, right %v", name, left, right)
		}
	}
}

// TestWebP reads a WebP of one white pixel without loss.
func TestWebP(t *testing.T) {
	t.Parallel()
	data := append([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00"), 0x2f, 0, 0, 0, 0x10, 0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xfe, 0x07, 0)
	m, err := decode(data)
	if err != nil || m.Bounds().Dx() != keptSide {
		t.Errorf("%v, %v", m, err)
	}
}

func TestRequestHoldsNothingOfTheUser(t *testing.T) {
	t.Parallel()
	var g *gallery
	g = newGallery(t, true, func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "track", Value: "1", Path: "/"})
		if r.URL.Path == "/sam" {
			http.Redirect(w, r, g.URL+"/there", http.StatusFound)
			return
		}
		_, _ = w.Write(pngOf(painting(8, 8)))
	})
	a := visitor("", g)
	for _, path := range []string{"/sam", "/sam?again"} {
		if _, err := a.Get(t.Context(), g.URL+path, g.URL); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(g.requests()); n != 4 {
		t.Errorf("%d requests", n)
	}
	for _, r := range g.requests() {
		for name := range r.Header {
			if name != "User-Agent" && name != "Accept" {
				t.Errorf("%s: a header %s: %s", r.URL.Path, name, r.Header.Get(name))
			}
		}
		if r.Method != http.MethodGet || r.UserAgent() != "rollcall/test" {
			t.Errorf("%s by %s", r.Method, r.UserAgent())
		}
	}
}

func TestAnswersThatAreRefused(t *testing.T) {
	t.Parallel()
	bomb := pngOf(painting(1, 1))
	// A header that promises a picture of 60000 by 60000.
	binary.BigEndian.PutUint32(bomb[16:], 60000)
	binary.BigEndian.PutUint32(bomb[20:], 60000)
	binary.BigEndian.PutUint32(bomb[29:], crcOf(bomb[12:29]))
	for name, c := range map[string]struct {
		serve http.HandlerFunc
		why   string
	}{
		"large":       {send(append(pngOf(painting(8, 8)), make([]byte, maxBody)...)), "larger than 1 MiB"},
		"endless":     {endless, "larger than 1 MiB"},
		"page":        {send([]byte("<html>sign in</html>")), "not a PNG"},
		"svg":         {send([]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)), "not a PNG"},
		"named png":   {pretended, "not a PNG"},
		"empty":       {send(nil), "empty"},
		"bomb":        {send(bomb), "too many pixels"},
		"area":        {send(pngOf(image.NewPaletted(image.Rect(0, 0, 4096, 1025), color.Palette{color.Black}))), "too many pixels"},
		"wide":        {send(pngOf(image.NewPaletted(image.Rect(0, 0, 4097, 1), color.Palette{color.Black}))), "too many pixels"},
		"cut":         {send(pngOf(painting(64, 64))[:60]), "broken"},
		"missing":     {http.NotFound, "status 404"},
		"not asked":   {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotModified) }, "status 304"},
		"dropped":     {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "EOF"},
		"to http":     {http.RedirectHandler("http://pictures.example.com/x", http.StatusFound).ServeHTTP, "neither on https"},
		"to file":     {http.RedirectHandler("file:///etc/passwd", http.StatusFound).ServeHTTP, "neither on https"},
		"to private":  {http.RedirectHandler("https://10.1.2.3/x", http.StatusFound).ServeHTTP, "private network"},
		"in a circle": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) }, "too many redirects"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGallery(t, true, c.serve)
			m, err := visitor("", g).Get(t.Context(), g.URL+"/secret-path", g.URL)
			if err == nil || m != nil || !strings.Contains(err.Error(), c.why) {
				t.Fatalf("%v, %v; want %q", m, err, c.why)
			}
			if strings.Contains(err.Error(), "secret-path") {
				t.Errorf("the error tells the address: %v", err)
			}
			if n := len(g.requests()); n > 1+maxRedirects {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// endless never stops sending.
func endless(w http.ResponseWriter, _ *http.Request) {
	for chunk := pngOf(painting(8, 8)); ; chunk = make([]byte, 64<<10) {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}

func TestPictureThatNeverComes(t *testing.T) {
	t.Parallel()
	g := newGallery(t, true, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	a := visitor("", g)
	a.timeout = 500 * time.Millisecond
	_, err := a.Get(t.Context(), g.URL, g.URL)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestPicturesAtATime(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var now, most int
	full := make(chan struct{})
	fill := sync.OnceFunc(func() { close(full) })
	g := newGallery(t, false, func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		now++
		if most = max(most, now); now == maxFetches {
			fill()
		}
		mu.Unlock()
		<-full
		// A place is free once the picture has come, so not before this.
		mu.Lock()
		now--
		mu.Unlock()
		_, _ = w.Write(pngOf(painting(8, 8)))
	})
	a := visitor("")
	var all sync.WaitGroup
	for i := range 2 * maxFetches {
		all.Go(func() {
			if _, err := a.Get(t.Context(), fmt.Sprint(g.URL, "/", i), g.URL); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most != maxFetches {
		t.Errorf("%d at a time", most)
	}
}

func TestFailedPictureIsNotAskedForAgainSoon(t *testing.T) {
	t.Parallel()
	g := newGallery(t, false, http.NotFound)
	a := visitor("")
	now := time.Now()
	a.now = func() time.Time { return now }
	for range 3 {
		if _, err := a.Get(t.Context(), g.URL, g.URL); err == nil {
			t.Error("no error")
		}
	}
	if n := len(g.requests()); n != 1 {
		t.Errorf("%d requests at once", n)
	}
	now = now.Add(retryPause)
	_, _ = a.Get(t.Context(), g.URL, g.URL)
	if n := len(g.requests()); n != 2 {
		t.Errorf("%d requests after an hour", n)
	}
}

func TestPictureThatNobodyWaitsFor(t *testing.T) {
	t.Parallel()
	g := newGallery(t, false, send(pngOf(painting(8, 8))))
	a := visitor("")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.Get(ctx, g.URL, g.URL); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := a.Get(t.Context(), g.URL, g.URL); err != nil {
		t.Errorf("a wait that was given up counts as a failure: %v", err)
	}
}

func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	a := visitor("")
	start := time.Now()
	for i := range maxInMemory + 10 {
		a.remember(cacheKey{address: fmt.Sprint(i)}, cacheEntry{at: start.Add(time.Duration(i))})
	}
	_, first := a.recall(cacheKey{address: "9"})
	_, last := a.recall(cacheKey{address: fmt.Sprint(maxInMemory + 9)})
	if len(a.cached) != maxInMemory || first || !last {
		t.Errorf("%d known, the first %t, the last %t", len(a.cached), first, last)
	}
}

// pretended is a text that calls itself a picture.
func pretended(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "image/png")
	_, _ = w.Write([]byte("a text"))
}
