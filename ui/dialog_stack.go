package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// top is the overlay that gets the keys; nil for none.
func (m *Model) top() overlay {
	if n := len(m.overlays); n > 0 {
		return m.overlays[n-1]
	}
	return nil
}

// follow does what an overlay wants done.
func (m *Model) follow(o overlay, out outcome) tea.Cmd {
	if out.close {
		m.drop(o)
	}
	if out.then == nil {
		return nil
	}
	return out.then(m)
}

// push lays an overlay over what there is.
func (m *Model) push(o overlay) {
	o.SetSize(m.width, m.height)
	m.overlays = append(m.overlays, o)
}

// drop takes an overlay away, wherever in the stack it is. A form forgets what
// was written in it.
func (m *Model) drop(o overlay) {
	if f, ok := o.(testedForm); ok {
		f.forget()
	}
	m.overlays = slices.DeleteFunc(m.overlays, func(p overlay) bool { return p == o })
}

// corner is where an overlay of so many lines goes on a screen.
func corner(over []string, w, h int) (x, y int) {
	if len(over) == 0 {
		return 0, 0
	}
	return max(0, (w-ansi.StringWidth(over[0]))/2), max(0, (h-len(over))/2)
}

// overlaid lays the overlays on the middle of the lines of a screen, the last
// on top.
func overlaid(screen []string, over [][]string, w int) string {
	h := len(screen)
	layers := []*lipgloss.Layer{lipgloss.NewLayer(strings.Join(screen, "\n"))}
	for i, lines := range over {
		x, y := corner(lines, w, h)
		layers = append(layers, lipgloss.NewLayer(strings.Join(lines, "\n")).X(x).Y(y).Z(i+1))
	}
	drawn := strings.Split(lipgloss.NewCanvas(w, h).Compose(lipgloss.NewCompositor(layers...)).Render(), "\n")
	for i, l := range drawn {
		drawn[i] = pad(l, w, "")
	}
	return strings.Join(drawn, "\n")
}
