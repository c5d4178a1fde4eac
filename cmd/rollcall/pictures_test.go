//go:build unix

package main

import (
	"encoding/xml"
	"flag"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var pictures = flag.String("pictures", "", "draw the pictures of the README into this `folder`")

// ground is what a terminal of the pictures looks like where nobody chose a
// colour.
type ground struct{ back, text color.RGBA }

func darkGround() ground {
	return ground{color.RGBA{0x16, 0x16, 0x1e, 0xff}, color.RGBA{0xd8, 0xda, 0xe6, 0xff}}
}

func lightGround() ground {
	return ground{color.RGBA{0xfb, 0xfa, 0xf7, 0xff}, color.RGBA{0x24, 0x26, 0x33, 0xff}}
}

// TestPictures draws what the program shows, as .github/pictures asks for.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("pictures are drawn only into a folder that -pictures names")
	}
	for _, p := range []struct {
		name          string
		width, height int
		ground        ground
		keys          []string
		shows         string
	}{
		{"dashboard", 120, 32, darkGround(), nil, "Otter Labs"},
		{"dashboard-light", 120, 32, lightGround(), nil, "Otter Labs"},
		{"overview", 120, 28, darkGround(), []string{"o"}, "╭ Overview"},
		{"timeline", 120, 28, darkGround(), []string{"t"}, "╭ Timeline"},
		{"failure", 100, 28, darkGround(), []string{"9"}, "Create a new token"},
	} {
		m := startOn(t, p.width, p.height, p.ground, "--demo")
		m.shows("Sam Roe")
		time.Sleep(3 * time.Second) // The demo's services are slow on purpose.
		for _, k := range p.keys {
			m.press(k)
		}
		m.shows(p.shows)
		time.Sleep(time.Second)
		m.draw(p.ground, filepath.Join(*pictures, p.name+".svg"))
	}
}

// film is a moving picture in the making: its frames, NNNN.svg in a folder, and how long
// each is shown, as ffmpeg reads it.
type film struct {
	m      *terminal
	folder string
	frames int
	list   strings.Builder
}

// shoot draws what the screen shows, for some seconds.
func (f *film) shoot(seconds float64) {
	const perSecond = 2
	for range int(seconds * perSecond) {
		time.Sleep(time.Second / perSecond)
		f.frames++
		name := fmt.Sprintf("%04d", f.frames)
		f.m.draw(darkGround(), filepath.Join(f.folder, name+".svg"))
		fmt.Fprintf(&f.list, "file '%s.png'\nduration %.2f\n", name, 1.0/perSecond)
	}
}

// press presses keys, and shows for some seconds what they lead to.
func (f *film) press(keys string, seconds float64) {
	f.m.press(keys)
	f.shoot(seconds)
}

