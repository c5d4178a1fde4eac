package draw

import (
	"image"
	"image/color"
	"image/draw"
	"strings"

	"github.com/charmbracelet/x/ansi"
	scale "golang.org/x/image/draw"
)

// Size is how many cells a picture takes.
type Size struct{ W, H int }

// HalfBlocks draws a picture with two of its points in each cell.
func HalfBlocks(picture image.Image, size Size) []string {
	small := image.NewRGBA(image.Rect(0, 0, size.W, 2*size.H))
	scale.CatmullRom.Scale(small, small.Bounds(), picture, picture.Bounds(), draw.Src, nil)
	lines := make([]string, size.H)
	for y := range size.H {
		var b strings.Builder
		for x := range size.W {
			b.WriteString(halfBlock(small.RGBAAt(x, 2*y), small.RGBAAt(x, 2*y+1)))
		}
		lines[y] = b.String()
	}
	return lines
}

// halfBlock is a cell of two points. Where one is clear, the terminal's own
// ground shows.
func halfBlock(upper, lower color.RGBA) string {
	const clear = 0x80
	switch {
	case upper.A < clear && lower.A < clear:
		return " "
	case lower.A < clear:
		return ansi.Style{}.ForegroundColor(opaque(upper)).Styled("▀")
	case upper.A < clear:
		return ansi.Style{}.ForegroundColor(opaque(lower)).Styled("▄")
	default:
		return ansi.Style{}.ForegroundColor(opaque(upper)).BackgroundColor(opaque(lower)).Styled("▀")
	}
}

// opaque is the colour of a point without what shines through it.
func opaque(c color.RGBA) color.RGBA {
	whole := color.NRGBAModel.Convert(c).(color.NRGBA)
	return color.RGBA{whole.R, whole.G, whole.B, 0xff}
}
