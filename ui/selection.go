package ui

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"rollcall/client/insight"
	"rollcall/ui/theme"
)

// selection is what all views share: the profiles in an order, the filter with
// those of them that it leaves, and the selected profile.
type selection struct {
	roster *roster
	filter filter
	order  sorting
	// now is the clock of the machine, which queries compare with.
	now func() time.Time
	// scope is that of the saved view that is shown, and outside the order without it;
	// nil for none.
	scope   *scope
	outside sorting
	// sorted are all rows in that order, scoped those in the scope; visible are those
	// that the filter leaves of these, as they stand in the sections.
	sorted, scoped, visible []*row
	// misplaced are rows that do not belong where they stand any more, so many at most
	// that more are sorted anew. stirred is set where any row has changed since the list
	// was arranged.
	misplaced []*row
	stirred   bool
	// reordered is set while the order is another one than that of the list, orders counts
	// the orders.
	reordered bool
	orders    int
	// unsorted is set while there are profiles that were not sorted yet.
	unsorted bool
	// sections are those of the rows that were found, whose lines name them by
	// their indexes; none where the rows stand in another order.
	sections []insight.Section
	found    []*row
	// sieve is what the filter has let through of those.
	sieve sieve
	// best is the first of those that answer the filter best; nil without one.
	best  *row
	folds folds
	marks marks
	// lines are those of the list, headings those among them that are no
	// profiles.
	lines    []listLine
	headings []int
	// room is how many lines of the list are seen at once.
	room int
	// nested is set where profiles are seen under an incident.
	nested bool
	// selected stays the selected row while the filter hides it; at is the line
	// of it, or of what keys are about meanwhile.
	selected *row
	at       int
	// heading is the folded heading that is selected; zero for none.
	heading foldKey
	// bared is the row that is seen although it is folded away; nil for none.
	bared *row
	// following is set until the person moves: what needs somebody most is
	// selected. home is the profile to begin with where nothing does.
	following bool
	home      string
	// arranged counts the changes of visible, laid those of the lines.
	arranged, laid int
	// incidents are those that the sections are of, looked the version of them.
	incidents []insight.Incident
	looked    int
	summed    memo[sumKey, string]
	// touched counts what brings the selected line into sight.
	touched int
	// sought is the profile to select once it is there; empty for none.
	sought string
}

func newSelection(t *roster, now func() time.Time) *selection {
	s := &selection{roster: t, now: now, order: sorting{by: insight.OrderUrgency}, following: true}
	s.sort()
	return s
}

// current is the row that keys are about: the selected one, or another one
// while the filter hides that; nil where none is visible, or a heading is
// selected.
func (s *selection) current() *row {
	if s.at < len(s.lines) {
		return s.lines[s.at].row
	}
	return nil
}

// sortBy sorts the rows anew.
func (s *selection) sortBy(by sorting) {
	s.order = by
	s.sort()
	s.touched++
}

func (s *selection) sort() {
	s.unsorted = true
	s.reorder()
	s.reordered = false
	s.arrange()
}

// keep leaves the rows that are still there in their order, with the new ones behind
// them, until all are shown and can be sorted.
func (s *selection) keep() {
	kept := make([]*row, 0, len(s.roster.rows))
	for _, r := range s.sorted {
		if s.roster.has(r) {
			kept, r.kept = append(kept, r), s.roster.fills
		}
	}
	for _, r := range s.roster.rows {
		if r.kept != s.roster.fills {
			kept, r.kept = append(kept, r), s.roster.fills
		}
	}
	s.sorted, s.unsorted = kept, true
	s.orders++
	s.arrange()
}

// stir takes in rows that changed. Of those that stand where they belong still, nothing
// is sorted.
func (s *selection) stir(changed []*row) {
	for _, r := range changed {
		if len(s.misplaced) <= manyChanged && s.order.misplaces(r) && !slices.Contains(s.misplaced, r) {
			s.misplaced = append(s.misplaced, r)
		}
	}
	s.stirred = s.stirred || len(changed) > 0
}

// reorder puts the rows that changed where they belong. They are seen there once the list
// is arranged anew.
func (s *selection) reorder() {
	misplaced := s.misplaced
	switch {
	case s.unsorted:
		s.sorted = slices.Clone(s.roster.rows)
		s.order.sort(s.sorted)
	case len(misplaced) > 0:
		s.sorted = s.order.replace(slices.Clone(s.sorted), misplaced)
	default:
		return
	}
	s.misplaced, s.unsorted, s.reordered = misplaced[:0], false, true
	s.orders++
}

