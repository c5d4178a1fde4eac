package ui

// paneID names a pane.
type paneID int

// The panes, in the order in which the focus goes round.
const (
	paneProfiles paneID = iota
	paneProfile
	paneOrgs
	paneLinked
	paneToken
	panes
)

// The sizes at which the layout changes.
const (
	minWidth, minHeight = 40, 10
	// bannerHeight is where a line can be spared for incidents.
	bannerHeight = 12
	twoColumns   = 70
	threeColumns = 110
	// tallEnough is where each pane has a place of its own.
	tallEnough = 20
	// sideBySide is the least width for two panes beside each other.
	sideBySide = 44
	// roomySideBySide is the same in the middle one of three columns.
	roomySideBySide = 70
)

// box is the part that all panes have: their size and whether they have the
// focus.
type box struct {
	w, h    int
	focused bool
}

// SetFocused tells the pane whether keys go to it.
func (b *box) SetFocused(on bool) { b.focused = on }

type rect struct{ x, y, w, h int }

func (r rect) contains(x, y int) bool {
	return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h
}

// slot is a rectangle that several panes can share: one of them is shown, and
// the names of all stand in its border.
type slot struct {
	rect
	panes []paneID
	shown paneID
}

// layout says where everything is.
type layout struct {
	// top is how many lines stand above.
	top int
	// tooSmall is set where nothing fits.
	tooSmall bool
	// columns hold the slots from left to right, and each column's rows from
	// top to bottom; a row can hold several slots beside each other.
	columns [][][]slot
	// onePane is set where the list is not always seen.
	onePane bool
}

// slots are all slots, in no order that matters.
func (l layout) slots() []slot {
	var all []slot
	for _, column := range l.columns {
		for _, row := range column {
			all = append(all, row...)
		}
	}
	return all
}

// slotOf is the slot of a pane.
func (l layout) slotOf(id paneID) (slot, bool) {
	for _, s := range l.slots() {
		for _, p := range s.panes {
			if p == id {
				return s, true
			}
		}
	}
	return slot{}, false
}

// computeLayout lays out a screen of w by h cells with top lines above. Panes that share a place
// show the one with the focus; detail is the detail pane that had it last.
func computeLayout(w, h, top int, focus, detail paneID) layout {
	if w < minWidth || h < minHeight {
		return layout{tooSmall: true}
	}
	// One line below is for the footer.
	body := rect{0, top, w, h - top - 1}
	shared := func(r rect, ids ...paneID) []slot {
		s := slot{rect: r, panes: ids, shown: ids[0]}
		for _, id := range ids {
			if id == detail {
				s.shown = id
			}
		}
		for _, id := range ids {
			if id == focus {
				s.shown = id
			}
		}
		return []slot{s}
	}
	switch {
	case w < twoColumns:
		all := shared(body, paneProfiles, paneProfile, paneOrgs, paneLinked, paneToken)
		all[0].shown = focus
		return layout{top: top, onePane: true, columns: [][][]slot{{all}}}
	case w < threeColumns:
		// The list is as wide as most states need to be told in full.
		list, right := split(body, clamp(w*44/100, 30, 40))
		if h < tallEnough {
			rest := shared(right, paneToken, paneProfile, paneOrgs, paneLinked)
			return layout{top: top, columns: [][][]slot{{shared(list, paneProfiles)}, {rest}}}
		}
		profile, rest := divide(right, clamp(body.h*30/100, 6, profileHeight(body)))
		token, lower := divide(rest, rest.h-clamp(body.h*24/100, 5, 14))
		bottom := shared(lower, paneOrgs, paneLinked)
		if right.w >= sideBySide {
			bottom = beside(lower)
		}
		return layout{top: top, columns: [][][]slot{
			{shared(list, paneProfiles)},
			{shared(profile, paneProfile), shared(token, paneToken), bottom},
		}}
	}
	list, rest := split(body, clamp(w*33/100, 36, max(56, w*21/100)))
	middle, token := split(rest, rest.w-clamp(w*35/100, 38, 100))
	left, right := [][]slot{shared(list, paneProfiles)}, [][]slot{shared(token, paneToken)}
	if h < tallEnough {
		return layout{top: top, columns: [][][]slot{left, {shared(middle, paneProfile, paneOrgs, paneLinked)}, right}}
	}
	profile, lower := divide(middle, clamp(body.h*38/100, 7, profileHeight(body)))
	if middle.w >= roomySideBySide {
		return layout{top: top, columns: [][][]slot{left, {shared(profile, paneProfile), beside(lower)}, right}}
	}
	orgs, linked := divide(lower, lower.h/2)
	return layout{top: top, columns: [][][]slot{left,
		{shared(profile, paneProfile), shared(orgs, paneOrgs), shared(linked, paneLinked)}, right}}
}

// profileHeight is the most that the profile's pane takes: enough for what is
// known of most people, and for a larger picture where the screen is tall.
func profileHeight(body rect) int { return clamp(body.h/4, 13, 20) }

// beside puts organizations and linked accounts next to each other.
func beside(r rect) []slot {
	a, b := split(r, r.w/2)
	return []slot{
		{rect: a, panes: []paneID{paneOrgs}, shown: paneOrgs},
		{rect: b, panes: []paneID{paneLinked}, shown: paneLinked},
	}
}

// split cuts r into a left part of w cells and the rest.
func split(r rect, w int) (left, right rect) {
	return rect{r.x, r.y, w, r.h}, rect{r.x + w, r.y, r.w - w, r.h}
}

// divide cuts r into an upper part of h lines and the rest.
func divide(r rect, h int) (upper, lower rect) {
	return rect{r.x, r.y, r.w, h}, rect{r.x, r.y + h, r.w, r.h - h}
}

func clamp(n, low, high int) int { return min(max(n, low), high) }
