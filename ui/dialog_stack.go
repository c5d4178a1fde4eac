package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// overlays are what lies over the screen, the last one on top.
type overlays struct {
	all []overlay
	// w and h are the size of the screen.
	w, h int
}

// SetSize tells how large the screen is.
func (s *overlays) SetSize(w, h int) {
	s.w, s.h = w, h
	for _, o := range s.all {
		o.SetSize(w, h)
	}
}

// top is the overlay that gets the keys; nil for none.
func (s *overlays) top() overlay {
	if n := len(s.all); n > 0 {
		return s.all[n-1]
	}
	return nil
}

// push lays an overlay over what there is.
func (s *overlays) push(o overlay) {
	o.SetSize(s.w, s.h)
	s.all = append(s.all, o)
}

// drop takes an overlay away, wherever in the stack it is. A form forgets what
// was written in it.
func (s *overlays) drop(o overlay) {
	if f, ok := o.(testedForm); ok {
		f.forget()
	}
	s.all = slices.DeleteFunc(s.all, func(p overlay) bool { return p == o })
}

// reloaded has all of them drawn anew, since the configuration is another.
func (s *overlays) reloaded() {
	for _, o := range s.all {
		o.reloaded()
	}
}

// writing reports whether text is written in one of them.
func (s *overlays) writing() bool {
	return slices.ContainsFunc(s.all, func(o overlay) bool { _, ok := o.(writer); return ok })
}

// area is where an overlay is on the screen.
func (s *overlays) area(o overlay, look *Styles) rect {
	over := o.View(look)
	x, y := corner(over, s.w, s.h)
	return rect{x, y, ansi.StringWidth(over[0]), len(over)}
}

// cursor is where text is written in the top one; nil for nowhere.
func (s *overlays) cursor(look *Styles) *tea.Cursor {
	w, ok := s.top().(writer)
	if !ok {
		return nil
	}
	x, y := w.caret()
	if x < 0 {
		return nil
	}
	left, above := corner(s.top().View(look), s.w, s.h)
	return tea.NewCursor(left+x, above+y)
}

// draw draws all of them; drawn counts the drawings.
func (s *overlays) draw(look *Styles) (over [][]string, drawn int) {
	for _, o := range s.all {
		over = append(over, o.View(look))
		drawn += o.drawn()
	}
	return over, drawn
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
