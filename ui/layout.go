package ui

import (
	"cmp"
	"slices"
)

// paneID names a pane.
type paneID int

// The panes, in the order in which the focus goes round.
const (
	paneProfiles paneID = iota
	paneProfile
	paneOrgs
	paneLinked
	paneToken
	paneChanges
	paneExchange
	paneLane
	// The panes of a profile that was opened in full.
	paneWhole
	paneFull
	paneRecord
	panes
)

// The sizes at which the layout changes.
const (
	minWidth, minHeight = 40, 10
	// bannerHeight is where a line can be spared for incidents.
	bannerHeight = 12
	twoColumns   = 70
	// wholeWidth and wholeHeight are where the panes that the program is known
	// for are all seen, each in a place of its own.
	wholeWidth, wholeHeight = 80, 24
	// tallEnough is where the panes that share a place are fewer.
	tallEnough   = 20
	threeColumns = 110
	fourColumns  = 240
	// narrowBesides is the least width for two panes beside each other where there
	// is no height to have them below each other.
	narrowBesides = 44
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
	// slots fill the screen between what stands above and the last line; what is
	// further left comes first.
	slots []slot
	// onePane is set where the list is not always seen.
	onePane bool
}

// slotOf is the slot of a pane.
func (l layout) slotOf(id paneID) (slot, bool) {
	for _, s := range l.slots {
		if slices.Contains(s.panes, id) {
			return s, true
		}
	}
	return slot{}, false
}

// has reports whether a pane has a place.
func (l layout) has(id paneID) bool {
	_, ok := l.slotOf(id)
	return ok
}

// plan is all that the layout depends on: the size of the screen, the
// lines above, and what the person has chosen. It knows nothing of profiles.
type plan struct {
	w, h, top int
	// focus is the pane that has the keys, detail the pane of one profile that
	// had them last.
	focus, detail paneID
	shares        shares
	// opened is set where one profile has all of the screen.
	opened bool
}

// computeLayout lays out the screen. Panes that share a place show the one with
// the focus, else the one that had it last.
func computeLayout(a plan) layout {
	if a.w < minWidth || a.h < minHeight {
		return layout{tooSmall: true}
	}
	l := layout{top: a.top}
	// One line below is for the hints.
	body := rect{0, a.top, a.w, a.h - a.top - 1}
	switch {
	case a.opened:
		l.slots = a.inFull(body)
	case a.w < twoColumns:
		l.onePane = true
		l.slots = []slot{a.shared(body, paneProfiles, paneProfile, paneOrgs, paneLinked, paneToken)}
		l.slots[0].shown = a.focus
	case a.w < wholeWidth || a.h < wholeHeight:
		l.slots = a.narrow(body)
	case a.w < threeColumns:
		l.slots = a.inTwo(body)
	case a.w < fourColumns:
		l.slots = a.inThree(body)
	default:
		l.slots = a.inFour(body)
	}
	slices.SortStableFunc(l.slots, func(a, b slot) int { return cmp.Or(a.x-b.x, a.y-b.y) })
	return l
}

// shared is a slot of several panes.
func (a plan) shared(r rect, ids ...paneID) slot {
	s := slot{rect: r, panes: ids, shown: ids[0]}
	for _, last := range []paneID{a.detail, a.focus} {
		if slices.Contains(ids, last) {
			s.shown = last
		}
	}
	return s
}

// narrow is the list with the panes of one profile beside it, of which several
// share a place where there is no room for all.
func (a plan) narrow(body rect) []slot {
	low := a.h < tallEnough
	if a.w < threeColumns {
		list, right := split(body, a.listWidth(30, body.w-36))
		all := []slot{alone(list, paneProfiles)}
		if low {
			return append(all, a.shared(right, paneToken, paneProfile, paneOrgs, paneLinked))
		}
		profile, rest := divide(right, 6)
		token, lower := divide(rest, rest.h-5)
		all = append(all, alone(profile, paneProfile), alone(token, paneToken))
		if right.w < narrowBesides {
			return append(all, a.shared(lower, paneOrgs, paneLinked))
		}
		orgs, linked := split(lower, lower.w/2)
		return append(all, alone(orgs, paneOrgs), alone(linked, paneLinked))
	}
	list, rest := split(body, a.listWidth(36, body.w-74))
	middle, token := split(rest, rest.w/2)
	all := []slot{alone(list, paneProfiles), alone(token, paneToken)}
	if low {
		return append(all, a.shared(middle, paneProfile, paneOrgs, paneLinked))
	}
	return append(all, a.stack(middle, whoBands(middle.w))...)
}