// update arranges the list anew where rows changed that it depends on.
func (s *selection) update() {
	stirred, reordered := s.stirred, s.reordered
	s.stirred, s.reordered = false, false
	switch {
	case reordered, stirred && (s.filter.query() != "" || s.scope != nil), s.order.sectioned() && s.looked != s.roster.troubles.found:
		s.arrange()
	}
}

// arrange makes visible out of sorted; names that have the letters of a word in
// order count only where nothing else is found. The selected row stays the
// selected one where it is still there.
func (s *selection) arrange() {
	s.arranged++
	if s.sieve.renew(s) {
		s.limit()
	}
	s.found, s.best = s.scoped, nil
	if !s.filter.asked.Empty() {
		s.found, s.best = s.answers()
	}
	s.visible, s.sections = s.found, nil
	s.incidents, s.looked = s.roster.troubles.incidents, s.roster.troubles.found
	if s.order.sectioned() {
		s.divide()
	}
	s.lay()
	if s.following {
		s.follow()
	}
}

// search takes the best match of a changed query. The selection stays while something
// is wrong with the query.
func (s *selection) search() {
	s.arrange()
	s.touched++
	if s.filter.query() != "" && s.filter.wrong == nil && s.best != nil {
		s.choose(s.best)
	}
}

// write begins to write the filter, or ends that.
func (s *selection) write(on bool) {
	s.filter.editing = on
	s.offer()
	s.touched++
}

func (s *selection) clearFilter() {
	s.filter = filter{}
	s.arrange()
	s.touched++
}

// moveTo selects the line of the list with an index, or the one nearest to it that
// can be selected.
func (s *selection) moveTo(line int) {
	if len(s.lines) == 0 {
		return
	}
	line = clamp(line, 0, len(s.lines)-1)
	to := line
	for to < len(s.lines)-1 && !s.stops(to) {
		to++
	}
	for to > 0 && !s.stops(to) {
		to--
	}
	l := s.lines[to]
	if l.row != nil {
		s.choose(l.row)
		return
	}
	s.following = false
	s.chooseHeading(l.key())
}

// choose selects a row, also one that the filter hides.
func (s *selection) choose(r *row) {
	s.following = false
	s.take(r)
}

// take selects a row, and leaves it open whether the person wanted that.
func (s *selection) take(r *row) {
	s.selected = r
	switch line := s.lineOf(r); {
	case line == filteredOut:
		return
	case line == foldedAway, s.bared != nil && s.bared != r:
		s.heading = foldKey{}
		s.lay()
	default:
		s.heading, s.at = foldKey{}, line
	}
	s.touched++
}

// chooseName selects a visible profile by its name. It reports whether there is
// one.
func (s *selection) chooseName(name string) bool {
	r := s.roster.named(name)
	if r == nil || s.lineOf(r) == filteredOut {
		return false
	}
	s.choose(r)
	return true
}

// seek selects a profile by its name, at the latest when it is there. A filter
// that hides it is cleared.
func (s *selection) seek(name string) {
	r := s.roster.named(name)
	if s.sought = name; r == nil {
		return
	}
	s.sought = ""
	s.bring(r)
}

// bring selects a row, and clears a filter that hides it.
func (s *selection) bring(r *row) {
	if s.lineOf(r) == filteredOut && s.within(r) {
		s.clearFilter()
	}
	s.choose(r)
}

// follow selects what needs somebody most; where nothing does, the profile to
// begin with.
func (s *selection) follow() {
	if len(s.visible) == 0 {
		return
	}
	to := s.visible[0]
	if to.standing.Urgency != insight.UrgencyNow {
		for _, name := range []string{s.home, s.roster.active} {
			if r := s.roster.named(name); s.lineOf(r) != filteredOut {
				to = r
			}
		}
	}
	if to != s.selected || s.lineOf(to) < 0 {
		s.take(to)
	}
}

// reload brings the rows in line with profiles that changed.
func (s *selection) reload() {
	at := s.at
	if s.roster.many() {
		s.keep()
	} else {
		s.sort()
	}
	s.touched++
	if !s.roster.has(s.selected) {
		s.selected = nil
		if !s.following && s.heading == (foldKey{}) {
			s.moveTo(at)
		}
	}
	if s.sought != "" {
		s.seek(s.sought)
		s.sought = ""
	}
}

// tally is how many profiles there are, and how many of them the filter leaves.
func (s *selection) tally() string {
	if s.filter.query() != "" {
		return fmt.Sprintf("%d/%d", len(s.visible), len(s.scoped))
	}
	return strconv.Itoa(len(s.scoped))
}

// note is the tally, and the order.
func (s *selection) note(g *theme.Glyphs) string {
	note := s.tally()
	if order := s.order.note(g); order != "" {
		note += " " + g.Dot + " " + order
	}
	return note
}
