package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// overlays are what lies over the screen, the last one on top.
type overlays struct {
	all []overlay
	// w and h are the size of the screen.
	w, h int
	// learning is set while texts are withheld, so that what is drawn meanwhile lacks them.
	learning bool
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
	if f, ok := o.(interface{ forget() }); ok {
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

// learn has all of them drawn anew once texts are withheld no more: a drawing is kept for
// as long as nothing else of an overlay changes.
func (s *overlays) learn(learning bool) {
	if s.learning && !learning {
		s.reloaded()
	}
	s.learning = learning
}

// writing reports whether text is written in one of them.
func (s *overlays) writing() bool {
	return slices.ContainsFunc(s.all, func(o overlay) bool { _, ok := o.(writer); return ok })
}

// area is where an overlay is on the screen.
func (s *overlays) area(o overlay, look *theme.Styles) rect {
	over := o.View(look)
	x, y := draw.Corner(over, s.w, s.h)
	return rect{x, y, draw.Width(over[0]), len(over)}
}

// cursor is where text is written in the top one; nil for nowhere.
func (s *overlays) cursor(look *theme.Styles) *tea.Cursor {
	w, ok := s.top().(writer)
	if !ok {
		return nil
	}
	x, y := w.caret()
	if x < 0 {
		return nil
	}
	left, above := draw.Corner(s.top().View(look), s.w, s.h)
	return tea.NewCursor(left+x, above+y)
}

// draw draws all of them; drawn counts the drawings.
func (s *overlays) draw(look *theme.Styles) (over [][]string, drawn int) {
	for _, o := range s.all {
		over = append(over, o.View(look))
		drawn += o.drawn()
	}
	return over, drawn
}