// inTwo is the list, and the panes of one profile below each other. What those that
// the program is known for leave is for the lane, then for the changes.
func (a plan) inTwo(body rect) []slot {
	list, right := split(body, a.listWidth(30, body.w-42))
	rows := []band{
		{ids: []paneID{paneProfile}, least: 6, most: 13, weight: 2},
		{ids: []paneID{paneToken}, least: 11, weight: 4},
		{ids: []paneID{paneOrgs, paneLinked}, least: 5, most: 14, weight: 2},
	}
	if body.h < 22 {
		rows[1].least--
	}
	if body.h >= 31 {
		rows = append(rows, band{ids: []paneID{paneChanges}, least: 5, most: 12, weight: 1})
	}
	if body.h >= 26 {
		rows = append(rows, laneBand(body.h))
	}
	return append(a.stack(right, rows), alone(list, paneProfiles))
}

// inThree is the list, who the profile is, and how its token does, with the lane
// below both.
func (a plan) inThree(body rect) []slot {
	list, rest := split(body, a.listWidth(36, body.w-74))
	lane := laneBand(body.h)
	upper, below := divide(rest, rest.h-lane.least)
	middle, right := split(upper, upper.w*47/100)
	who := whoBands(middle.w)
	credential := []band{{ids: []paneID{paneToken}, least: 10, weight: 4}}
	changes := band{ids: []paneID{paneChanges}, least: 5, most: 16, weight: 1}
	if body.h >= 40 {
		changes.weight = 2
		who = append(who, changes)
	} else {
		credential = append(credential, changes)
	}
	all := append(a.stack(middle, who), a.stack(right, credential)...)
	return append(all, alone(list, paneProfiles), alone(below, paneLane))
}

// inFour is inThree with a column more: for what the latest checks sent and got, or
// for the changes where there is no height to have them below who the profile is.
func (a plan) inFour(body rect) []slot {
	list, rest := split(body, a.listWidth(60, body.w-140))
	upper, below := divide(rest, rest.h-laneBand(body.h).least)
	middle, right := split(upper, upper.w*33/100)
	token, last := split(right, right.w/2)
	who, more := whoBands(middle.w), paneChanges
	if body.h >= 34 {
		for i, most := range []int{14, 26, 14}[:len(who)] {
			who[i].most = most
		}
		who, more = append(who, band{ids: []paneID{paneChanges}, least: 5, weight: 3}), paneExchange
	}
	all := append(a.stack(middle, who), alone(token, paneToken), alone(last, more))
	return append(all, alone(list, paneProfiles), alone(below, paneLane))
}

// inFull is one profile on all of the screen: what is known of it, beside what was
// seen of it where there is width for both, with its lane below.
func (a plan) inFull(body rect) []slot {
	if a.w < threeColumns {
		return []slot{alone(body, paneWhole)}
	}
	var all []slot
	if body.h >= roomForLane {
		var lane rect
		body, lane = divide(body, body.h-laneBand(body.h).least)
		all = append(all, alone(lane, paneLane))
	}
	full, record := split(body, clamp(body.w*55/100+listStep*a.shares[paneFull], 50, body.w-50))
	return append(all, alone(full, paneFull), alone(record, paneRecord))
}

// roomForLane is the height from which an opened profile has its lane below.
const roomForLane = 16

// sideBySide is the least width for organizations and linked accounts beside each
// other where there is height for both.
const sideBySide = 84

// whoBands are the panes about the user, w cells wide.
func whoBands(w int) []band {
	who := []band{{ids: []paneID{paneProfile}, least: 6, most: 16, weight: 4}}
	if w >= sideBySide {
		return append(who, band{ids: []paneID{paneOrgs, paneLinked}, least: 5, weight: 3})
	}
	return append(who, band{ids: []paneID{paneOrgs}, least: 5, weight: 3}, band{ids: []paneID{paneLinked}, least: 5, weight: 2})
}

// laneBand is the place of the lane in a body h lines high: marks, and their dates
// where there are lines for them.
func laneBand(h int) band {
	lines := 3
	if h >= 30 {
		lines = 4
	}
	return band{ids: []paneID{paneLane}, least: lines, most: lines}
}

// listWidth is the width of the list: by the width of the screen and the share
// that the person gave it, within bounds.
func (a plan) listWidth(least, most int) int {
	w := a.w * 38 / 100
	switch {
	case a.w < threeColumns:
		w = clamp(a.w*43/100, 30, 44)
	case a.w >= fourColumns:
		w = a.w * 34 / 100
	}
	return clamp(w+listStep*a.shares[paneProfiles], least, max(least, most))
}

// alone is the slot of a pane that has its place for itself.
func alone(r rect, id paneID) slot { return slot{rect: r, panes: []paneID{id}, shown: id} }

// split cuts r into a left part of w cells and the rest.
func split(r rect, w int) (left, right rect) {
	return rect{r.x, r.y, w, r.h}, rect{r.x + w, r.y, r.w - w, r.h}
}

// divide cuts r into an upper part of h lines and the rest.
func divide(r rect, h int) (upper, lower rect) {
	return rect{r.x, r.y, r.w, h}, rect{r.x, r.y + h, r.w, r.h - h}
}

func clamp(n, low, high int) int { return min(max(n, low), high) }
