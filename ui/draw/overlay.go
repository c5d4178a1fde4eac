package draw

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Corner is where an overlay of so many lines goes on a screen.
func Corner(over []string, w, h int) (x, y int) {
	if len(over) == 0 {
		return 0, 0
	}
	return max(0, (w-ansi.StringWidth(over[0]))/2), max(0, (h-len(over))/2)
}

// Overlaid lays the overlays on the middle of the lines of a screen, the last
// on top.
func Overlaid(screen []string, over [][]string, w int) string {
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
	return strings.Join(drawn, "\n")
}
