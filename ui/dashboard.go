package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"rollcall/ui/draw"
	"rollcall/ui/theme"
)

// dashboard is the view of one profile in full, with the list of all beside it.
type dashboard struct {
	selection *selection
	avatars   *avatars
	layout    layout
	// focus is the pane that gets the keys; lastDetail the pane of one profile
	// that had them last.
	focus, lastDetail paneID
	shares            shares
	// opened is set while the selected profile has all of the screen.
	opened bool
	list   listPane
	// details are the panes after the list, by paneID.
	details [panes]*detailPane
	// looking is the profile with news that is looked at.
	looking lookedMsg
	sight   sight
}

func newDashboard(s *selection, a *avatars, k *KeyMap) dashboard {
	return dashboard{
		selection: s, avatars: a, lastDetail: paneToken, list: listPane{selection: s}, details: newDetails(a, k),
	}
}

// layOut gives every pane its place on a screen of w by h cells with top lines
// above.
func (d *dashboard) layOut(w, h, top int) {
	d.layout = computeLayout(plan{w: w, h: h, top: top, focus: d.focus, detail: d.lastDetail, shares: d.shares, opened: d.opened})
	if !d.layout.tooSmall && !d.layout.has(d.focus) {
		// This size has no place for it.
		d.setFocus(d.firstPane())
		d.layOut(w, h, top)
		return
	}
	apart := d.layout.has(paneChanges)
	for _, s := range d.layout.slots {
		for _, id := range s.panes {
			if id == paneProfiles {
				d.selection.spread(listRoom(w, s.h))
				d.list.SetSize(s.w, s.h)
				d.list.SetFocused(d.focus == id)
			} else {
				d.details[id].apart = apart
				d.details[id].SetSize(s.w, s.h)
				d.details[id].SetFocused(d.focus == id)
			}
		}
	}
}

// firstPane is where the keys go where the pane that has them has no place.
func (d *dashboard) firstPane() paneID {
	switch {
	case !d.opened:
		return paneProfile
	case d.layout.has(paneWhole):
		return paneWhole
	}
	return paneFull
}

// listRoom is how many lines a list h lines high can spread out on a screen w cells
// wide: only a wide one has no better use for them.
func listRoom(w, h int) int {
	if w < fourColumns {
		return 0
	}
	return h - 2
}

// setFocus gives the keys to a pane; layOut follows.
func (d *dashboard) setFocus(id paneID) {
	d.focus = id
	if id > paneProfiles && id < paneLane {
		d.lastDetail = id
	}
}

// inList reports whether the list has the keys.
func (d *dashboard) inList() bool { return d.focus == paneProfiles }

// pane is the pane of one profile that has the keys; nil for the list.
func (d *dashboard) pane() *detailPane { return d.details[d.focus] }

// prepare brings the panes that are seen in line with the selection.
func (d *dashboard) prepare(s *theme.Styles, now time.Time) {
	row := d.selection.current()
	for _, slot := range d.layout.slots {
		if slot.shown != paneProfiles {
			d.details[slot.shown].setRow(row)
			d.details[slot.shown].sum = ""
			if slot.shown == paneProfile {
				d.details[slot.shown].sum = d.selection.sum()
			}
			d.details[slot.shown].prepare(s, now)
		}
	}
}

// portray gets the picture of the selected profile's user, where it is to be
// seen and is not there yet.
func (d *dashboard) portray(s *theme.Styles, now time.Time) tea.Cmd {
	for _, slot := range d.layout.slots {
		if slot.shown == paneProfiles || !s.Pictures {
			continue
		}
		if size := d.details[slot.shown].filled.portrait; size.H > 0 {
			return d.avatars.want(d.selection.current(), size, now)
		}
	}
	return nil
}

// HandleKey gives a key to the pane that has the focus.
func (d *dashboard) HandleKey(msg tea.KeyPressMsg, k *KeyMap) bool {
	if d.inList() {
		return d.list.HandleKey(msg, k)
	}
	return d.pane().HandleKey(msg, k)
}

// scroll moves the lines of the pane at a cell of the screen.
func (d *dashboard) scroll(x, y, by int) {
	for _, s := range d.layout.slots {
		switch {
		case !s.contains(x, y):
		case s.shown == paneProfiles:
			d.list.scroll(by)
		default:
			d.details[s.shown].scroll(by)
		}
	}
}

