package ui

import "slices"

// place is where somebody is: in a view or, on the dashboard, in front of a
// profile that was opened in full.
type place struct {
	view   viewID
	opened bool
	// focus is the pane that has the keys there.
	focus paneID
}

// same reports whether two places differ in the focus alone.
func (p place) same(o place) bool { return p.view == o.view && p.opened == o.opened }

// places are where somebody came from.
type places struct {
	// back leads to where they came from, the latest at the end. A place is in it
	// once at most, so that the way out is never long.
	back []place
	// before is where they were before; been is set where they were anywhere.
	before place
	been   bool
}

// leave takes in that somebody goes from one place to another one. The dashboard is
// where all ways out end.
func (p *places) leave(from, to place) {
	p.before, p.been = from, true
	p.back = slices.DeleteFunc(p.back, func(one place) bool { return one.same(from) || one.same(to) })
	if to.same(place{}) {
		p.back = nil
		return
	}
	p.back = append(p.back, from)
}

// renumber has the views go by other numbers; what has none is forgotten.
func (p *places) renumber(moved map[viewID]viewID) {
	var back []place
	for _, one := range p.back {
		if to, ok := moved[one.view]; ok {
			one.view = to
			back = append(back, one)
		}
	}
	p.back = back
	to, ok := moved[p.before.view]
	if p.before.view = to; !ok {
		p.before, p.been = place{}, false
	}
}
