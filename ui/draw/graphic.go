package draw

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
)

// HasGraphics reports whether a terminal, by the name and version it gives
// itself, draws pictures where placeholders stand.
func HasGraphics(name string) bool {
	if strings.HasPrefix(strings.ToLower(name), "ghostty") {
		return true
	}
	var major, minor int
	// Kitty has placeholders since 0.28.
	n, _ := fmt.Sscanf(name, "kitty(%d.%d", &major, &minor)
	return n == 2 && cmp.Or(cmp.Compare(major, 0), cmp.Compare(minor, 28)) >= 0
}

// Graphic is a picture that the terminal draws itself, in one size.
type Graphic struct {
	// id names it in the terminal. It must fit in a colour.
	id   int
	size Size
}

// NewGraphic is the graphic of a picture with a name.
func NewGraphic(name string, size Size) Graphic {
	h := fnv.New32a()
	fmt.Fprintf(h, "%s %v", name, size)
	return Graphic{max(1, int(h.Sum32()&0xffffff)), size}
}

// Transmission sends the picture to the terminal, which draws it where the
// placeholders stand.
func (g Graphic) Transmission(picture image.Image) (string, error) {
	var b strings.Builder
	err := kitty.EncodeGraphics(&b, picture, &kitty.Options{
		Action: kitty.TransmitAndPut, Transmission: kitty.Direct, Format: kitty.PNG, Chunk: true, Quiet: 2,
		ID: g.id, VirtualPlacement: true, Columns: g.size.W, Rows: g.size.H,
	})
	return b.String(), err
}

// Deletion has the terminal forget the picture.
func (g Graphic) Deletion() string {
	var b strings.Builder
	// Into memory: writing cannot fail.
	_ = kitty.EncodeGraphics(&b, nil, &kitty.Options{
		Action: kitty.Delete, Delete: kitty.DeleteID, DeleteResources: true, ID: g.id, Quiet: 2,
	})
	return b.String()
}

// Placeholders are the cells in which the terminal draws the picture: each says
// by its colour which one, and by its marks which part of it.
func (g Graphic) Placeholders() []string {
	c := color.RGBA{uint8(g.id >> 16), uint8(g.id >> 8), uint8(g.id), 0xff}
	lines := make([]string, g.size.H)
	for y := range g.size.H {
		var b strings.Builder
		for x := range g.size.W {
			b.WriteRune(kitty.Placeholder)
			b.WriteRune(kitty.Diacritic(y))
			b.WriteRune(kitty.Diacritic(x))
		}
		lines[y] = ansi.Style{}.ForegroundColor(c).Styled(b.String())
	}
	return lines
}