// slotAt is the slot at a cell of the screen, and the pane that a click there
// is meant for.
func (d *dashboard) slotAt(x, y int) (s slot, id paneID, ok bool) {
	for _, s := range d.layout.slots {
		if !s.contains(x, y) {
			continue
		}
		if y == s.y {
			return s, s.tabAt(x), true
		}
		return s, s.shown, true
	}
	return slot{}, 0, false
}

// click points at what is at a cell of a slot. The row is that of the list;
// nil elsewhere.
func (d *dashboard) click(s slot, id paneID, x, y int) *row {
	switch {
	case y == s.y:
	case id == paneProfiles:
		return d.list.click(y - s.y)
	default:
		d.details[id].click(x-s.x, y-s.y)
	}
	return nil
}

// View draws the panes that are seen, beside and below each other; drawn counts
// the drawings of each.
func (d *dashboard) View(s *theme.Styles, spin int) (parts [panes][]string, drawn [panes]int) {
	for _, slot := range d.layout.slots {
		active := slices.Index(slot.panes, slot.shown)
		if slot.shown == paneProfiles {
			parts[slot.shown] = d.list.View(s, slot.titles(), active, spin)
			drawn[slot.shown] = d.list.memo.made
			continue
		}
		pane := d.details[slot.shown]
		foot := pane.position()
		if len(slot.panes) > 1 && foot == "" {
			foot = strings.TrimPrefix(pane.filled.Count, s.Glyphs.Dot+" ")
		}
		if r := d.selection.current(); d.layout.onePane && r != nil {
			foot = strings.TrimSpace(r.config.Name + " " + foot)
		}
		titles := slot.titles()
		if r := d.selection.current(); r != nil && (slot.shown == paneFull || slot.shown == paneWhole) {
			titles = []string{r.config.Name}
		}
		parts[slot.shown] = pane.View(s, titles, active, foot)
		drawn[slot.shown] = pane.memo.made
	}
	return parts, drawn
}

// join puts what was drawn of the panes together, in lines of the screen.
func (d *dashboard) join(parts [panes][]string, h int) []string {
	size := 0
	for _, part := range parts {
		for _, l := range part {
			size += len(l)
		}
	}
	var lines draw.Lines
	lines.Reserve(h, size)
	for y := range h {
		for _, s := range d.layout.slots {
			if i := y + d.layout.top - s.y; i >= 0 && i < len(parts[s.shown]) {
				lines.Write(parts[s.shown][i])
			}
		}
		lines.End()
	}
	return lines.All()
}

// cursor is where the filter is written, in cells of the screen; ok is false
// where it is not to be seen.
func (d *dashboard) cursor(s *theme.Styles) (x, y int, ok bool) {
	slot, ok := d.layout.slotOf(paneProfiles)
	if !ok || slot.shown != paneProfiles {
		return 0, 0, false
	}
	_, x = d.selection.filter.draw(s, max(0, slot.w-2))
	return slot.x + 1 + x, slot.y + 1, true
}

// period is how often the panes change with time alone.
func (d *dashboard) period(now time.Time) time.Duration {
	often := d.list.period(now)
	if r := d.selection.current(); r != nil && often != everySecond {
		h := r.snap.Health
		often = sooner(often, pace(now, h.CheckedAt, ahead(h.RetryAt, now), ahead(r.ending().At, now)))
		for _, l := range r.snap.RateLimits() {
			often = sooner(often, pace(now, ahead(l.ResetAt, now)))
		}
	}
	return often
}

// lookTime is how long a profile is looked at before its news are no news.
const lookTime = 1500 * time.Millisecond

// lookedMsg tells that a profile was selected for a while.
type lookedMsg struct {
	row        *row
	generation int
}

// look begins to look at the selected profile, where there is news of it and
// it can be seen.
func (d *dashboard) look(seen bool) tea.Cmd {
	var r *row
	if seen {
		r = d.selection.current()
	}
	if r != nil && !r.unseen {
		r = nil
	}
	if r == d.looking.row {
		return nil
	}
	d.looking.row = r
	d.looking.generation++
	if r == nil {
		return nil
	}
	looked := d.looking
	return tea.Tick(lookTime, func(time.Time) tea.Msg { return looked })
}

// looked takes in that a profile was looked at for a while.
func (d *dashboard) looked(msg lookedMsg) {
	if msg == d.looking && msg.row != nil {
		d.selection.roster.see(msg.row)
		d.looking.row = nil
	}
}

// reload forgets a profile that is gone.
func (d *dashboard) reload() {
	if !d.selection.roster.has(d.looking.row) {
		d.looking.row = nil
	}
}
