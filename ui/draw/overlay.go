package draw

import (
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"

	"rollcall/ui/theme"
)

// Corner is where an overlay of so many lines goes on a screen.
func Corner(over []string, w, h int) (x, y int) {
	if len(over) == 0 {
		return 0, 0
	}
	return max(0, (w-Width(over[0]))/2), max(0, (h-len(over))/2)
}

// Overlaid lays the overlays on the middle of the lines of a screen, the last
// on top. All that is behind that one is dimmed, and a blank cell is around it, so
// that it stands out where a terminal has few colours or none.
func Overlaid(screen []string, over [][]string, w int, dimmed theme.Ink) string {
	h, top := len(screen), len(over)-1
	if top > 0 {
		screen = composed(screen, over[:top], w)
	}
	behind := make([]string, h)
	for i, l := range screen {
		behind[i] = dim(l, dimmed)
	}
	x, y := Corner(over[top], w, h)
	// A margin that would leave nothing but a line of the screen leaves it alone.
	beside, above := 2*min(1, x), 2*min(1, y/2)
	margin := Blank(min(w, Width(over[top][0])+beside), min(h, len(over[top])+above))
	return strings.Join(composed(behind, [][]string{margin, over[top]}, w), "\n")
}

// dim is a line in one ink, without what it had of its own. A picture that the
// terminal draws itself is left out: by its colour the terminal knows which one
// it is.
func dim(line string, k theme.Ink) string {
	pictured := false
	return k.Render(strings.Map(func(r rune) rune {
		switch {
		case r == kitty.Placeholder:
			pictured = true
			return ' '
		case pictured && unicode.Is(unicode.Mn, r):
			return -1
		}
		pictured = false
		return r
	}, ansi.Strip(line)))
}

// composed lays overlays on the middle of the lines of a screen.
func composed(screen []string, over [][]string, w int) []string {
	h := len(screen)
	layers := []*lipgloss.Layer{lipgloss.NewLayer(strings.Join(screen, "\n"))}
	for i, lines := range over {
		x, y := Corner(lines, w, h)
		layers = append(layers, lipgloss.NewLayer(strings.Join(lines, "\n")).X(x).Y(y).Z(i+1))
	}
	drawn := strings.Split(lipgloss.NewCanvas(w, h).Compose(lipgloss.NewCompositor(layers...)).Render(), "\n")
	for i, l := range drawn {
		drawn[i] = Pad(l, w, "")
	}
	return drawn
}
