package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/http"
	"strings"
	"time"
)

const (
	avatarSide = 128
	// avatarDots is how many cells a pattern has on each side, avatarCell how
	// large one is; the edge around them is of the same size.
	avatarDots = 6
	avatarCell = avatarSide / (avatarDots + 2)
)

// AvatarURL is where a host shows the picture of a user.
func AvatarURL(host, userID string) string {
	return "http://" + host + "/avatars/" + userID + ".png"
}

// ServeAvatar sends the picture that the path names.
func ServeAvatar(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutSuffix(r.PathValue("picture"), ".png")
	if !ok {
		http.NotFound(w, r)
		return
	}
	var b bytes.Buffer
	if err := png.Encode(&b, drawAvatar(name)); err != nil {
		panic(err) // a picture in memory can always be encoded
	}
	sum := sha256.Sum256(b.Bytes())
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	w.Header().Set("Content-Type", "image/png")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.Bytes()))
}

// drawAvatar is a pattern that is the same left and right, on a ground that
// runs from one colour to another; both come from the name alone.
func drawAvatar(name string) image.Image {
	sum := sha256.Sum256([]byte("avatar " + name))
	hue := float64(sum[0]) / 256
	from, to := hsv(hue, 0.62, 0.78), hsv(hue+0.12, 0.70, 0.48)
	dot := hsv(hue+0.5, 0.18, 0.98)
	m := image.NewNRGBA(image.Rect(0, 0, avatarSide, avatarSide))
	for y := range avatarSide {
		for x := range avatarSide {
			c := mix(from, to, float64(x+y)/(2*avatarSide))
			if inDot(sum[1:], x, y) {
				c = dot
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

// inDot reports whether a point lies in a cell of the pattern that is filled.
func inDot(pattern []byte, x, y int) bool {
	column, row := x/avatarCell-1, y/avatarCell-1
	if column < 0 || row < 0 || column >= avatarDots || row >= avatarDots {
		return false
	}
	column = min(column, avatarDots-1-column)
	return pattern[row*avatarDots/2+column]&1 == 1
}

// mix is a colour between two.
func mix(a, b color.NRGBA, part float64) color.NRGBA {
	between := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*part) }
	return color.NRGBA{between(a.R, b.R), between(a.G, b.G), between(a.B, b.B), 0xff}
}

// hsv is a colour by hue, saturation and value.
func hsv(h, s, v float64) color.NRGBA {
	channel := func(n float64) uint8 {
		k := math.Mod(n+6*(h-math.Floor(h)), 6)
		return uint8(255 * (v - v*s*max(0, min(k, 4-k, 1))))
	}
	return color.NRGBA{channel(5), channel(3), channel(1), 0xff}
}
