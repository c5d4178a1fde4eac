package avatar

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"

	scale "golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

const (
	// keptSide is the width and height in pixels of a scaled picture.
	keptSide = 128
	// maxSide and maxArea, in pixels, are checked before a picture is decoded:
	// a small file can unpack to one that fills the memory.
	maxSide = 4096
	maxArea = 4 << 20
)

// format holds the decoders of one image format.
type format struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

// formatOf detects the format from the content, since the type that a service
// sends can be wrong.
func formatOf(data []byte) (format, bool) {
	switch http.DetectContentType(data) {
	case "image/png":
		return format{png.DecodeConfig, png.Decode}, true
	case "image/jpeg":
		return format{jpeg.DecodeConfig, jpeg.Decode}, true
	case "image/gif":
		return format{gif.DecodeConfig, gif.Decode}, true
	case "image/webp":
		return format{webp.DecodeConfig, webp.Decode}, true
	default:
		return format{}, false
	}
}

// decode decodes a picture and scales it to a small square.
func decode(data []byte) (picture *image.NRGBA, err error) {
	// Anybody can have made the data. A panic of a decoder must cost no more
	// than this picture.
	defer func() {
		if recover() != nil {
			picture, err = nil, errors.New("the picture is broken")
		}
	}()
	format, ok := formatOf(data)
	if !ok {
		return nil, errors.New("the picture is not a PNG, JPEG, GIF or WebP")
	}
	config, err := format.config(bytes.NewReader(data))
	if err != nil {
		return nil, errors.New("the picture is broken")
	}
	w, h := config.Width, config.Height
	if w <= 0 || h <= 0 || w > maxSide || h > maxSide || w*h > maxArea {
		return nil, errors.New("the picture has too many pixels")
	}
	whole, err := format.decode(bytes.NewReader(data))
	if err != nil {
		return nil, errors.New("the picture is broken")
	}
	return square(whole), nil
}

// square cuts the largest square out of the middle of a picture and scales it.
func square(m image.Image) *image.NRGBA {
	b := m.Bounds()
	side := min(b.Dx(), b.Dy())
	left, top := b.Min.X+(b.Dx()-side)/2, b.Min.Y+(b.Dy()-side)/2
	from := image.Rect(left, top, left+side, top+side)
	to := image.Rect(0, 0, keptSide, keptSide)
	// The scaler is fast for this type only.
	scaled := image.NewRGBA(to)
	scale.CatmullRom.Scale(scaled, to, m, from, draw.Src, nil)
	out := image.NewNRGBA(to)
	draw.Draw(out, to, scaled, image.Point{}, draw.Src)
	return out
}