// TestFilm draws the frames of the moving pictures, each in a folder of its own, with
// frames.txt beside them.
func TestFilm(t *testing.T) {
	if *pictures == "" {
		t.Skip("pictures are drawn only into a folder that -pictures names")
	}
	for name, act := range map[string]func(*testing.T, *film){"tour": tour, "rotation": rotationFilm} {
		t.Run(name, func(t *testing.T) {
			f := &film{m: startOn(t, 100, 28, darkGround(), "--demo"), folder: filepath.Join(*pictures, name)}
			if err := os.MkdirAll(f.folder, 0o755); err != nil {
				t.Fatal(err)
			}
			f.m.shows("rollcall")
			act(t, f)
			if err := os.WriteFile(filepath.Join(f.folder, "frames.txt"), []byte(f.list.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// tour shows what there is.
func tour(_ *testing.T, f *film) {
	f.shoot(2.5)
	for _, step := range []struct {
		keys    string
		seconds float64
	}{
		{"j", 1.5}, {"j", 1.5}, {enter, 2}, {escape, 1}, {"o", 2}, {"t", 2}, {"v", 2}, {"d", 0.5}, {"7", 1},
		{"r", 0.5}, {"r", 0.5}, {"r", 0.5}, {"r", 0.5}, {"r", 0.5}, {"r", 1.5}, {"9", 1.5}, {"f", 2.5}, {escape, 1},
	} {
		f.press(step.keys, step.seconds)
	}
}

// rotationFilm marks four profiles and gives each a new token.
func rotationFilm(t *testing.T, f *film) {
	time.Sleep(3 * time.Second) // The demo's services are slow on purpose.
	f.press("/name:release,website,pipelines,northwind", 1)
	f.press(enter, 1)
	f.press("*", 1.5)
	f.press("N", 2)
	for range 4 {
		rotateLane(t, f.m, f.shoot)
	}
	f.shoot(1.5)
	f.press(escape, 2.5)
}

// startOn is start in a terminal with colours of its own.
func startOn(t *testing.T, width, height int, g ground, args ...string) *terminal {
	t.Helper()
	m := start(t, width, height, nil, args...)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.emulator.SetDefaultBackgroundColor(g.back)
	m.emulator.SetDefaultForegroundColor(g.text)
	return m
}

// The size of a cell in the pictures, in the proportions of JetBrains Mono, and
// the room around the screen.
const (
	fontSize   = 14.0
	cellWidth  = 8.4
	cellHeight = 18.0
	margin     = 14.0
)

// boldBit and reverseBit are how the emulator keeps what a style asks for.
const (
	boldBit    = 1 << 0
	reverseBit = 1 << 5
)

// draw writes the screen as a picture. Every character has its own place, so
// that whatever font draws it keeps the columns.
func (m *terminal) draw(g ground, path string) {
	m.t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	w, h := m.emulator.Width(), m.emulator.Height()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" font-family="JetBrains Mono, DejaVu Sans Mono, Noto Sans CJK JP, monospace" font-size="%.0f">`+"\n",
		float64(w)*cellWidth+2*margin, float64(h)*cellHeight+2*margin, fontSize)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", hex(g.back))
	for y := range h {
		for x := 0; x < w; x++ {
			c := m.emulator.CellAt(x, y)
			if c == nil || c.Width == 0 {
				continue
			}
			text, back := color.Color(g.text), color.Color(g.back)
			if c.Style.Fg != nil {
				text = c.Style.Fg
			}
			if c.Style.Bg != nil {
				back = c.Style.Bg
			}
			if c.Style.Attrs&reverseBit != 0 {
				text, back = back, text
			}
			drawCell(&b, float64(x)*cellWidth+margin, float64(y)*cellHeight+margin, c.Content, c.Width,
				hex(text), hex(back), hex(back) != hex(g.back), c.Style.Attrs&boldBit != 0)
		}
	}
	b.WriteString("</svg>\n")
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		m.t.Fatal(err)
	}
}

// drawCell draws one cell; blocks as areas, since fonts leave gaps between them.
func drawCell(b *strings.Builder, x, y float64, content string, width int, text, back string, ground, bold bool) {
	area := func(y, height float64, fill string) {
		fmt.Fprintf(b, `<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" fill="%s"/>`+"\n",
			x, y, cellWidth*float64(width)+0.2, height+0.2, fill)
	}
	if ground {
		area(y, cellHeight, back)
	}
	switch content {
	case "", " ":
	case "█":
		area(y, cellHeight, text)
	case "▀":
		area(y, cellHeight/2, text)
	case "▄":
		area(y+cellHeight/2, cellHeight/2, text)
	default:
		weight := ""
		if bold {
			weight = ` font-weight="bold"`
		}
		fmt.Fprintf(b, `<text x="%.2f" y="%.2f" fill="%s"%s>`, x, y+cellHeight*0.76, text, weight)
		_ = xml.EscapeText(b, []byte(content))
		b.WriteString("</text>\n")
	}
}

func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
