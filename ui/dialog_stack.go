package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
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
